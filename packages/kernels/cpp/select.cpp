#include "select.h"

#include <cstring>

namespace flambeau {

#define DECLARE_TABLE(target)          \
  namespace target {                   \
  extern const KernelEntry table[];    \
  }

#if defined(__x86_64__)
DECLARE_TABLE(avx512)
DECLARE_TABLE(avx2)
DECLARE_TABLE(baseline)
#else
DECLARE_TABLE(neon)
#endif

Target select_target(const char* forced) {
  struct Candidate {
    Target target;
    bool runs;
  };
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  const Candidate candidates[] = {
      {{"avx512", avx512::table}, v4}, {{"avx2", avx2::table}, v3}, {{"baseline", baseline::table}, true}};
#else
  const Candidate candidates[] = {{{"neon", neon::table}, true}};
#endif
  for (const Candidate& candidate : candidates) {
    if (!candidate.runs) continue;
    if (!forced || !*forced || !std::strcmp(forced, candidate.target.isa)) return candidate.target;
  }
  return {forced, nullptr};
}

}  // namespace flambeau
