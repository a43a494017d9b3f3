// One recurrent layer over a batch of sequences, forward and backward: what LSTM, GRU and RNN share.
//
//   H hidden units, G gates, D directions (1, or 2: the second runs from the end), T steps, B sequences, longest first, N rows (step,
//   sequence): step t has size(t) <= size(t - 1) of them.
//   gates  (D,N,G H)   comes with the input's part of every step, from one matrix product; leaves as what backward needs
//   states (D,N,lead)  the hidden state before each row; rows are `lead` apart, so that 4 KB strides do not fall into one cache set
//   out    (N,D H)     the hidden state after each row
//
// The recurrent weights are packed once a call. A task is a block of hidden units of one direction: the micro-kernel adds the recurrent part
// of all its gates, and the cell's maths follows while they are in the first-level cache. A step is one phase of a single job, so that no thread
// starts on the way, and a thread meets the same block of weights at every step: with two directions each core keeps one of them.
// Backward merges the product that carries a step's gradient to the step before with that step's maths, for the same reason.
// A cell (lstm.cpp, gru.cpp, rnn.cpp) says where its products go and what happens to W numbers of a row.
#pragma once
#include "../gemm/pack.h"
#include "../vmaths.h"

namespace flambeau::TARGET {

/// 1 / (1 + e^-x) and tanh x, in vectors for float.
template <class V>
FLAMBEAU_INLINE V sigmoid_lanes(V x) {
  if constexpr (__is_same(Lane<V>, float)) return vsigmoid(x);
  FLAMBEAU_UNROLL for (int i = 0; i < COUNT<V>; i++) x[i] = 1 / (1 + maths::exp(-x[i]));
  return x;
}
template <class V>
FLAMBEAU_INLINE V tanh_lanes(V x) {
  if constexpr (__is_same(Lane<V>, float)) return vtanh(x);
  FLAMBEAU_UNROLL for (int i = 0; i < COUNT<V>; i++) x[i] = maths::tanh(x[i]);
  return x;
}

/// Where one row stands: `at` in buffers (D,N,..), `before` the row of the same sequence one step earlier in the layer's direction, -1 at
/// its start, `own` in buffers (D,B,..).
struct RowPlace {
  Index direction, row, at, before, own;
};

/// The rows of every step.
class Steps {
 public:
  /// sizes: how many sequences each step has; null: all of them.
  Steps(const int64_t* sizes, Index count, Index batch) : count(count), batch(batch), sizes_(sizes) {
    if (!sizes) {
      rows = count * batch;
      return;
    }
    begins_ = scratch<Index>(Scratch::rows, count);
    rows = 0;
    for (Index t = 0; t < count; t++) {
      begins_[t] = rows;
      rows += size(t);
    }
  }

  Index count, batch, rows;

  Index size(Index t) const { return t < 0 || t >= count ? 0 : sizes_ ? sizes_[t] : batch; }
  Index begin(Index t) const { return sizes_ ? begins_[t] : t * batch; }
  /// The time of the s-th step in a direction.
  Index time(Index direction, Index s) const { return direction ? count - 1 - s : s; }
  Index earlier(Index direction, Index t) const { return direction ? t + 1 : t - 1; }
  Index later(Index direction, Index t) const { return direction ? t - 1 : t + 1; }
  /// The row of sequence r at time t among all D N rows; -1 where it has none.
  Index find(Index direction, Index t, Index r) const { return r < size(t) ? direction * rows + begin(t) + r : -1; }

  RowPlace place(Index direction, Index t, Index r) const {
    const Index row = begin(t) + r;
    return {direction, row, direction * rows + row, find(direction, earlier(direction, t), r), direction * batch + r};
  }

 private:
  const int64_t* sizes_;
  Index* begins_ = nullptr;
};

/// What the layers' kernels have in common.
template <class T>
struct Layer {
  Steps steps;
  Index hidden, lead;
  const T* weight[2];  // (G H,H)
  const T* bias[2];    // (G H), or null
  Index directions;

  static constexpr Index block = TALL_TILE.vectors * WIDTH<T>;
  static constexpr Index rows_a_task = 64, k_block = 256;

  Index blocks() const { return ceil_div(hidden, block); }
  Index block_width(Index u) const { return least(block, hidden - u * block); }

