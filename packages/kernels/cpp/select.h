// Which of the compiled targets this processor can run.
#pragma once
#include "block.h"

namespace flambeau {

struct Target {
  const char* isa;             // avx512, avx2, baseline, neon
  const KernelEntry* table;    // ends with a null name
};

/// The best target, or the one that `forced` names; its table is null where that is unknown or the processor lacks it.
Target select_target(const char* forced);

/// The names of the targets that this processor runs, the best first: `avx512, avx2, baseline`.
void list_targets(char* text, size_t size);

}  // namespace flambeau
