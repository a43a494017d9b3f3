// Reductions in parts: groups of outputs whose inputs are cut into parts by the shape alone, so that the order of every sum is the same on any number of threads.
#pragma once
#include "kernel.h"
#include "pool.h"
#include "scratch.h"

namespace flambeau::TARGET {

/// Totals of `groups` groups of `width` <= `most` outputs, each in `parts` tasks of `nanoseconds` that fill totals of their own by
/// task(group, part, totals); join(to, from) joins the parts in order, and finish(group, totals) is called.
template <class Total, Index most, class Task, class Join, class Finish>
void in_parts(Index groups, Index parts, Index width, double nanoseconds, const Task& task, const Join& join, const Finish& finish) {
  if (parts == 1) {
    parallel(groups, nanoseconds, [&](Index begin, Index end) {
      Total totals[most];
      for (Index g = begin; g < end; g++) {
        task(g, 0, totals);
        finish(g, totals);
      }
    });
    return;
  }
  Total* all = scratch<Total>(Scratch::partial, groups * parts * width);
  parallel(groups * parts, nanoseconds, [&](Index begin, Index end) {
    for (Index t = begin; t < end; t++) task(t / parts, t % parts, all + t * width);
  });
  for (Index g = 0; g < groups; g++) {
    Total* totals = all + g * parts * width;
    for (Index p = 1; p < parts; p++) {
      for (Index w = 0; w < width; w++) join(totals[w], totals[p * width + w]);
    }
    finish(g, totals);
  }
}

}  // namespace flambeau::TARGET
