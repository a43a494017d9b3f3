// The processor's treatment of denormals: numbers below the smallest normal one, up to 100 times slower on some machines.
#pragma once

namespace flambeau {

#if defined(__x86_64__)
using FloatMode = unsigned;
constexpr FloatMode flush_denormals = 0x8040;  // FTZ: results become 0; DAZ: operands count as 0
static inline FloatMode float_mode() { return __builtin_ia32_stmxcsr(); }
static inline void set_float_mode(FloatMode mode) { __builtin_ia32_ldmxcsr(mode); }
#elif defined(__aarch64__)
using FloatMode = unsigned long;
constexpr FloatMode flush_denormals = 1ul << 24;  // FZ
static inline FloatMode float_mode() {
  FloatMode mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
static inline void set_float_mode(FloatMode mode) { asm volatile("msr fpcr, %0" : : "r"(mode)); }
#else  // WebAssembly always keeps them
using FloatMode = unsigned;
constexpr FloatMode flush_denormals = 0;
static inline FloatMode float_mode() { return 0; }
static inline void set_float_mode(FloatMode) {}
#endif

}  // namespace flambeau
