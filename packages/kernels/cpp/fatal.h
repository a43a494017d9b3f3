// The end of the process (natively) or of the WebAssembly module, for what cannot be answered from inside a kernel.
#pragma once
#if !defined(__wasm__)
#include <cstdio>
#include <cstdlib>
#endif

namespace flambeau {

[[noreturn]] static inline void fatal(const char* what) {
#if defined(__wasm__)
  (void)what;
  __builtin_trap();
#else
  std::fprintf(stderr, "flambeau: %s\n", what);
  std::abort();
#endif
}

}  // namespace flambeau
