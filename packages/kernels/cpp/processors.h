// What this process may use of the machine.
#pragma once

namespace flambeau {

/// Processors that this process may run on: its affinity mask, cut to its control group's quota; at least 1.
int processors();

}  // namespace flambeau
