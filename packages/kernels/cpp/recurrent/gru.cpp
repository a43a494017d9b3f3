// Gated recurrent unit (Cho et al., 2014), with the reset gate behind the recurrent product: r, z from h and x;
// q = W h + b; n = tanh(x + r q); h = n + z (h' - n).
//
// gates leaves as r, z, n; q (D,N,H) is kept beside it. Backward has two gradients of the gates: with respect to the input's part (r, z, n),
// and to the recurrent one (r, z, q).
#include "sequence.h"

namespace flambeau::TARGET {
namespace {

template <class T>
struct GruCell {
  static constexpr int gates = 3;
  static constexpr bool carries = true;
  Index hidden, lead, state_lead;
  T *values, *q;
  const T* states;
  T *input_slopes, *slopes;  // backward: (D,N,lead) both

  GatePlace<T> product(Index g, const RowPlace& p) const {
    if (g == 2) return {q + p.at * hidden, hidden, false};
    return {values + (p.at * 3 + g) * hidden, 3 * hidden, true};
  }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> forward(const RowPlace& p, bool, Index j, At at) const {
    T* v = values + p.at * 3 * hidden + j;
    const Lanes<T> r = sigmoid_lanes(at.load(v)), z = sigmoid_lanes(at.load(v + hidden));
    const Lanes<T> n = tanh_lanes(at.load(v + 2 * hidden) + r * at.load(q + p.at * hidden + j));
    at.store(v, r);
    at.store(v + hidden, z);
    at.store(v + 2 * hidden, n);
    return n + z * (at.load(states + p.at * state_lead + j) - n);
  }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> backward(const RowPlace& p, Lanes<T> dh, Index j, At at) const {
    const T* v = values + p.at * 3 * hidden + j;
    T *in = input_slopes + p.at * lead + j, *to = slopes + p.at * lead + j;
    const Lanes<T> r = at.load(v), z = at.load(v + hidden), n = at.load(v + 2 * hidden);
    const Lanes<T> dn = dh * (1 - z) * (1 - n * n);
    const Lanes<T> dz = dh * (at.load(states + p.at * state_lead + j) - n) * z * (1 - z);
    const Lanes<T> dr = dn * at.load(q + p.at * hidden + j) * r * (1 - r);
    at.store(in, dr);
    at.store(in + hidden, dz);
    at.store(in + 2 * hidden, dn);
    at.store(to, dr);
    at.store(to + hidden, dz);
    at.store(to + 2 * hidden, dn * r);
    return dh * z;
  }
};

}  // namespace

template <class T>
void gru(T* out, T* gates, T* q, T* states, T* hn, T* h0, T* weight, T* weight_reverse, T* bias, T* bias_reverse, int64_t* sizes,
         Index steps, Index batch, Index hidden, Index lead) {
  const GruCell<T> cell = {hidden, 0, lead, gates, q, states, nullptr, nullptr};
  run_forward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse, bias, bias_reverse), cell, out, states, hn, h0);
}

template <class T>
void gru_backward(T* dgates, T* dhidden, T* dh, T* grad, T* gates, T* q, T* states, T* weight, T* weight_reverse, int64_t* sizes,
                  Index steps, Index batch, Index hidden, Index lead, Index state_lead) {
  const GruCell<T> cell = {hidden, lead, state_lead, gates, q, states, dgates, dhidden};
  run_backward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse), cell, grad, dh);
}

EXPORT_gru
EXPORT_gru_backward

}  // namespace flambeau::TARGET
