// The plain recurrent layer (Elman, 1990): h = tanh(x + W h' + b), or relu of it.
//
// gates (D,N,H) leaves as h, of which the derivative is a function.
#include "sequence.h"

namespace flambeau::TARGET {
namespace {

template <class T>
struct RnnCell {
  static constexpr int gates = 1;
  static constexpr bool carries = false;
  Index hidden, lead;
  bool relu;
  T *values, *slopes;  // slopes: backward, (D,N,lead)

  GatePlace<T> product(Index, const RowPlace& p) const { return {values + p.at * hidden, hidden, true}; }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> forward(const RowPlace& p, bool, Index j, At at) const {
    T* v = values + p.at * hidden + j;
    const Lanes<T> x = at.load(v);
    const Lanes<T> h = relu ? (x < 0 ? Lanes<T>{} : x) : tanh_lanes(x);
    at.store(v, h);
    return h;
  }

  template <class At>
  FLAMBEAU_INLINE Lanes<T> backward(const RowPlace& p, Lanes<T> dh, Index j, At at) const {
    const Lanes<T> h = at.load(values + p.at * hidden + j);
    at.store(slopes + p.at * lead + j, relu ? (h > 0 ? dh : Lanes<T>{}) : dh * (1 - h * h));
    return Lanes<T>{};
  }
};

}  // namespace

template <class T>
void rnn(T* out, T* gates, T* states, T* hn, T* h0, T* weight, T* weight_reverse, T* bias, T* bias_reverse, int64_t* sizes, Index steps,
         Index batch, Index hidden, Index lead, Index relu) {
  const RnnCell<T> cell = {hidden, 0, relu != 0, gates, nullptr};
  run_forward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse, bias, bias_reverse), cell, out, states, hn, h0);
}

template <class T>
void rnn_backward(T* dgates, T* dh, T* grad, T* gates, T* weight, T* weight_reverse, int64_t* sizes, Index steps, Index batch,
                  Index hidden, Index lead, Index relu) {
  const RnnCell<T> cell = {hidden, lead, relu != 0, gates, dgates};
  run_backward(layer_of(sizes, steps, batch, hidden, lead, weight, weight_reverse), cell, grad, dh);
}

EXPORT_rnn
EXPORT_rnn_backward

}  // namespace flambeau::TARGET
