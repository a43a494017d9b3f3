// Comparisons of two operands and tests of one: the expressions. NaN equals nothing and is in no order.
#include "number.h"

namespace flambeau::TARGET {

#define COMPARISON(name, operation)                                                    \
  template <class T>                                                                   \
  void name(bool* out, T* a, T* b, const Loop& loop) {                                 \
    map(loop, cost::simple, [](T x, T y) { return x operation y; }, out, a, b);        \
  }
COMPARISON(eq, ==)
COMPARISON(ne, !=)
COMPARISON(lt, <)
COMPARISON(le, <=)
COMPARISON(gt, >)
COMPARISON(ge, >=)

#define TEST(name, expression)                                                         \
  template <class T>                                                                   \
  void name(bool* out, T* a, const Loop& loop) {                                       \
    map(loop, cost::simple, [](T x) -> bool { return expression; }, out, a);           \
  }
TEST(logical_not, x == T(0))
TEST(isnan, x != x)
TEST(isinf, maths::fabs(x) == static_cast<T>(__builtin_inf()))
TEST(isfinite, maths::fabs(x) < static_cast<T>(__builtin_inf()))

EXPORT_eq
EXPORT_ne
EXPORT_lt
EXPORT_le
EXPORT_gt
EXPORT_ge
EXPORT_logical_not
EXPORT_isnan
EXPORT_isinf
EXPORT_isfinite

}  // namespace flambeau::TARGET
