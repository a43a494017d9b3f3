// Random numbers, the same as PyTorch's CPU generator draws: which words of the generator a number takes, and how it is made of them.
#include "random.h"

#include "elementwise/number.h"

namespace flambeau::TARGET {
namespace {

/// Numbers of a block of the Box-Muller transform: the first half gives radii, the second angles.
constexpr Index pair_block = 16;

/// x y + z, rounded once as in PyTorch's build, on targets without such an instruction too.
inline float fused(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline double fused(double x, double y, double z) { return __builtin_fma(x, y, z); }

template <class T>
void box_muller(T* data, T mean, T std) {
  for (Index i = 0; i < pair_block / 2; i++) {
    const T radius = maths::sqrt(-2 * maths::log(1 - data[i]));
    const T angle = static_cast<T>(2.0 * 3.14159265358979323846) * data[i + pair_block / 2];
    data[i] = radius * maths::cos(angle) * std + mean;
    data[i + pair_block / 2] = radius * maths::sin(angle) * std + mean;
  }
}

}  // namespace

template <class T>
void generator_seed(T* state, double seed_low, double seed_high) {
  Generator(state).seed(static_cast<uint64_t>(seed_high) << 32 | static_cast<uint64_t>(seed_low));
}

template <class T>
void uniform(T* out, uint32_t* state, Index n, double from, double to) {
  Generator generator(state);
  const T low = static_cast<T>(from), span = static_cast<T>(to) - static_cast<T>(from);
  for (Index i = 0; i < n; i++) out[i] = fused(generator.uniform<T>(), span, low);
}

// From 16 numbers on PyTorch fills uniforms and transforms them in blocks; the last block, when the size is no multiple, is drawn anew.
template <class T>
void normal(T* out, uint32_t* state, Index n, double mean, double std) {
  Generator generator(state);
  if (n < pair_block) {
    for (Index i = 0; i < n; i++) out[i] = static_cast<T>(generator.normal() * std + mean);
    return;
  }
  for (Index i = 0; i < n; i++) out[i] = generator.uniform<T>();
  for (Index i = 0; i + pair_block <= n; i += pair_block) box_muller(out + i, static_cast<T>(mean), static_cast<T>(std));
  if (n % pair_block == 0) return;
  T* last = out + n - pair_block;
  for (Index i = 0; i < pair_block; i++) last[i] = generator.uniform<T>();
  box_muller(last, static_cast<T>(mean), static_cast<T>(std));
}

/// How many integers random_() without bounds draws from: those that T holds exactly, from 0.
template <class T>
constexpr uint64_t all_of() {
  if constexpr (__is_same(T, bool)) return 2;
  else if constexpr (is_float<T>) return (1ull << (sizeof(T) == 4 ? 24 : 53)) + 1;
  else return static_cast<uint64_t>(highest_of<T>) + 1;
}

// range 0 stands for all. PyTorch takes 64 bits for a range from 2^28, and without a range for the types of 64 bits.
template <class T>
void random(T* out, uint32_t* state, Index n, double low, double range) {
  Generator generator(state);
  const uint64_t span = range == 0 ? all_of<T>() : static_cast<uint64_t>(range);
  const bool wide = range == 0 ? sizeof(T) == 8 : span >= 1ull << 28;
  for (Index i = 0; i < n; i++) {
    const uint64_t draw = wide ? generator.next64() : generator.next();
    out[i] = static_cast<T>(static_cast<int64_t>(draw % span) + static_cast<int64_t>(low));
  }
}

template <class T>
void randperm(T* out, uint32_t* state, Index n) {
  Generator generator(state);
  for (Index i = 0; i < n; i++) out[i] = i;
  for (Index i = 0; i + 1 < n; i++) {
    const Index other = i + static_cast<Index>(generator.next() % static_cast<uint64_t>(n - i));
    const T kept = out[i];
    out[i] = out[other];
    out[other] = kept;
  }
}

// A number is 53 bits of two words, the first one high; below p 2^53 it is a one. Words come in blocks, so that all of it is done in vectors.
template <class T>
void bernoulli(T* out, uint32_t* state, Index n, double p) {
  constexpr Index block = 256;
  Generator generator(state);
  const uint64_t limit = static_cast<uint64_t>(maths::ceil(p * 0x1p53));
  alignas(64) uint32_t words[2 * block];
  for (Index i = 0; i < n; i += block) {
    const Index count = n - i < block ? n - i : block;
    generator.words(words, 2 * count);
    T* to = out + i;
    for (Index j = 0; j < count; j++) {
      const uint64_t bits = static_cast<uint64_t>(words[2 * j]) << 32 | words[2 * j + 1];
      to[j] = static_cast<T>((bits & 0x1fffffffffffffull) < limit);
    }
  }
}

template <class T>
void bernoulli_each(T* out, T* p, uint32_t* state, Index n) {
  Generator generator(state);
  for (Index i = 0; i < n; i++) out[i] = static_cast<T>(generator.uniform<T>() < p[i]);
}

EXPORT_generator_seed
EXPORT_uniform
EXPORT_normal
EXPORT_random
EXPORT_randperm
EXPORT_bernoulli
EXPORT_bernoulli_each

}  // namespace flambeau::TARGET
