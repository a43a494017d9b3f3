// The blocked matrix product (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008).
//
// A panel of A (a tile's height x block_k) lives in the first-level cache, a panel of B in the second, a block of B in the third. K
// is cut evenly, by its length alone. Threads take tiles of C, blocks of row panels x column panels, and each packs for itself the panels that its
// tiles read, as it comes to them. Packing together would be less work, but one core reads, and overwrites, what another has just touched at a
// quarter of its own cache's speed: on two cores of a Zen 5 without a common cache 256 cubed went from 0.11 to 0.09 ms, 512 from 0.81 to 0.72, 128 x 2048
// x 512 from 0.91 to 0.77.
// An operand is read in place where packing would not pay: A when few columns use it, B when few rows do or K is short, either when it is small.
// Panels are even (EvenSplit), so 68 rows on an 8-row tile are 8, 8, 8, 8, 8, 7, 7, 7, 7 and not 8 x 8 + 4, and 4 vectors of columns 2, 2 and not 3, 1.
#pragma once
#include "pack.h"
#include "product.h"

namespace flambeau::TARGET {

// Long, so that a tile of C is seldom read and written again: 2 % faster than 256 on Zen 4, although a panel of B (96 KB) leaves the first-level cache.
constexpr Index block_k = 512;
constexpr Index block_rows = 3072;  // of A and columns of B packed at a time: 3 MB each

template <class T>
class TiledProduct {
  static constexpr Index W = WIDTH<T>, widest = WIDE_TILE.vectors * W;

 public:
  /// How many numbers the packed form of B has.
  static Index packed_size(Index n, Index k) { return ceil_div(n, W) * W * k; }

  explicit TiledProduct(const Product<T>& p) : p_(p), rows_(p.m, WIDE_TILE.rows), columns_(ceil_div(p.n, W), WIDE_TILE.vectors) {
    blocks_k_ = most(1, ceil_div(p.k, block_k));
    const auto small = [](Index rows, Index columns, Index lead) { return rows * columns <= 128 * 128 && lead * sizeof(T) % 2048 != 0; };
    a_in_place_ = (p.n <= (p.trans_a ? 2 : 4) * widest && p.lda * sizeof(T) % 2048 != 0) || small(p.m, p.k, p.lda);
    b_in_place_ = !p.trans_b && !p.kept && (p.m <= 2 * WIDE_TILE.rows || p.k <= 32 || small(p.k, p.n, p.ldb));
    choose_blocks();
    b_by_tile_ = rows_a_tile_ >= rows_.count && !p.kept;
  }

  void run() {
    const Index before = p_.kept && !p_.packed ? columns_.count : 0;
    Index* counts = scratch<Index>(Scratch::indices, 2 * blocks_k_);
    for (Index block = 0; block < blocks_k_; block++) {
      counts[2 * block] = before;
      counts[2 * block + 1] = down() * across();
    }
    const Index own = ceil_div(flags(), line) * line, all = own * thread_count();
    Index* packed = own > 0 ? scratch<Index>(Scratch::rows, all) : nullptr;
    for (Index i = 0; i < all; i++) packed[i] = 0;
    phases(static_cast<int>(2 * blocks_k_), counts, nanoseconds(), [&](int phase, Index task, int thread) {
      const Index block = phase / 2, k0 = begin_k(block), kc = begin_k(block + 1) - k0;
      if (phase % 2) multiply(task, block, k0, kc, packed + thread * own);
      else pack_columns(task, k0, kc, kept_panel(task, k0, kc));
    });
  }

 private:
  double nanoseconds() const { return 2.0 * p_.m * p_.n * p_.k / FLOPS_PER_NS<T> + p_.m * p_.n * 0.05; }
  Index begin_k(Index block) const { return p_.k * block / blocks_k_; }
  /// Tiles of C.
  Index down() const { return ceil_div(rows_.count, rows_a_tile_); }
  Index across() const { return ceil_div(columns_.count, columns_a_tile_); }

