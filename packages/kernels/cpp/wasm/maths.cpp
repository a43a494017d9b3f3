// Maths functions for WebAssembly, besides those that are imported. A float's function is the double's, rounded. JavaScript lacks erf,
// erfc and lgamma, which follow from published approximations.
#include <cmath>

#define UNARY(name) \
  float name##f(float x) { return static_cast<float>(name(static_cast<double>(x))); }
#define BINARY(name) \
  float name##f(float x, float y) { return static_cast<float>(name(static_cast<double>(x), static_cast<double>(y))); }

UNARY(exp) UNARY(expm1) UNARY(log) UNARY(log2) UNARY(log10) UNARY(log1p)
UNARY(sin) UNARY(cos) UNARY(tan) UNARY(asin) UNARY(acos) UNARY(atan)
UNARY(sinh) UNARY(cosh) UNARY(tanh) UNARY(asinh) UNARY(acosh) UNARY(atanh)
BINARY(atan2) BINARY(hypot) BINARY(fmod)

namespace {

constexpr double pi = 3.141592653589793, infinity = __builtin_inf();

// W. J. Cody, "Rational Chebyshev approximations for the error function", 1969: relative error below 6e-19.
constexpr double erf_p[] = {1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3};
constexpr double erf_q[] = {1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3};
constexpr double erfc_p[] = {2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3};
constexpr double erfc_q[] = {1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3};
constexpr double tail_p[] = {1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4};
constexpr double tail_q[] = {1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3};

template <int N>
double polynomial(const double (&terms)[N], double x) {
  double sum = terms[0];
  for (int i = 1; i < N; i++) sum = sum * x + terms[i];
  return sum;
}

double erf_near(double x) { return x * polynomial(erf_p, x * x) / polynomial(erf_q, x * x); }

/// exp(-x²) without the rounding of x²: x is split so that the square of its head is exact.
double exp_minus_square(double x) {
  const double head = __builtin_trunc(x * 16) / 16;
  return exp(-head * head) * exp(-(x - head) * (x + head));
}

/// erfc for x > 0.46875.
double erfc_far(double x) {
  if (x > 27.3) return 0;
  if (x <= 4) return exp_minus_square(x) * polynomial(erfc_p, x) / polynomial(erfc_q, x);
  const double z = 1 / (x * x);
  constexpr double one_over_root_pi = 0.5641895835477563;
  return exp_minus_square(x) * (one_over_root_pi - z * polynomial(tail_p, z) / polynomial(tail_q, z)) / x;
}

/// log(gamma(1 + z)) for |z| <= 1/2 (Abramowitz & Stegun 6.1.33): zeta(k) - 1 for k = 2, 3 ...
double lgamma_near_one(double z) {
  constexpr double zeta[] = {0.64493406684822643647, 0.2020569031595942854, 0.082323233711138191516, 0.036927755143369926331, 0.017343061984449139715, 0.0083492773819228268398, 0.0040773561979443393787, 0.0020083928260822144179, 0.00099457512781808533715, 0.0004941886041194645587, 0.00024608655330804829864, 0.00012271334757848914675, 0.000061248135058704829259, 0.000030588236307020493552, 0.000015282259408651871733, 7.6371976378997622736e-6, 3.8172932649998398565e-6, 1.9082127165539389257e-6, 9.5396203387279611315e-7, 4.7693298678780646312e-7, 2.3845050272773299e-7, 1.1921992596531107307e-7, 5.9608189051259479612e-8, 2.9803503514652280186e-8, 1.4901554828365041235e-8, 7.450711789835429492e-9};
  constexpr int terms = sizeof zeta / sizeof zeta[0];
  double sum = 0;
  for (int i = terms - 1; i >= 0; i--) sum = zeta[i] / (i + 2) - z * sum;
  return -log1p(z) + z * 0.42278433509846713939 + z * z * sum;  // 1 - Euler's constant
}

/// log(gamma(x)) for x > 0.
double lgamma_positive(double x) {
  if (x < 0.5) return lgamma_near_one(x) - log(x);
  if (x <= 1.5) return lgamma_near_one(x - 1);
  if (x < 10) {
    double product = 1;
    for (; x > 2.5; x -= 1) product *= x - 1;
    return (product > 1 ? log(product) : 0) + log1p(x - 2) + lgamma_near_one(x - 2);
  }
  if (x > 1e17) return x * (log(x) - 1);
  const double z = 1 / (x * x);  // Stirling's series, 6.1.41
  const double series = 1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360 - z / 156)))));
  return (x - 0.5) * log(x) - x + 0.91893853320467274178 + series / x;
}

