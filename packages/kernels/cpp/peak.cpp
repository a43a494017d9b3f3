// What this machine's arithmetic can do at best: independent chains of fused multiply-adds in registers, on all threads.
//
// Twelve chains hide a latency of four cycles behind up to three multiply-adds a cycle; nothing is loaded or stored. The rates of all other
// kernels are told as a share of this one's.
#include "kernel.h"
#include "vec.h"

namespace flambeau::TARGET {
namespace {

constexpr int CHAINS = 12;
constexpr Index STEPS = 16384;  // about 25 microseconds a chunk

template <class T>
void chunk() {
  using V = Lanes<T>;
  V chains[CHAINS];
  for (int i = 0; i < CHAINS; i++) chains[i] = splat<V>(T(0.1) * T(i));
  const V shrink = splat<V>(T(0.999)), push = splat<V>(T(0.001));
  for (Index step = 0; step < STEPS; step++) {
    FLAMBEAU_UNROLL for (int i = 0; i < CHAINS; i++) chains[i] = fmadd(chains[i], shrink, push);
  }
  V sum = chains[0];
  for (int i = 1; i < CHAINS; i++) sum += chains[i];
  volatile T sink = sum[0];  // or the compiler would see that nobody wants the result
  (void)sink;
}

}  // namespace

template <class T>
void fma_peak(Index chunks) {
  parallel(chunks, 25000, [](Index begin, Index end) {
    for (Index i = begin; i < end; i++) chunk<T>();
  });
  results()[0] = 2.0 * CHAINS * WIDTH<T> * static_cast<double>(STEPS) * static_cast<double>(chunks);
}

EXPORT_fma_peak

}  // namespace flambeau::TARGET
