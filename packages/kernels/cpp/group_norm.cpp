// Group normalisation, forward and backward; with as many groups as channels it is instance normalisation.
//
// x (N, C, P): groups of C / G neighbouring channels of one example, each with mean 0 and variance 1. With `last` the data lies as (N, P, C), vectors
// along the channels, else in runs of P numbers of one channel. An example is worked on as a whole, so that what was read for its
// statistics is still near when it is normalised; a single example is shared out by its channels or pixels. Statistics are those of moments.h,
// joined by group, so that they stay exact far from zero and do not depend on the threads.
// Wu & He, 2018; Ulyanov, Vedaldi & Lempitsky, 2016.
#include "moments.h"

namespace flambeau::TARGET {
namespace {

constexpr double ns_a_number = 0.1;

/// How the data of an example lies: `outer` rows of C numbers (inner 1), or C runs of `inner`.
struct Example {
  Index outer, c, inner;
  Index size() const { return outer * c * inner; }
};
Example example_of(Index c, Index p, Index last) { return last ? Example{p, c, 1} : Example{1, c, p}; }

/// body(i, lanes, channel) for all numbers of an example; channel(a) is what a (C) holds for them.
template <class T, class Body>
void each_number(const Example& e, const Body& body) {
  const Index runs = e.inner == 1 ? e.outer : e.c, length = e.inner == 1 ? e.c : e.inner;
  parallel(runs, 4 * ns_a_number * length, [&](Index begin, Index end) {
    for (Index r = begin; r < end; r++) {
      const Index first = r * length;
      if (e.inner == 1) {
        each_lanes<T>(length, [&](Index i, auto at) { body(first + i, at, [=](const T* a) { return at.load(a + i); }); });
      } else {
        each_lanes<T>(length, [&](Index i, auto at) { body(first + i, at, [=](const T* a) { return splat<Lanes<T>>(a[r]); }); });
      }
    }
  });
}

/// example(i) for each of n, side by side.
template <class Body>
void each_example(Index n, const Example& e, double passes, const Body& example) {
  parallel(n, passes * ns_a_number * e.size(), [&](Index begin, Index end) {
    for (Index i = begin; i < end; i++) example(i);
  });
}

template <class T>
void normalise_example(T* out, T* mean, T* rstd, const T* x, const T* weight, const T* bias, const Example& e, Index groups, double eps) {
  const Moments* moments = channel_moments(x, e.outer, e.c, e.inner);
  T* terms = scratch<T>(Scratch::columns, 3 * e.c);
  T *centre = terms, *scale = terms + e.c, *shift = terms + 2 * e.c;
  const Index width = e.c / groups;
  for (Index g = 0; g < groups; g++) {
    Moments all = {0, 0, 0};
    for (Index k = g * width; k < (g + 1) * width; k++) all.join(moments[k]);
    mean[g] = static_cast<T>(all.mean);
    rstd[g] = static_cast<T>(1 / __builtin_sqrt(all.squares / all.count + eps));
    for (Index k = g * width; k < (g + 1) * width; k++) {
      centre[k] = mean[g];
      scale[k] = weight ? weight[k] * rstd[g] : rstd[g];
      // What rounding the mean to T lost counts where the spread is small beside it.
      shift[k] = static_cast<T>((bias ? bias[k] : 0) - (all.mean - mean[g]) * scale[k]);
    }
  }
  each_number<T>(e, [=](Index i, auto at, const auto& channel) {
    at.store(out + i, fmadd(at.load(x + i) - channel(centre), channel(scale), channel(shift)));
  });
}

/// dx, unless it is null; dweight and dbias of this example go to `own` (2, C).
template <class T>
void example_gradient(T* dx, double* own, const T* grad, const T* x, const T* weight, const T* mean, const T* rstd, const Example& e,
                      Index groups) {
  T* terms = scratch<T>(Scratch::columns, 4 * e.c);
  T *centre = terms, *scale = terms + e.c, *offset = terms + 2 * e.c, *slope = terms + 3 * e.c;
  const Index width = e.c / groups;
  for (Index k = 0; k < e.c; k++) centre[k] = mean[k / width];
  const Sums* sums = channel_sums(grad, x, centre, e.outer, e.c, e.inner);
  const double count = static_cast<double>(e.size() / groups);
  for (Index g = 0; g < groups; g++) {
    const double r = rstd[g];
    double total = 0, product = 0;
    for (Index k = g * width; k < (g + 1) * width; k++) {
      own[k] = sums[k].product * r;
      own[e.c + k] = sums[k].grad;
      const double w = weight ? weight[k] : 1;
      total += w * sums[k].grad;
      product += w * sums[k].product;
      scale[k] = static_cast<T>(w * r);
    }
    for (Index k = g * width; k < (g + 1) * width; k++) {
      offset[k] = static_cast<T>(total * r / count);
      slope[k] = static_cast<T>(product * r * r * r / count);
    }
  }
  if (!dx) return;
  each_number<T>(e, [=](Index i, auto at, const auto& channel) {
    const Lanes<T> d = at.load(x + i) - channel(centre);
    at.store(dx + i, at.load(grad + i) * channel(scale) - channel(offset) - d * channel(slope));
  });
}

}  // namespace

template <class T>
void group_norm(T* out, T* mean, T* rstd, T* x, T* weight, T* bias, Index n, Index c, Index p, Index groups, Index last, double eps) {
  const Example e = example_of(c, p, last);
  each_example(n, e, 6, [=](Index i) {
    const Index first = i * e.size();
    normalise_example<T>(out + first, mean + i * groups, rstd + i * groups, x + first, weight, bias, e, groups, eps);
  });
}

template <class T>
void group_norm_backward(T* dx, T* dweight, T* dbias, T* grad, T* x, T* weight, T* mean, T* rstd, Index n, Index c, Index p,
                         Index groups, Index last) {
  const Example e = example_of(c, p, last);
  double* totals = scratch<double>(Scratch::other, n * 2 * c);
  each_example(n, e, 9, [=](Index i) {
    const Index first = i * e.size();
    example_gradient<T>(dx ? dx + first : nullptr, totals + i * 2 * c, grad + first, x + first, weight, mean + i * groups,
                        rstd + i * groups, e, groups);
  });
  for (Index k = 0; k < c; k++) {
    double w = 0, b = 0;
    for (Index i = 0; i < n; i++) w += totals[i * 2 * c + k], b += totals[i * 2 * c + c + k];
    if (dweight) dweight[k] = static_cast<T>(w);
    if (dbias) dbias[k] = static_cast<T>(b);
  }
}

EXPORT_group_norm
EXPORT_group_norm_backward

}  // namespace flambeau::TARGET
