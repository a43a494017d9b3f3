// Vectorised maths on Lanes<float>: exp, log, sin and their relatives within 2 units in the last place, almost without a branch.
//
// The method is the classic one: reduce the argument to a small interval, evaluate a polynomial, scale back. The
// coefficients are minimax fits of this project (Remez exchange on the relative error of the whole function, 40 digits).
// Infinities and NaN come out as IEEE 754 and PyTorch have them; denormal arguments are right where they are kept.
#pragma once
#include "maths.h"
#include "vec.h"

namespace flambeau::TARGET {

using Floats = Lanes<float>;
using Ints = Mask<float>;

FLAMBEAU_INLINE Floats vabs(Floats x) { return from_bits<Floats>(bits_of(x) & 0x7fffffff); }
/// |x| with the sign of s.
FLAMBEAU_INLINE Floats vcopysign(Floats x, Floats s) {
  return from_bits<Floats>((bits_of(x) & 0x7fffffff) | (bits_of(s) & static_cast<int32_t>(0x80000000)));
}

/// c0 + c1 x + c2 x^2 + ..., by Horner's rule.
FLAMBEAU_INLINE Floats polynomial(Floats, float c) { return splat<Floats>(c); }
template <class... C>
FLAMBEAU_INLINE Floats polynomial(Floats x, float c, C... further) {
  return fmadd(polynomial(x, further...), x, splat<Floats>(c));
}

/// x = n ln 2 + r with |r| <= ln(2) / 2. ln 2 comes in two parts, the first so short that n times it is exact.
struct ExpParts {
  Floats r;
  Ints n;  // plus a multiple of 2^9, which power_of_two does not see
};
FLAMBEAU_INLINE ExpParts exp_parts(Floats x) {
  const Floats round = splat<Floats>(12582912.f);  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  const Floats shifted = fmadd(x, splat<Floats>(1.44269504f), round);
  const Floats n = shifted - round;
  return {fmadd(n, splat<Floats>(-1.42860677e-6f), fmadd(n, splat<Floats>(-0.693145752f), x)), bits_of(shifted)};
}
/// 2^n for -126 <= n <= 127, and 0 for -127.
FLAMBEAU_INLINE Floats power_of_two(Ints n) { return from_bits<Floats>((n + 127) << 23); }
/// e^r for |r| <= ln(2) / 2.
FLAMBEAU_INLINE Floats exp_near_zero(Floats r) {
  const Floats q = polynomial(r, 0.5000000068f, 0.1666666587f, 0.04166629467f, 0.008333497201f, 0.001394468032f, 0.0001979032046f);
  return fmadd(q, r * r, r) + 1.f;
}
/// x where low <= x <= high, and where x is NaN.
FLAMBEAU_INLINE Floats within(float low, Floats x, float high) {
  return larger(splat<Floats>(low), smaller(splat<Floats>(high), x));
}

/// e^x
FLAMBEAU_INLINE Floats vexp(Floats x) {
  const ExpParts e = exp_parts(within(-104.f, x, 89.f));
  const Ints half = e.n >> 1;  // in two factors: 2^n alone overflows before e^x does
  return exp_near_zero(e.r) * power_of_two(half) * power_of_two(e.n - half);
}
/// e^x for x up to 88; 0 where it is no normal number. For exponentials that are summed, in two thirds of vexp's time.
FLAMBEAU_INLINE Floats vexp_term(Floats x) {
  const ExpParts e = exp_parts(x);
  const Floats y = exp_near_zero(e.r) * power_of_two(e.n);
  return x < -87.33654f ? Floats{} : y;
}

/// e^r - 1 for |r| <= ln(2) / 2.
FLAMBEAU_INLINE Floats expm1_near_zero(Floats r) {
  const Floats q = polynomial(r, 0.5000000044f, 0.1666666637f, 0.04166636069f, 0.008333389411f, 0.001394064666f, 0.000198458795f);
  return fmadd(q, r * r, r);
}
/// e^x - 1
FLAMBEAU_INLINE Floats vexpm1(Floats x) {
  const ExpParts e = exp_parts(within(-18.f, x, 89.f));
  const Floats s = power_of_two(e.n - 1);  // half of 2^n, as n may be 128
  const Floats y = fmadd(s, expm1_near_zero(e.r), s - 0.5f) * 2.f;
  return vabs(x) < 1e-10f ? x : y;  // a tiny x is its own result, down to the sign of zero
}

/// log(2^k (1 + f) + small) = k ln 2 + log(1 + f) + small, for 1 + f in [sqrt(1/2), sqrt(2)].
FLAMBEAU_INLINE Floats log_from_parts(Floats k, Floats f, Floats small) {
  const Floats tail = polynomial(f, 0.3333331262f, -0.2500000958f, 0.20002118f, -0.1666799753f, 0.1421956202f,
                                 -0.1240555486f, 0.1188808091f, -0.1167586559f, 0.06747063356f);
  const Floats square = f * f;
  const Floats low = fmadd(k, splat<Floats>(1.42860677e-6f), fmadd(tail, square * f, small));
  return fmadd(k, splat<Floats>(0.693145752f), f + fmadd(square, splat<Floats>(-0.5f), low));
}
/// u = 2^k m with m in [sqrt(1/2), sqrt(2)), for normal u > 0; gives k, and m as bits.
struct LogParts {
  Ints k;
  Floats m;
};
FLAMBEAU_INLINE LogParts log_parts(Floats u) {
  const int32_t root_half = 0x3f3504f3;  // the bits of sqrt(1/2)
  const Ints k = (bits_of(u) - root_half) >> 23;
  return {k, from_bits<Floats>(bits_of(u) - (k << 23))};
}
/// What log and log1p answer outside 0 < u < infinity, u being the number whose logarithm is y.
FLAMBEAU_INLINE Floats log_edges(Floats u, Floats y) {
  const float infinity = __builtin_inff();
  y = u == infinity ? splat<Floats>(infinity) : y;
  y = u == 0.f ? splat<Floats>(-infinity) : y;
  return u >= 0.f ? y : splat<Floats>(__builtin_nanf(""));
}

/// log x
FLAMBEAU_INLINE Floats vlog(Floats x) {
  const Ints denormal = x < 1.17549435e-38f;
  const LogParts parts = log_parts(denormal ? x * 8388608.f : x);
  const Floats k = __builtin_convertvector(denormal ? parts.k - 23 : parts.k, Floats);
  return log_edges(x, log_from_parts(k, parts.m - 1.f, Floats{}));
}

/// log(1 + x)
FLAMBEAU_INLINE Floats vlog1p(Floats x) {
  const Floats u = 1.f + x;
  const LogParts parts = log_parts(u);
  // What 1 + x lost in rounding comes back as lost / u; where k is 0, x itself is the exact f.
  const Floats lost = u > 1e8f ? Floats{} : (x < 1.f ? x - (u - 1.f) : 1.f - (u - x));
  const Ints near = parts.k == 0;
  const Floats f = near ? x : parts.m - 1.f;
  const Floats y = log_from_parts(__builtin_convertvector(parts.k, Floats), f, near ? Floats{} : lost / u);
  return vabs(x) < 1e-10f ? x : log_edges(u, y);
}

/// tanh x, as (1 - e^-2|x|) / (1 + e^-2|x|) with the sign of x: e^r - 1 is known without cancellation, and both sums are rounded once.
FLAMBEAU_INLINE Floats vtanh(Floats x) {
  const Floats size = smaller(splat<Floats>(9.1f), vabs(x));  // from here it is 1
  const ExpParts e = exp_parts(size * -2.f);
  const Floats s = power_of_two(e.n), p = expm1_near_zero(e.r);
  return vcopysign(fmadd(s, p, s - 1.f) / fmadd(s, p, s + 1.f), x);
}

/// 1 + e^-x
FLAMBEAU_INLINE Floats vlogistic(Floats x) {
  const ExpParts e = exp_parts(-within(-89.f, x, 87.f));
  const Floats s = power_of_two(e.n - 1);  // half of 2^n, as n may be 128
  return (fmadd(s, expm1_near_zero(e.r), splat<Floats>(0.5f)) + s) * 2.f;  // in this order, which loses less
}
/// 1 / (1 + e^-x)
FLAMBEAU_INLINE Floats vsigmoid(Floats x) { return 1.f / vlogistic(x); }

/// log(1 + e^x), which is x + log(1 + e^-x) for positive x: no overflow, no cancellation.
FLAMBEAU_INLINE Floats vsoftplus(Floats x) {
  const Floats over = x < 0.f ? Floats{} : x;  // keeps a NaN
  return over + vlog1p(vexp_term(-vabs(x)));
}

/// erf x: an odd polynomial near 0, 1 - e^p(x) beyond.
FLAMBEAU_INLINE Floats verf(Floats x) {
  const Floats size = vabs(x), z = x * x;
  const Floats near = x * (1.f + polynomial(z, 0.1283791666f, -0.3761263319f, 0.1128368723f, -0.02685894277f,
                                            0.005199908241f, -0.0008130018934f, 8.316768991e-5f));
  const Floats held = smaller(splat<Floats>(4.f), size);  // keeps a NaN
  const Floats far = 1.f - vexp_term(polynomial(held, 0.000177333707f, -1.129527643f, -0.6333212632f, -0.1083082578f,
                                           0.02513761257f, -0.004177958728f, 0.0004358839669f, -2.12178529e-5f));
  return size < 0.93f ? near : vcopysign(far, x);
}

/// x = n pi / 2 + r with |r| <= pi / 4, for |x| <= quarters_limit. pi / 2 comes in four parts; n times the first two is exact.
constexpr float quarters_limit = 8192;
struct Quarters {
  Floats r;
  Ints n;
};
FLAMBEAU_INLINE Quarters quarters_of(Floats x) {
  const Floats round = splat<Floats>(12582912.f);  // as in exp_parts
  const Floats shifted = fmadd(x, splat<Floats>(0.636619772f), round);
  const Floats n = shifted - round;
  Floats r = fmadd(n, splat<Floats>(-1.5703125f), x);
  r = fmadd(n, splat<Floats>(-0.000483751297f), r);
  r = fmadd(n, splat<Floats>(-7.54979013e-8f), r);
  return {fmadd(n, splat<Floats>(1.71512451e-15f), r), bits_of(shifted) - bits_of(round)};
}

/// sin(r + n pi / 2): of four quarters two are cosines, and two negative.
FLAMBEAU_INLINE Floats sine_of(Quarters q) {
  const Floats z = q.r * q.r;
  const Floats sine = fmadd(polynomial(z, -0.166666552f, 0.00833215564f, -0.00019514632f) * z, q.r, q.r);
  const Floats cosine = fmadd(polynomial(z, 0.0416666456f, -0.00138873095f, 2.44324128e-5f), z * z, fmadd(z, splat<Floats>(-0.5f), splat<Floats>(1.f)));
  const Floats size = (q.n & 1) == 0 ? sine : cosine;
  return from_bits<Floats>(bits_of(size) ^ ((q.n & 2) << 30));
}

/// `vector` of x, or the C library's `number` of each lane where one lies beyond the reduction's limit.
template <class Vector, class Number>
FLAMBEAU_INLINE Floats within_quarters(Floats x, const Vector& vector, const Number& number) {
  const Ints beyond = vabs(x) > quarters_limit;
  if (__builtin_expect(sum_of(beyond) == 0, 1)) return vector(x);
  Floats y;
  for (int i = 0; i < WIDTH<float>; i++) y[i] = number(x[i]);
  return y;
}

/// sin x and cos x
FLAMBEAU_INLINE Floats vsin(Floats x) {
  const auto vector = [](Floats v) {
    const Floats y = sine_of(quarters_of(v));
    return vabs(v) < 1e-10f ? v : y;  // a tiny x is its own result, down to the sign of zero
  };
  return within_quarters(x, vector, [](float v) { return maths::sin(v); });
}
FLAMBEAU_INLINE Floats vcos(Floats x) {
  const auto vector = [](Floats v) {
    const Quarters q = quarters_of(v);
    return sine_of({q.r, q.n + 1});
  };
  return within_quarters(x, vector, [](float v) { return maths::cos(v); });
}

}  // namespace flambeau::TARGET
