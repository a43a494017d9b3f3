// The pool of pool.h, a process-wide object that is never destroyed, in a library that is never unmapped: threads.h says what becomes of
// its threads.
#include "pool.h"

#include <atomic>

#include "fatal.h"
#include "float_mode.h"
#include "processors.h"
#include "system.h"
#include "threads.h"

namespace flambeau {
namespace {

constexpr int max_threads = 64;
constexpr double spin_us = 50;           // how long a helper without work holds its processor
constexpr double awake_us = can_yield ? 2000 : spin_us;  // and then stays awake, giving the processor to whoever wants it
constexpr double worth_hot = 25e3;       // ns of work that repay a helper which is awake: it starts after 1.5 us, and part of the results lies in its caches
constexpr double worth_asleep = 150e3;   // and one that sleeps: waking costs the caller 5 to 15 us, and it starts after 50

/// Waits for `done()`: spinning first, then giving the processor away.
template <class Done>
void wait(const Done& done) {
  for (int spins = 0; !done(); spins++) {
    if (spins < 2000) relax();
    else yield_processor();
  }
}

int bounded(int threads) { return threads < 1 ? 1 : threads > max_threads ? max_threads : threads; }

class Pool {
 public:
  void run(int phases, const Index* counts, Task task, void* context);
  void set_threads(int count);
  int threads();
  void help(int self);
  bool worth(double nanoseconds);

 private:
  /// The share of one thread in one phase: the next task to take, and how many this thread has finished of all shares.
  struct alignas(64) Share {
    std::atomic<Index> next, finished;
  };
  struct Job {
    int phases;
    const Index* counts;
    Task task;
    void* context;
    int threads;
    FloatMode mode;
    Share* shares;
  };

  static Index begin(Index tasks, int thread, int threads) { return tasks / threads * thread + tasks % threads * thread / threads; }
  static void serial(int phases, const Index* counts, Task task, void* context);
  Share& share(int phase, int thread) { return job_.shares[phase * job_.threads + thread]; }
  Share* shares(int count);
  void work(int thread);
  void start_helpers(int threads);
  void await_work(uint32_t seen);