  /// c (rows,w) = or += a (rows,K; lda apart) panel (K,block) + bias
  void multiply(const T* a, Index lda, Index rows, Index k, const T* panel, T* c, Index ldc, Index w, bool add, const T* bias) const {
    const EvenSplit split(rows, TALL_TILE.rows);
    const int vectors = static_cast<int>(ceil_div(w, WIDTH<T>));
    TileCall<T> call = {};
    call.count = 1;
    call.a_step = 1;
    call.row_step = lda;
    call.ldb = block;
    call.ldc = ldc;
    call.columns = static_cast<int>(w);
    for (Index k0 = 0; k0 < k; k0 += k_block) {
      const Stretch stretch = {k0, k0, least(k_block, k - k0)};
      call.stretches = &stretch;
      call.b = panel;
      call.bias = k0 == 0 ? bias : nullptr;
      call.add = add || k0 > 0;
      for (Index i = 0; i < split.count; i++) {
        call.a = a + split.begin(i) * lda;
        call.c = c + split.begin(i) * ldc;
        tile_kernel<T>(RowsAt::spaced, split.size(i), vectors)(call);
      }
    }
  }

  /// Runs body(s, direction, u, first, last) for the steps s of each block of units u and rows first..last - 1 of a step; all of one
  /// step before the next. pack(direction, u) comes before everything.
  template <class Pack, class Body>
  void run(Index count, double ns, const Pack& pack, const Body& body) const {
    const EvenSplit parts(steps.batch, rows_a_task);
    const Index units = directions * blocks();
    Index* counts = scratch<Index>(Scratch::indices, count + 1);
    counts[0] = units;
    for (Index s = 0; s < count; s++) counts[s + 1] = units * parts.count;
    phases(static_cast<int>(count + 1), counts, ns, [&](int phase, Index task, int) {
      const Index unit = phase == 0 ? task : task / parts.count, part = phase == 0 ? 0 : task % parts.count;
      const Index direction = unit / blocks(), u = unit % blocks();
      if (phase == 0) return pack(direction, u);
      body(phase - 1, direction, u, parts.begin(part), parts.begin(part) + parts.size(part));
    });
  }

