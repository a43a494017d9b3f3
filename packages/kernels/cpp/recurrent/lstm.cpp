// Long short-term memory (Hochreiter & Schmidhuber, 1997; with forget gates): i, f, g, o from h and x; c = f c' + i g; h = o tanh c.
//
// gates leaves as the four activations, cells (D,N,H) as c; both are kept for backward, which computes tanh c again.
#include "sequence.h"

namespace flambeau::TARGET {
namespace {

template <class T>
struct LstmCell {
  static constexpr int gates = 4;
  static constexpr bool carries = false;
  Index hidden, lead;
  T *values, *cells, *cn;  // forward: cn (D,B,H)
  const T* c0;
  T *slopes, *dc;          // backward: (D,N,lead), (D,B,H)

  GatePlace<T> product(Index g, const RowPlace& p) const { return {values + (p.at * 4 + g) * hidden, 4 * hidden, true}; }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> earlier_cell(const RowPlace& p, Index j, At at) const {
    if (p.before >= 0) return at.load(cells + p.before * hidden + j);
    return c0 ? at.load(c0 + p.own * hidden + j) : Lanes<T>{};
  }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> forward(const RowPlace& p, bool ends, Index j, At at) const {
    T* q = values + p.at * 4 * hidden + j;
    const Lanes<T> i = sigmoid_lanes(at.load(q)), f = sigmoid_lanes(at.load(q + hidden));
    const Lanes<T> g = tanh_lanes(at.load(q + 2 * hidden)), o = sigmoid_lanes(at.load(q + 3 * hidden));
    const Lanes<T> c = f * earlier_cell(p, j, at) + i * g;
    at.store(q, i);
    at.store(q + hidden, f);
    at.store(q + 2 * hidden, g);
    at.store(q + 3 * hidden, o);
    at.store(cells + p.at * hidden + j, c);
    if (ends) at.store(cn + p.own * hidden + j, c);
    return o * tanh_lanes(c);
  }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> backward(const RowPlace& p, Lanes<T> dh, Index j, At at) const {
    const T* q = values + p.at * 4 * hidden + j;
    T *to = slopes + p.at * lead + j, *own = dc + p.own * hidden + j;
    const Lanes<T> i = at.load(q), f = at.load(q + hidden), g = at.load(q + 2 * hidden), o = at.load(q + 3 * hidden);
    const Lanes<T> y = tanh_lanes(at.load(cells + p.at * hidden + j));
    const Lanes<T> d = at.load(own) + dh * o * (1 - y * y);
    at.store(to, d * g * i * (1 - i));
    at.store(to + hidden, d * earlier_cell(p, j, at) * f * (1 - f));
    at.store(to + 2 * hidden, d * i * (1 - g * g));
    at.store(to + 3 * hidden, dh * y * o * (1 - o));
    at.store(own, d * f);
    return Lanes<T>{};
  }
};

}  // namespace

template <class T>
void lstm(T* out, T* gates, T* cells, T* states, T* hn, T* cn, T* h0, T* c0, T* weight, T* weight_reverse, T* bias, T* bias_reverse,
          int64_t* sizes, Index steps, Index batch, Index hidden, Index lead) {
  const LstmCell<T> cell = {hidden, lead, gates, cells, cn, c0, nullptr, nullptr};
  run_forward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse, bias, bias_reverse), cell, out, states, hn, h0);
}

template <class T>
void lstm_backward(T* dgates, T* dh, T* dc, T* grad, T* gates, T* cells, T* c0, T* weight, T* weight_reverse, int64_t* sizes,
                   Index steps, Index batch, Index hidden, Index lead) {
  const LstmCell<T> cell = {hidden, lead, gates, cells, nullptr, c0, dgates, dc};
  run_backward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse), cell, grad, dh);
}

EXPORT_lstm
EXPORT_lstm_backward

}  // namespace flambeau::TARGET
