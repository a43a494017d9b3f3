// The operating system's threads for threads.h. They are detached: a worker may be terminated in the middle of a kernel, and the process
// may end while they sleep or run.
#include "threads.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <signal.h>

#include "pool.h"
#include "processors.h"

namespace flambeau {
namespace {

/// Sleepers wait here for any word: the pool has one. Never destroyed, for they may outlive the library's static objects.
struct Bell {
  std::mutex mutex;
  std::condition_variable rung;
};

Bell& bell() {
  static Bell* const only = new Bell;
  return *only;
}

void* thread_main(void* self) {
  help(static_cast<int>(reinterpret_cast<intptr_t>(self)));
  return nullptr;
}

}  // namespace

int wished_threads() {
  const char* wish = std::getenv("FLAMBEAU_THREADS");
  return wish && *wish ? std::atoi(wish) : processors();
}

bool start_thread(int self) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are for the program's own threads
  pthread_t thread;
  const bool started = pthread_create(&thread, nullptr, thread_main, reinterpret_cast<void*>(static_cast<intptr_t>(self))) == 0;
  if (started) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return started;
}

void sleep_while(const std::atomic<uint32_t>& word, uint32_t seen) {
  std::unique_lock<std::mutex> lock(bell().mutex);
  bell().rung.wait(lock, [&] { return word.load() != seen; });
}

void wake_sleepers(const std::atomic<uint32_t>&) {
  { std::lock_guard<std::mutex> lock(bell().mutex); }
  bell().rung.notify_all();
}

double now_us() {
  using namespace std::chrono;
  return duration<double, std::micro>(steady_clock::now().time_since_epoch()).count();
}

void yield_processor() { std::this_thread::yield(); }

}  // namespace flambeau
