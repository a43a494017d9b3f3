#include "select.h"

#include <cstdio>
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

namespace {

struct Candidate {
  Target target;
  bool runs;
};

/// The compiled targets, the best first; calls `use` with each that the processor runs until it answers true.
template <class Use>
void for_each_target(Use use) {
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
  for (const Candidate& candidate : candidates)
    if (candidate.runs && use(candidate.target)) return;
}

}  // namespace

Target select_target(const char* forced) {
  Target found{forced, nullptr};
  for_each_target([&](const Target& target) {
    if (forced && *forced && std::strcmp(forced, target.isa)) return false;
    found = target;
    return true;
  });
  return found;
}

void list_targets(char* text, size_t size) {
  size_t used = 0;
  for_each_target([&](const Target& target) {
    used += static_cast<size_t>(std::snprintf(text + used, size - used, "%s%s", used ? ", " : "", target.isa));
    return used >= size;
  });
}

}  // namespace flambeau
