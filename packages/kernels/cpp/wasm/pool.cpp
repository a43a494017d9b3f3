// The pool of a module with one thread.
#include "../pool.h"

namespace flambeau {

void run_phases(int phases, const Index* counts, Task task, void* context) {
  for (int phase = 0; phase < phases; phase++) {
    for (Index i = 0; i < counts[phase]; i++) task(context, phase, i, 0);
  }
}

int thread_count() { return 1; }
void set_thread_count(int) {}
bool worth_sharing(double) { return false; }

}  // namespace flambeau
