// What every kernel's source file includes first.
//
// A kernel is a function template `template <class T> void name(...)` in `namespace flambeau::TARGET`, declared in
// generated/kernels.h after its line in kernels.list. Its file is compiled once per target (avx512, avx2, baseline, neon, simd128:
// the macro TARGET), and ends, still inside the namespace, with `EXPORT_name` for each of its families. Everything it uses from headers
// stands in that namespace too, so that no function compiled for one target is ever linked into another.
#pragma once
#include "block.h"
#include "generated/kernels.h"
#include "maths.h"
#include "pool.h"
#include "scratch.h"
