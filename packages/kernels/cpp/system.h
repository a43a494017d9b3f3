// Memory from the operating system, or on WebAssembly from the linear memory: large, page-aligned pieces.
#pragma once
#include <cstddef>

namespace flambeau {

/// `bytes` rounded up to whole pages, page-aligned; null when there is none left.
void* system_allocate(size_t bytes);
void system_release(void* place, size_t bytes);

}  // namespace flambeau
