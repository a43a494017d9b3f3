// What this process may use of the machine.
#pragma once

namespace flambeau {

/// Processors that this process may run on: its affinity mask, cut to its control group's quota; at least 1.
int processors();

/// Bytes of the last cache, which processors share, or of several such caches together; 0 where that cannot be had.
long last_cache();

/// The processor that the calling thread is on now, or -1 where that cannot be had.
int current_processor();
/// Moves the calling thread to another processor than that one, if it may run on another.
void leave_processor(int processor);

}  // namespace flambeau
