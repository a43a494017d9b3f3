#include "tickets.h"

#include <cstdlib>

#include "fatal.h"
#include "lock.h"

namespace flambeau {
namespace {

Lock lock;
Ticket* unused = nullptr;

/// Tickets come in sheets, which stay.
void print_sheet() {
  constexpr int sheet = 1024;
  Ticket* tickets = static_cast<Ticket*>(std::malloc(sheet * sizeof(Ticket)));
  if (!tickets) fatal("no memory to watch a tensor");
  for (int i = 0; i < sheet; i++) tickets[i] = {nullptr, i + 1 < sheet ? &tickets[i + 1] : nullptr};
  unused = tickets;
}

}  // namespace

Ticket* make_ticket(void* place) {
  Guard guard(lock);
  if (!unused) print_sheet();
  Ticket* ticket = unused;
  unused = ticket->next;
  ticket->place = place;
  header_of(place)->watcher = ticket;
  return ticket;
}

size_t end_ticket(Ticket* ticket) {
  void* place = ticket->place;
  size_t bytes = 0;
  if (place) {
    bytes = block_bytes(header_of(place));
    release(place);
  }
  Guard guard(lock);
  ticket->place = nullptr;
  ticket->next = unused;
  unused = ticket;
  return bytes;
}

size_t void_ticket(void* place) {
  Ticket* ticket = static_cast<Ticket*>(header_of(place)->watcher);
  if (!ticket) return 0;
  ticket->place = nullptr;
  return block_bytes(header_of(place));
}

}  // namespace flambeau
