// The table of one target's kernels, for the native addon.
#include "call.h"

namespace flambeau::TARGET {

#define ROW(name, suffix, T) {#name "_" #suffix, [](double* block) { call<T>(&name<T>, block); }},

extern const KernelEntry table[];
const KernelEntry table[] = {FLAMBEAU_KERNELS(ROW){nullptr, nullptr}};

}  // namespace flambeau::TARGET