/// A number as head + tail, exactly.
struct Pair {
  double head, tail;
};

Pair exact_sum(double a, double b) {
  const double sum = a + b, shifted = sum - a;
  return {sum, (a - (sum - shifted)) + (b - shifted)};
}

/// Each factor is split into halves of 26 bits, whose products are exact.
Pair exact_product(double a, double b) {
  constexpr double splitter = 134217729;  // 2^27 + 1
  const double big_a = splitter * a, head_a = big_a - (big_a - a), tail_a = a - head_a;
  const double big_b = splitter * b, head_b = big_b - (big_b - b), tail_b = b - head_b;
  const double product = a * b;
  return {product, ((head_a * head_b - product) + head_a * tail_b + tail_a * head_b) + tail_a * tail_b};
}

/// a + b, and where that is not exact the neighbour whose last bit is 1: a later rounding then knows on which side it lies.
double sum_to_odd(double a, double b) {
  const Pair sum = exact_sum(a, b);
  long long bits;
  __builtin_memcpy(&bits, &sum.head, sizeof bits);
  if (sum.tail != 0 && (bits & 1) == 0) bits += (sum.tail > 0) == (sum.head > 0) ? 1 : -1;
  double odd;
  __builtin_memcpy(&odd, &bits, sizeof odd);
  return odd;
}

/// |sin(pi x)| from the distance to the nearest integer, which is exact.
double sin_pi(double x) { return __builtin_fabs(sin(pi * (x - __builtin_nearbyint(x)))); }

}  // namespace

extern "C" {

/// `Math.pow` differs from C where the base is 1 or -1 and the exponent infinite or not a number.
double pow(double x, double y) {
  if (x == 1 || y == 0) return 1;
  if (x == -1 && __builtin_fabs(y) == infinity) return 1;
  return js_pow(x, y);
}
BINARY(pow)

double exp2(double x) { return js_pow(2, x); }
UNARY(exp2)

double erf(double x) {
  const double size = __builtin_fabs(x);
  if (!(size > 0.46875)) return erf_near(x);
  return __builtin_copysign(1 - erfc_far(size), x);
}
UNARY(erf)

double erfc(double x) {
  const double size = __builtin_fabs(x);
  if (!(size > 0.46875)) return 1 - erf_near(x);
  return x > 0 ? erfc_far(x) : 2 - erfc_far(size);
}
UNARY(erfc)

// x y + z rounded once, which WebAssembly has no instruction for (S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums:
// proved algorithms using rounding to odd", 2008). Not for numbers near the ends of the range, where a step would overflow or underflow.
double fma(double x, double y, double z) {
  const Pair product = exact_product(x, y), low = exact_sum(z, product.tail), high = exact_sum(product.head, low.head);
  if (!(__builtin_fabs(high.head) < infinity)) return x * y + z;
  return high.head + sum_to_odd(low.tail, high.tail);
}
float fmaf(float x, float y, float z) {
  const double product = static_cast<double>(x) * static_cast<double>(y);  // exact
  if (!(__builtin_fabs(product + z) < infinity)) return static_cast<float>(product + z);
  return static_cast<float>(sum_to_odd(product, z));
}

double lgamma_r(double x, int* sign) {
  *sign = 1;
  if (x != x) return x;
  if (__builtin_fabs(x) == infinity) return infinity;
  if (x > 0) return lgamma_positive(x);
  if (x == __builtin_trunc(x)) return infinity;  // a pole
  return log(pi / (sin_pi(x) * -x)) - lgamma_positive(-x);
}

}  // extern "C"
