#include "block.h"

namespace flambeau {
__thread double* current_block = nullptr;
}
