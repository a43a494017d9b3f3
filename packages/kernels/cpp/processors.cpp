#include "processors.h"

#include <cstdio>
#include <cstring>
#include <thread>
#if defined(__linux__)
#include <sched.h>
#include <unistd.h>
#endif

namespace flambeau {
namespace {

#if defined(__linux__)
/// Processors' worth of time that the control group grants (cpu.max: "quota period" in microseconds), or 0: unlimited.
int group_quota() {
  FILE* file = std::fopen("/sys/fs/cgroup/cpu.max", "r");
  if (!file) return 0;
  long quota = 0, period = 0;
  const int fields = std::fscanf(file, "%ld %ld", &quota, &period);  // "max 100000" gives no number
  std::fclose(file);
  if (fields != 2 || quota <= 0 || period <= 0) return 0;
  return static_cast<int>((quota + period - 1) / period);
}
#endif

long read_last_cache() {
  long bytes = 0;
#if defined(__linux__)
  if (FILE* file = std::fopen("/sys/devices/system/cpu/cpu0/cache/index3/size", "r")) {
    if (std::fscanf(file, "%ldK", &bytes) != 1) bytes = 0;
    bytes *= 1024;
    std::fclose(file);
  }
#endif
#if defined(_SC_LEVEL3_CACHE_SIZE)
  // Some virtual machines hide the file. This may count the caches of all processors together.
  if (bytes <= 0) bytes = sysconf(_SC_LEVEL3_CACHE_SIZE);
#endif
  return bytes < 0 ? 0 : bytes;
}

int count_processors() {
  int count = static_cast<int>(std::thread::hardware_concurrency());
#if defined(__linux__)
  cpu_set_t mask;
  if (sched_getaffinity(0, sizeof mask, &mask) == 0) count = CPU_COUNT(&mask);
  const int quota = group_quota();
  if (quota && quota < count) count = quota;
#endif
  return count < 1 ? 1 : count;
}

}  // namespace

long last_cache() {
  static const long bytes = read_last_cache();
  return bytes;
}

int processors() {
  static const int count = count_processors();
  return count;
}

#if defined(__linux__)
int current_processor() { return sched_getcpu(); }

void leave_processor(int processor) {
  cpu_set_t all, others;
  if (sched_getaffinity(0, sizeof all, &all) != 0) return;
  others = all;
  CPU_CLR(processor, &others);
  // The first call moves the thread, the second lets it move on as before.
  if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof others, &others) == 0) sched_setaffinity(0, sizeof all, &all);
}
#else
int current_processor() { return -1; }
void leave_processor(int) {}
#endif

}  // namespace flambeau