  std::atomic<int> threads_{0};          // 0: nobody has asked yet
  int started_ = 0;                      // helpers; belongs to the owner of the job
  std::atomic<uint32_t> epoch_{0};       // odd while a job is open
  std::atomic<int> inside_{0}, asleep_{0};
  std::atomic<bool> taken_{false};       // by the owner of the job
  std::atomic<int> caller_on_{-1};       // the processor of who opened the last job
  std::atomic<double> missed_{0};        // ns of work that helpers slept through since they were last woken
  Job job_{};
  Share* shares_ = nullptr;
  int capacity_ = 0;
};

/// Without constructor or destructor at run time: there before the first and after the last use.
Pool pool;

int Pool::threads() {
  const int count = threads_.load(std::memory_order_relaxed);
  if (count > 0) return count;
  const int wished = bounded(wished_threads());
  threads_.store(wished);
  return wished;
}

void Pool::serial(int phases, const Index* counts, Task task, void* context) {
  for (int phase = 0; phase < phases; phase++) {
    for (Index i = 0; i < counts[phase]; i++) task(context, phase, i, 0);
  }
}

/// Room for `count` shares; only the owner of the job calls, while no helper is inside.
Pool::Share* Pool::shares(int count) {
  if (count > capacity_) {
    if (shares_) system_release(shares_, sizeof(Share) * static_cast<size_t>(capacity_));
    capacity_ = count + count / 2 + 64;
    shares_ = static_cast<Share*>(system_allocate(sizeof(Share) * static_cast<size_t>(capacity_)));
    if (!shares_) fatal("no memory for the threads' shares of a job");
  }
  return shares_;
}

/// Starts the helpers that are missing, and settles for fewer threads where no more are to be had.
void Pool::start_helpers(int threads) {
  while (started_ < threads - 1 && start_thread(started_ + 1)) started_++;
  if (started_ < threads - 1) set_threads(started_ + 1);
}

void Pool::run(int phases, const Index* counts, Task task, void* context) {
  const int threads = this->threads();
  if (threads == 1 || taken_.exchange(true, std::memory_order_acquire)) return serial(phases, counts, task, context);
  if (started_ < threads - 1) start_helpers(threads);
  job_ = Job{phases, counts, task, context, threads, float_mode(), shares(phases * threads)};
  for (int phase = 0; phase < phases; phase++) {
    for (int thread = 0; thread < threads; thread++) {
      share(phase, thread).next.store(begin(counts[phase], thread, threads), std::memory_order_relaxed);
      share(phase, thread).finished.store(0, std::memory_order_relaxed);
    }
  }
  caller_on_.store(current_processor(), std::memory_order_relaxed);
  epoch_.fetch_add(1);
  if (asleep_.load()) wake_sleepers(epoch_);
  work(0);
  epoch_.fetch_add(1);  // late helpers find it closed; those inside have nothing left to take
  wait([&] { return inside_.load(std::memory_order_acquire) == 0; });
  taken_.store(false, std::memory_order_release);
}

void Pool::work(int self) {
  const Job job = job_;
  for (int phase = 0; phase < job.phases; phase++) {
    const Index tasks = job.counts[phase];
    Index finished = 0;
    for (int k = 0; k < job.threads; k++) {
      const int owner = (self + k) % job.threads;
      const Index end = begin(tasks, owner + 1, job.threads);
      std::atomic<Index>& next = share(phase, owner).next;
      while (next.load(std::memory_order_relaxed) < end) {
        const Index i = next.fetch_add(1, std::memory_order_relaxed);
        if (i >= end) break;
        job.task(job.context, phase, i, self);
        finished++;
      }
    }
    share(phase, self).finished.store(finished, std::memory_order_release);
    wait([&] {
      Index all = 0;
      for (int thread = 0; thread < job.threads; thread++) {
        all += share(phase, thread).finished.load(std::memory_order_acquire);
      }
      return all == tasks;
    });
  }
}

void Pool::await_work(uint32_t seen) {
  const bool spins = threads() <= processors();
  const double start = spins ? now_us() : 0;
  while (epoch_.load(std::memory_order_acquire) == seen) {
    if (spins) {
      const double waited = now_us() - start;
      if (waited < awake_us) {
        for (int k = 0; k < 64; k++) relax();
        if (waited > spin_us) yield_processor();
        // Beside its caller on one processor a helper only takes turns with it, and a system that sees it yield may leave it there.
        const int caller_on = caller_on_.load(std::memory_order_relaxed);
        if (caller_on >= 0 && caller_on == current_processor()) leave_processor(caller_on);
        continue;
      }
    }
    asleep_.fetch_add(1);  // announced first, looked afterwards: a caller changes the epoch and then looks for sleepers
    sleep_while(epoch_, seen);
    asleep_.fetch_sub(1);
  }
}

void Pool::help(int self) {
  uint32_t seen = 0;
  for (;;) {
    await_work(seen);
    inside_.fetch_add(1);  // announced first, looked afterwards: the caller closes and then waits for nobody to be inside
    seen = epoch_.load();
    if ((seen & 1) && self < job_.threads) {
      set_float_mode(job_.mode);
      work(self);
    }
    inside_.fetch_sub(1, std::memory_order_release);
  }
}

void Pool::set_threads(int count) {
  threads_.store(bounded(count));
}

bool Pool::worth(double nanoseconds) {
  if (nanoseconds < worth_hot || taken_.load(std::memory_order_relaxed)) return false;
  if (nanoseconds >= worth_asleep || asleep_.load(std::memory_order_relaxed) < threads() - 1) return true;
  const double missed = missed_.load(std::memory_order_relaxed) + nanoseconds;
  missed_.store(missed < worth_asleep ? missed : 0, std::memory_order_relaxed);
  return missed >= worth_asleep;
}

}  // namespace

void run_phases(int phases, const Index* counts, Task task, void* context) { pool.run(phases, counts, task, context); }
int thread_count() { return pool.threads(); }
void set_thread_count(int count) { pool.set_threads(count); }
bool worth_sharing(double nanoseconds) { return pool.worth(nanoseconds); }
void help(int self) { pool.help(self); }

}  // namespace flambeau