  double nanoseconds(int gates) const {
    return static_cast<double>(directions * steps.rows * hidden) * (2.0 * gates * hidden / FLOPS_PER_NS<T> + gates);
  }
};

/// The states before the first row of each sequence: h0 (D,B,H) or zeros.
template <class T>
void start_states(const Layer<T>& layer, T* states, const T* h0) {
  const Steps& steps = layer.steps;
  for (Index d = 0; d < layer.directions; d++) {
    for (Index t = 0; t < steps.count; t++) {
      for (Index r = steps.size(steps.earlier(d, t)); r < steps.size(t); r++) {
        T* to = states + (d * steps.rows + steps.begin(t) + r) * layer.lead;
        const size_t bytes = static_cast<size_t>(layer.hidden) * sizeof(T);
        if (h0) __builtin_memcpy(to, h0 + (d * steps.batch + r) * layer.hidden, bytes);
        else __builtin_memset(to, 0, bytes);
      }
    }
  }
}

/// All steps. A cell has `gates`, `product(g, place)` (where gate g's product goes: pointer, distance of rows, added or not) and
/// `forward(place, ends, j, at)`, which answers the new hidden state.
template <class T, class Cell>
void run_forward(const Layer<T>& layer, const Cell& cell, T* out, T* states, T* hn, const T* h0) {
  constexpr int G = Cell::gates;
  constexpr Index block = Layer<T>::block;
  const Index H = layer.hidden, lead = layer.lead;
  const Steps& steps = layer.steps;
  T* packed = scratch<T>(Scratch::pack_weight, layer.directions * layer.blocks() * G * H * block);
  const auto panel = [&](Index d, Index u, Index g) { return packed + ((d * layer.blocks() + u) * G + g) * H * block; };
  start_states(layer, states, h0);
  const auto pack = [&](Index d, Index u) {
    for (Index g = 0; g < G; g++)
      pack_b(true, layer.weight[d] + (g * H + u * block) * H, H, H, layer.block_width(u), block, panel(d, u, g));
  };
  layer.run(steps.count, layer.nanoseconds(G), pack, [&](Index s, Index d, Index u, Index first, Index last) {
    const Index t = steps.time(d, s), end = least(last, steps.size(t)), j0 = u * block, w = layer.block_width(u);
    if (first >= end) return;
    const RowPlace top = steps.place(d, t, first);
    for (Index g = 0; g < G; g++) {
      const auto to = cell.product(g, top);
      const T* bias = layer.bias[d] ? layer.bias[d] + g * H + j0 : nullptr;
      layer.multiply(states + top.at * lead, lead, end - first, H, panel(d, u, g), to.c + j0, to.ldc, w, to.add, bias);
    }
    for (Index r = first; r < end; r++) {
      const RowPlace place = steps.place(d, t, r);
      const Index next = steps.find(d, steps.later(d, t), r);
      T* now = out + (place.row * layer.directions + d) * H + j0;
      T* then = (next < 0 ? hn + place.own * H : states + next * lead) + j0;
      each_lanes<T>(w, [&](Index j, auto at) {
        const Lanes<T> h = cell.forward(place, next < 0, j0 + j, at);
        at.store(now + j, h);
        at.store(then + j, h);
      });
    }
  });
}

/// All steps backwards. dh (D,B,H) comes as the gradient of the last states and leaves as that of the first. A cell has
/// `carries` (the maths leaves a part of the earlier state's gradient in dh, to which the product is added), `slopes` (D,N,lead),
/// the gradients of the recurrent products, and `backward(place, dh, j, at)`, which answers what goes to dh.
template <class T, class Cell>
void run_backward(const Layer<T>& layer, const Cell& cell, const T* grad, T* dh) {
  constexpr int G = Cell::gates;
  constexpr Index block = Layer<T>::block;
  const Index H = layer.hidden, K = G * H, lead = layer.lead;
  const Steps& steps = layer.steps;
  T* packed = scratch<T>(Scratch::pack_weight, layer.directions * layer.blocks() * K * block);
  const auto panel = [&](Index d, Index u) { return packed + (d * layer.blocks() + u) * K * block; };
  const auto pack = [&](Index d, Index u) {
    pack_b(false, layer.weight[d] + u * block, H, K, layer.block_width(u), block, panel(d, u));
  };
  const auto maths = [&](Index t, Index d, Index r, Index j0, Index w) {
    const RowPlace place = steps.place(d, t, r);
    const T* given = grad ? grad + (place.row * layer.directions + d) * H + j0 : nullptr;
    T* own = dh + place.own * H + j0;
    each_lanes<T>(w, [&](Index j, auto at) {
      const Lanes<T> slope = at.load(own + j) + (given ? at.load(given + j) : Lanes<T>{});
      const Lanes<T> left = cell.backward(place, slope, j0 + j, at);
      if (Cell::carries) at.store(own + j, left);
    });
  };
  layer.run(steps.count + 1, layer.nanoseconds(G), pack, [&](Index s, Index d, Index u, Index first, Index last) {
    const Index j0 = u * block, w = layer.block_width(u);
    if (s > 0) {
      const Index t = steps.time(1 - d, s - 1), end = least(last, steps.size(t));
      if (first < end) {
        const RowPlace top = steps.place(d, t, first);
        layer.multiply(cell.slopes + top.at * lead, lead, end - first, K, panel(d, u), dh + top.own * H + j0, H, w, Cell::carries, nullptr);
      }
    }
    if (s == steps.count) return;
    const Index t = steps.time(1 - d, s), end = least(last, steps.size(t));
    for (Index r = first; r < end; r++) maths(t, d, r, j0, w);
  });
}

/// Where a gate's product goes.
template <class T>
struct GatePlace {
  T* c;
  Index ldc;
  bool add;
};

template <class T>
Layer<T> layer_of(const int64_t* sizes, Index steps, Index batch, Index hidden, Index lead, const T* weight, const T* weight_reverse,
                  const T* bias = nullptr, const T* bias_reverse = nullptr) {
  return {Steps(sizes, steps, batch), hidden, lead, {weight, weight_reverse}, {bias, bias_reverse}, weight_reverse ? 2 : 1};
}

}  // namespace flambeau::TARGET
