// Threads for kernels: one pool per process, created on first use and never destroyed.
//
// The caller always takes part. A job is a list of phases; phase p has a number of tasks and starts when all of phase p - 1 are done.
// Each thread owns a contiguous share of the tasks, so that a core meets the same part of a tensor in every kernel, and
// steals from the others when its own is used up. Phases wait for tasks, not for threads: a helper that is asleep or preempted before
// it took a task delays nobody. One job at a time: a kernel inside a job, or of a second environment, runs serially.
//
// Results must not depend on the number of threads: where the order of a sum matters, choose the parts by the problem alone.
#pragma once
#include "block.h"

namespace flambeau {

/// One task of a phase; `thread` is 0 for the caller and less than `thread_count()`.
using Task = void (*)(void* context, int phase, Index task, int thread);

/// Runs every task of every phase on all threads; `counts` has the number of tasks of each phase.
void run_phases(int phases, const Index* counts, Task task, void* context);

/// How many threads take part in a job, the caller included.
int thread_count();
void set_thread_count(int count);

/// Whether so many nanoseconds of work are worth a second thread now: fewer are while helpers still spin, or where such work comes in a stream.
bool worth_sharing(double nanoseconds);

/// What the thread of helper `self`, of 1 and up, does to the end of its days.
void help(int self);

}  // namespace flambeau

namespace flambeau::TARGET {

/// Runs `body(phase, task, thread)` for every task of every phase, on all threads.
template <class Body>
void share_phases(int count, const Index* tasks, const Body& body) {
  const Task call = [](void* context, int phase, Index task, int thread) {
    (*static_cast<const Body*>(context))(phase, task, thread);
  };
  run_phases(count, tasks, call, const_cast<Body*>(&body));
}

/// The same where the job, which takes so many nanoseconds in all as the caller estimates, is worth sharing; else here and now.
template <class Body>
void phases(int count, const Index* tasks, double nanoseconds, const Body& body) {
  if (thread_count() > 1 && worth_sharing(nanoseconds)) return share_phases(count, tasks, body);
  for (int phase = 0; phase < count; phase++) {
    for (Index task = 0; task < tasks[phase]; task++) body(phase, task, 0);
  }
}

/// Runs `body(begin, end)` over 0..n-1 in pieces, each of some microseconds, where an item takes `ns_per_item`
/// nanoseconds on one thread; in one piece when that is not worth sharing.
template <class Body>
void parallel(Index n, double ns_per_item, const Body& body) {
  const double total = static_cast<double>(n) * ns_per_item;
  if (n < 2 || thread_count() == 1 || !worth_sharing(total)) {
    if (n > 0) body(Index(0), n);
    return;
  }
  // Pieces of at least 6 us, and four for each thread, so that one that comes late costs little.
  const double fit = total / 6000;
  const Index most = Index(4) * thread_count();
  Index pieces = fit < static_cast<double>(most) ? static_cast<Index>(fit) : most;
  if (pieces > n) pieces = n;
  if (pieces < 2) pieces = 2;
  share_phases(1, &pieces, [&](int, Index piece, int) {
    const Index begin = n / pieces * piece + (n % pieces) * piece / pieces;
    const Index next = piece + 1;
    const Index end = n / pieces * next + (n % pieces) * next / pieces;
    body(begin, end);
  });
}

}  // namespace flambeau::TARGET
