// How a block learns that its owner was collected, or the collector that the block was released before.
//
// A finalizer cannot be taken back cheaply, and the block may have another owner, or be unmapped, by the time it runs. So a
// finalizer holds a ticket, which is never unmapped, and ticket and block know each other for as long as both are good.
#pragma once
#include "allocator.h"

namespace flambeau {

struct Ticket {
  void* place;   // null: the block was released early
  Ticket* next;  // in the list of unused tickets
};

/// A ticket for a block that has none.
Ticket* make_ticket(void* place);

/// The owner is dead: gives the block back, unless that has happened. Answers with the block's bytes, or 0.
size_t end_ticket(Ticket* ticket);

/// The block is released early: its ticket, if it has one, will do nothing. Answers with the block's bytes if it had one, or 0.
size_t void_ticket(void* place);

}  // namespace flambeau
