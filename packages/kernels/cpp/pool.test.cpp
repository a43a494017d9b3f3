// The pool under load, for the thread sanitizer (scripts/sanitize.mjs): jobs of many shapes one after the other, from several threads
// at once, with the number of threads changing, after pauses in which the helpers fall asleep, and inside other jobs.
#include "pool.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace flambeau;

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "pool: %s\n", what);
  std::exit(1);
}

/// Sums 0..n-1 in pieces; the second phase, alone, adds the pieces up and so reads what all threads wrote.
Index sum_in_phases(Index n, Index pieces) {
  std::vector<Index> part(static_cast<size_t>(pieces));
  Index total = 0;
  const Index tasks[] = {pieces, 1};
  TARGET::phases(2, tasks, 1e9, [&](int phase, Index task, int) {
    if (phase == 1) {
      for (const Index value : part) total += value;
      return;
    }
    Index sum = 0;
    for (Index i = n * task / pieces; i < n * (task + 1) / pieces; i++) sum += i;
    part[static_cast<size_t>(task)] = sum;
  });
  return total;
}

void many_shapes() {
  for (int round = 0; round < 2000; round++) {
    const Index n = 1000 + round;
    expect(sum_in_phases(n, 1 + round % 97) == n * (n - 1) / 2, "a phase began before all tasks of the one before were done");
  }
}

void every_task_once() {
  for (int round = 0; round < 300; round++) {
    std::vector<int> runs(static_cast<size_t>(1 + round));
    TARGET::parallel(static_cast<Index>(runs.size()), 1e6, [&](Index begin, Index end) {
      for (Index i = begin; i < end; i++) runs[static_cast<size_t>(i)]++;
    });
    for (const int times : runs) expect(times == 1, "a task ran twice or never");
  }
}

void from_inside() {
  std::atomic<Index> total{0};
  TARGET::parallel(64, 1e6, [&](Index begin, Index end) { total += sum_in_phases(100, end - begin) / 4950; });
  expect(total > 0, "a job inside a job did not run");
}

void from_several_threads() {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; i++) callers.emplace_back(many_shapes);
  for (std::thread& caller : callers) caller.join();
}

void after_pauses() {
  for (int round = 0; round < 50; round++) {
    std::this_thread::sleep_for(std::chrono::microseconds(20 * round));
    expect(sum_in_phases(100, 8) == 4950, "a job after a pause went wrong");
  }
}

}  // namespace

int main() {
  for (const int threads : {2, 4, 1, 3}) {
    set_thread_count(threads);
    many_shapes();
    every_task_once();
    from_inside();
    after_pauses();
    from_several_threads();
  }
  std::thread changing([] {
    for (int i = 0; i < 200; i++) {
      set_thread_count(1 + i % 4);
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  });
  many_shapes();
  changing.join();
  std::puts("the pool holds");
  return 0;
}