  /// Blocks of about 192 rows by all columns, made smaller until every thread may have several and the last one to finish costs little, but no
  /// less than some microseconds. Fewer columns cost nothing; fewer rows use a panel of B less often.
  void choose_blocks() {
    constexpr Index fit = 192 / WIDE_TILE.rows;
    rows_a_tile_ = ceil_div(rows_.count, ceil_div(rows_.count, fit));
    columns_a_tile_ = columns_.count;
    const auto longer = [&](double ns, Index enough) {
      const Index tiles = down() * across();
      return tiles < enough && nanoseconds() / blocks_k_ / tiles > ns;
    };
    while (columns_a_tile_ > 1 && (longer(4000, 12) || longer(60000, 64))) columns_a_tile_ = ceil_div(columns_a_tile_, 2);
    while (rows_a_tile_ > 1 && longer(20000, 12)) rows_a_tile_ = ceil_div(rows_a_tile_, 2);
  }

  /// Whether panels of B are read where they are; a last one of no whole vectors is not, for vectors would read beyond it.
  bool reads_in_place(Index columns) const { return b_in_place_ && columns % WIDTH<T> == 0; }

  void pack_columns(Index panel, Index k0, Index kc, T* to) const {
    const Index j = columns_.begin(panel) * W, width = columns_.size(panel) * W;
    pack_b(p_.trans_b, p_.b_at(k0, j), p_.ldb, kc, least(width, p_.n - j), width, to);
  }

  T* kept_panel(Index panel, Index k0, Index kc) const { return p_.kept + packed_size(p_.n, k0) + columns_.begin(panel) * W * kc; }

  static constexpr Index line = 64 / sizeof(Index);  // flags of different threads share no cache line

  /// Flags for what a thread has packed, each the last block of K, counted from 1: of A by blocks of rows, of B by panels.
  Index flags() const { return (a_in_place_ ? 0 : down()) + (b_by_tile_ || p_.kept || reads_in_place(p_.n) ? 0 : columns_.count); }

  static bool lacks(Index& flag, Index block) {
    if (flag == block + 1) return false;
    flag = block + 1;
    return true;
  }

  /// The running thread's panels of A, those of rows row0 ... packed.
  const T* panels_a(Index row0, Index row1, Index k0, Index kc, Index block, Index& flag) const {
    T* own = scratch<T>(Scratch::pack_a, p_.m * kc);
    if (!lacks(flag, block)) return own;
    for (Index row = row0; row < row1; row++) {
      const Index i = rows_.begin(row);
      pack_a(p_.trans_a, p_.a_at(i, k0), p_.lda, kc, rows_.size(row), own + i * kc);
    }
    return own;
  }

  const T* panel_b(Index column, Index k0, Index kc, Index block, Index* flags) const {
    if (p_.kept) return kept_panel(column, k0, kc);
    T* own = scratch<T>(Scratch::pack_b, b_by_tile_ ? widest * kc : packed_size(p_.n, kc));
    if (!b_by_tile_) own += columns_.begin(column) * W * kc;
    if (b_by_tile_ || lacks(flags[column], block)) pack_columns(column, k0, kc, own);
    return own;
  }

