// The walk over a loop nest: decoding, the order of the dimensions, blocking, and the division among threads.
#include "loop.h"

#include "processors.h"
#include "stream.h"

namespace flambeau::TARGET {
namespace {

/// A nest decoded: steps in bytes, no dimension of size 1, the fastest dimension last.
struct Nest {
  int dims = 0;
  int operands = 0;
  Index count = 1;
  Index size[max_dims];
  Index step[max_operands][max_dims];
  char* at[max_operands];

  void swap(int d, int e) {
    const Index size_d = size[d];
    size[d] = size[e];
    size[e] = size_d;
    for (int k = 0; k < operands; k++) {
      const Index step_d = step[k][d];
      step[k][d] = step[k][e];
      step[k][e] = step_d;
    }
  }
};

Index magnitude(Index step) { return step < 0 ? -step : step; }

void decode(Nest& nest, const Loop& loop, const Operand* operands, int count) {
  const int dims = loop.dims();
  nest.operands = count;
  for (int k = 0; k < count; k++) nest.at[k] = static_cast<char*>(const_cast<void*>(operands[k].at));
  for (int d = 0; d < dims; d++) {
    const Index size = loop.size(d);
    nest.count *= size;
    if (size == 1) continue;
    nest.size[nest.dims] = size;
    for (int k = 0; k < count; k++) nest.step[k][nest.dims] = loop.stride(k, d) * operands[k].width;
    nest.dims++;
  }
  if (nest.dims == 0) {
    nest.dims = 1;
    nest.size[0] = 1;
    for (int k = 0; k < count; k++) nest.step[k][0] = operands[k].width;
  }
}

/// Puts the dimension where the output moves least last: the caller's order is the tensor's, which may be transposed.
void order(Nest& nest) {
  for (int d = 1; d < nest.dims; d++) {
    for (int e = d; e > 0 && magnitude(nest.step[0][e]) > magnitude(nest.step[0][e - 1]); e--) nest.swap(e, e - 1);
  }
}

// Where an operand runs along another dimension than the output, rows of the output cross its cache lines: a tile of
// tile x tile elements uses every line that it touches before it leaves the cache.
constexpr Index tile = 32;
constexpr Index line = 64;

/// Whether to work in tiles; the operand's fast dimension is then the last but one.
bool block(Nest& nest) {
  const int inner = nest.dims - 1;
  if (inner < 1 || nest.size[inner] < 8) return false;
  int fast = -1;
  Index least = line;
  for (int k = 1; k < nest.operands; k++) {
    if (magnitude(nest.step[k][inner]) < line) continue;
    for (int d = 0; d < inner; d++) {
      const Index step = magnitude(nest.step[k][d]);
      if (step > 0 && step < least && nest.size[d] >= 8) {
        fast = d;
        least = step;
      }
    }
  }
  if (fast < 0) return false;
  if (fast != inner - 1) nest.swap(fast, inner - 1);
  return true;
}

void start(Piece& piece, const Nest& nest) {
  const int inner = nest.dims - 1, middle = inner - 1;
  for (int k = 0; k < nest.operands; k++) {
    piece.step[k] = nest.step[k][inner];
    piece.row_step[k] = middle < 0 ? 0 : nest.step[k][middle];
  }
}

/// Elements begin..end-1 in the nest's order: parts of rows at the ends, as many whole rows at once as fit between.
void walk_range(const Nest& nest, Index begin, Index end, Body body, const void* context) {
  const int inner = nest.dims - 1, middle = inner - 1;
  Index at[max_dims];
  Piece piece;
  start(piece, nest);
  for (int k = 0; k < nest.operands; k++) piece.at[k] = nest.at[k];
  Index rest = begin;
  for (int d = inner; d >= 0; d--) {
    at[d] = rest == 0 ? 0 : rest % nest.size[d];
    rest = rest == 0 ? 0 : rest / nest.size[d];
    for (int k = 0; k < nest.operands; k++) piece.at[k] += at[d] * nest.step[k][d];
  }
  for (Index left = end - begin; left > 0;) {
    const Index row = nest.size[inner];
    piece.n = row - at[inner] < left ? row - at[inner] : left;
    piece.rows = 1;
    if (middle >= 0 && piece.n == row) {
      const Index whole = left / row, there = nest.size[middle] - at[middle];
      piece.rows = whole < there ? whole : there;
    }
    body(piece, context);
    left -= piece.n * piece.rows;
    if (left == 0) return;
    // On by the piece, and over to the next row, plane ... where one is full.
    const int moved = piece.n == row ? middle : inner;
    const Index by = piece.n == row ? piece.rows : piece.n;
    at[moved] += by;
    for (int k = 0; k < nest.operands; k++) piece.at[k] += by * nest.step[k][moved];
    for (int d = moved; d > 0 && at[d] == nest.size[d]; d--) {
      for (int k = 0; k < nest.operands; k++) piece.at[k] += nest.step[k][d - 1] - at[d] * nest.step[k][d];
      at[d] = 0;
      at[d - 1]++;
    }
  }
}

/// The band of tiles with number `band`: of plane band / bands, `tile` rows from row (band % bands) * tile.
void walk_band(const Nest& nest, Index bands, Index band, Body body, const void* context) {
  const int inner = nest.dims - 1, middle = inner - 1;
  const Index first = band % bands * tile;
  Index plane = band / bands;
  char* at[max_operands];
  for (int k = 0; k < nest.operands; k++) at[k] = nest.at[k] + first * nest.step[k][middle];
  for (int d = middle - 1; d >= 0; d--) {
    for (int k = 0; k < nest.operands; k++) at[k] += plane % nest.size[d] * nest.step[k][d];
    plane /= nest.size[d];
  }
  Piece piece;
  start(piece, nest);
  piece.rows = nest.size[middle] - first < tile ? nest.size[middle] - first : tile;
  for (Index column = 0; column < nest.size[inner]; column += tile) {
    piece.n = nest.size[inner] - column < tile ? nest.size[inner] - column : tile;
    for (int k = 0; k < nest.operands; k++) piece.at[k] = at[k] + column * nest.step[k][inner];
    body(piece, context);
  }
}

// Threads part the nest at multiples of this, so that no two write to one cache line of a contiguous output.
constexpr Index grain = 128;

/// An output of so many bytes is written past the caches: a plain store would first read the line, a third of the traffic of a copy, and no cache
/// would hold it until it is read. 16 MB: clone 1.85 -> 1.6 ms, to float64 2.5 -> 1.5, x + row 1.6 -> 1.3; 32 MB: relu 4.4 -> 3.8 (Zen 3, whose
/// last cache has 32 MB for eight processors). A last cache of hundreds of megabytes may well hold 16: on a Zen 5, which names 508 for all its
/// processors, plain stores take 290 instead of 380 us for a clone of 16 MB, as long for 32 and 64, a tenth longer for 128.
constexpr Index least_past_caches = 16 << 20;

/// Whether the output is so large, its rows are long, and it is not an input too.
bool goes_past_caches(const Nest& nest, Index width) {
  if constexpr (STREAMS) {
    const int inner = nest.dims - 1;
    const Index bytes = nest.count * width;
    if (bytes < least_past_caches || bytes < last_cache() / 4 || nest.step[0][inner] != width || nest.size[inner] * width < 1024) return false;
    for (int k = 1; k < nest.operands; k++) {
      if (nest.at[k] == nest.at[0]) return false;
    }
    return true;
  } else {
    return false;
  }
}

/// A body whose output goes through a buffer in the first-level cache.
struct Buffered {
  Body body;
  const void* context;
};
void run_buffered(const Piece& p, const void* context) {
  const Buffered& to = *static_cast<const Buffered*>(context);
  constexpr Index bytes = 4096;
  alignas(64) char buffer[bytes];
  const Index width = p.step[0], most = bytes / width;
  Piece part = p;
  part.rows = 1;
  for (Index row = 0; row < p.rows; row++) {
    for (Index begin = 0; begin < p.n; begin += most) {
      part.n = p.n - begin < most ? p.n - begin : most;
      for (int k = 1; k < max_operands; k++) part.at[k] = p.at[k] + row * p.row_step[k] + begin * p.step[k];
      part.at[0] = buffer;
      to.body(part, to.context);
      stream_copy(p.at[0] + row * p.row_step[0] + begin * width, buffer, part.n * width);
    }
  }
}

}  // namespace

void walk(const Loop& loop, const Operand* operands, int count, double nanoseconds, Body body, const void* context, bool fills) {
  Nest nest;
  decode(nest, loop, operands, count);
  if (nest.count == 0) return;
  if (nest.dims > 1) {
    order(nest);
    if (block(nest)) {
      const Index rows = nest.size[nest.dims - 2], columns = nest.size[nest.dims - 1];
      const Index bands = (rows + tile - 1) / tile;
      // A crossing operand costs a cache line an element until it is in the cache: more than a plain element.
      const double band_time = (nanoseconds + 0.5) * static_cast<double>(tile * columns);
      parallel(nest.count / (rows * columns) * bands, band_time, [&](Index begin, Index end) {
        for (Index band = begin; band < end; band++) walk_band(nest, bands, band, body, context);
      });
      return;
    }
  }
  const Buffered buffered = {body, context};
  const bool past = fills && goes_past_caches(nest, operands[0].width);
  parallel((nest.count + grain - 1) / grain, nanoseconds * grain, [&](Index begin, Index end) {
    const Index last = end * grain < nest.count ? end * grain : nest.count;
    if (!past) return walk_range(nest, begin * grain, last, body, context);
    walk_range(nest, begin * grain, last, run_buffered, &buffered);
    end_stream();
  });
}

}  // namespace flambeau::TARGET
