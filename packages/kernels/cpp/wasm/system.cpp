// Memory from the linear memory: it grows when it must and never shrinks, so pieces given back are kept for the next.
#include "../system.h"

#include <stdint.h>

namespace flambeau {
namespace {

constexpr size_t page = 65536;

/// A free piece, described in its own first bytes; the list is in order of addresses.
struct Piece {
  size_t bytes;
  Piece* next;
  char* end() { return reinterpret_cast<char*>(this) + bytes; }
};
Piece* free_pieces = nullptr;

size_t whole(size_t bytes) { return (bytes + page - 1) / page * page; }

}  // namespace

void* system_allocate(size_t bytes) {
  const size_t wanted = whole(bytes);
  Piece** best = nullptr;
  for (Piece** at = &free_pieces; *at; at = &(*at)->next) {
    if ((*at)->bytes >= wanted && (!best || (*at)->bytes < (*best)->bytes)) best = at;
  }
  if (best) {
    Piece* piece = *best;
    if (piece->bytes > wanted) {
      Piece* rest = reinterpret_cast<Piece*>(reinterpret_cast<char*>(piece) + wanted);
      rest->bytes = piece->bytes - wanted;
      rest->next = piece->next;
      *best = rest;
    } else {
      *best = piece->next;
    }
    return piece;
  }
  const size_t before = __builtin_wasm_memory_grow(0, wanted / page);
  return before == static_cast<size_t>(-1) ? nullptr : reinterpret_cast<void*>(before * page);
}

void system_release(void* place, size_t bytes) {
  Piece* piece = static_cast<Piece*>(place);
  piece->bytes = whole(bytes);
  Piece** at = &free_pieces;
  Piece* before = nullptr;
  while (*at && *at < piece) {
    before = *at;
    at = &(*at)->next;
  }
  piece->next = *at;
  *at = piece;
  // Neighbours become one.
  if (piece->next && piece->end() == reinterpret_cast<char*>(piece->next)) {
    piece->bytes += piece->next->bytes;
    piece->next = piece->next->next;
  }
  if (before && before->end() == reinterpret_cast<char*>(piece)) {
    before->bytes += piece->bytes;
    before->next = piece->next;
  }
}

}  // namespace flambeau