  void multiply(Index task, Index block, Index k0, Index kc, Index* packed) const {
    // The operand with more to read is the one that threads divide; of equals the rows, whose panels are finer.
    const bool by_rows = p_.m >= p_.n;
    const Index i = by_rows ? task / across() : task % down(), row0 = i * rows_a_tile_, row1 = least(row0 + rows_a_tile_, rows_.count);
    const Index j = by_rows ? task % across() : task / down(), column0 = j * columns_a_tile_, column1 = least(column0 + columns_a_tile_, columns_.count);
    const RowsAt at = a_in_place_ && !p_.trans_a ? RowsAt::spaced : RowsAt::adjacent;
    const T* packed_a = a_in_place_ ? nullptr : panels_a(row0, row1, k0, kc, block, packed[i]);
    Index* packed_b = a_in_place_ ? packed : packed + down();
    const Stretch all = {0, 0, kc};
    TileCall<T> call = {};
    call.stretches = &all;
    call.count = 1;
    call.row_step = p_.lda;
    call.ldc = p_.ldc;
    call.add = p_.add || block > 0;
    for (Index column = column0; column < column1; column++) {
      const Index left = columns_.begin(column) * W, width = columns_.size(column) * W;
      call.columns = static_cast<int>(least(width, p_.n - left));
      const bool in_place = reads_in_place(call.columns);
      call.b = in_place ? p_.b_at(k0, left) : panel_b(column, k0, kc, block, packed_b);
      call.ldb = in_place ? p_.ldb : width;
      call.bias = p_.bias && block == 0 ? p_.bias + left : nullptr;
      const int vectors = columns_.size(column);
      const TileKernel<T> low = tile_kernel<T>(at, rows_.base, vectors);
      const TileKernel<T> tall = rows_.taller ? tile_kernel<T>(at, rows_.base + 1, vectors) : low;
      for (Index row = row0; row < row1; row++) {
        const Index top = rows_.begin(row);
        call.a = a_in_place_ ? p_.a_at(top, k0) : packed_a + top * kc;
        call.a_step = a_in_place_ ? p_.lda : rows_.size(row);
        call.c = p_.out + top * p_.ldc + left;
        (row < rows_.taller ? tall : low)(call);
      }
    }
  }

  const Product<T>& p_;
  EvenSplit rows_, columns_;  // of rows, of vectors of columns
  Index blocks_k_, rows_a_tile_, columns_a_tile_;
  bool a_in_place_, b_in_place_, b_by_tile_;
};

/// Long sums of few outputs: parts of K, each with totals of its own, which are added up in their order. A part is long against its
/// totals and, like all that decides the order of a sum, depends on the shape alone.
constexpr Index split_most = 128 * 128, split_k = 2 * block_k;

template <class T>
void multiply_split(const Product<T>& p) {
  const Index parts = p.k / split_k, size = p.m * p.n;
  T* totals = scratch<T>(Scratch::partial, parts * size);
  parallel(parts, 2.0 * size * split_k / FLOPS_PER_NS<T>, [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      const Index k0 = p.k * i / parts, k1 = p.k * (i + 1) / parts;
      TiledProduct<T>({totals + i * size, p.a_at(0, k0), p.b_at(k0, 0), nullptr, p.m, p.n, k1 - k0, p.trans_a, p.lda, p.trans_b, p.ldb, p.n, false}).run();
    }
  });
  parallel(p.m, 0.1 * parts * p.n, [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) {
      T* out = p.out + i * p.ldc;
      const T* row = totals + i * p.n;
      for (Index j = 0; j < p.n; j++) {
        T sum = p.bias ? p.bias[j] : T(0);
        for (Index part = 0; part < parts; part++) sum += row[part * size + j];
        out[j] = p.add ? out[j] + sum : sum;
      }
    }
  });
}

template <class T>
bool splits(const Product<T>& p) {
  return p.m * p.n <= split_most && p.k >= 4 * split_k;
}

template <class T>
void multiply_tiles(const Product<T>& p) {
  if (splits(p)) return multiply_split(p);
  for (Index i = 0; i < p.m; i += block_rows) {
    for (Index j = 0; j < p.n; j += block_rows) {
      Product<T> part = p;
      part.m = least(block_rows, p.m - i);
      part.n = least(block_rows, p.n - j);
      part.a = p.a_at(i, 0);
      part.b = p.b_at(0, j);
      part.out = p.out + i * p.ldc + j;
      if (p.bias) part.bias = p.bias + j;
      if (p.kept) part.kept = p.kept + j * p.k;
      part.packed = p.packed || (p.kept && i > 0);
      TiledProduct<T>(part).run();
    }
  }
}

}  // namespace flambeau::TARGET
