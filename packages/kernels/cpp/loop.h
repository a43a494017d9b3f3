// Loop nests: how elementwise kernels, copies and gathers walk over operands of any strides.
//
// The caller describes the nest in the argument block (`Loop`). `walk` decodes it, puts its dimensions in the order that
// suits memory, divides the work among the threads and hands two-dimensional pieces to the kernel's body. `map` is that
// body for every elementwise kernel, out[i] = op(a[i], b[i], c[i]): one inner loop where all operands are contiguous, one
// each where an operand of two is a scalar, one for any steps. `map_lanes` is the same for an op on vectors of floats.
#pragma once
#include "kernel.h"
#include "vec.h"

#if defined(__clang__)
#define FLAMBEAU_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define FLAMBEAU_INDEPENDENT _Pragma("GCC ivdep")
#endif

namespace flambeau::TARGET {

constexpr int max_dims = 64;
constexpr int max_operands = 4;

/// A loop nest in the argument block: [0] dimensions, [1] operands, then the sizes, outermost first, then the strides of
/// each operand, in elements.
class Loop {
 public:
  explicit Loop(const double* at) : at_(at) {}
  int dims() const { return static_cast<int>(at_[0]); }
  int operands() const { return static_cast<int>(at_[1]); }
  Index size(int dim) const { return static_cast<Index>(at_[2 + dim]); }
  Index stride(int operand, int dim) const { return static_cast<Index>(at_[2 + dims() * (1 + operand) + dim]); }
  Index count() const {
    Index n = 1;
    for (int dim = 0; dim < dims(); dim++) n *= size(dim);
    return n;
  }

 private:
  const double* at_;
};

/// An operand of a walk: where it starts and how wide an element is.
struct Operand {
  const void* at;
  Index width;
};

/// `rows` runs of `n` elements: where each operand stands, its step within a run and from run to run, in bytes.
struct Piece {
  char* at[max_operands];
  Index step[max_operands];
  Index row_step[max_operands];
  Index n;
  Index rows;

  template <class T>
  T* operand(int k, Index row) const {
    return reinterpret_cast<T*>(at[k] + row * row_step[k]);
  }
};

/// What `walk` calls for every piece; `context` is the kernel's own.
using Body = void (*)(const Piece& piece, const void* context);

/// Covers the nest with pieces. Operand 0 is the output, by which the dimensions are ordered; an element takes about
/// `nanoseconds`, by which the threads are engaged. Which pieces there are depends on the number of threads; an
/// element's value must not depend on its piece. `fills`: the body writes every element of operand 0, and reads it only where it is another
/// operand too; a large one is then written past the caches.
void walk(const Loop& loop, const Operand* operands, int count, double nanoseconds, Body body, const void* context, bool fills = false);

/// What an element takes in nanoseconds, roughly and on one thread, for `walk` and `parallel`.
namespace cost {
constexpr double simple = 0.2;    // memory or one instruction
constexpr double division = 0.5;  // divisions, roots, vectorised exp, log, tanh ...
constexpr double scalar = 8;      // a call of the maths library
}  // namespace cost

/// The element `i` steps of `step` bytes further.
template <class T>
FLAMBEAU_INLINE T* advance(T* at, Index i, Index step) {
  return reinterpret_cast<T*>(reinterpret_cast<char*>(at) + i * step);
}
template <class T>
FLAMBEAU_INLINE const T* advance(const T* at, Index i, Index step) {
  return reinterpret_cast<const T*>(reinterpret_cast<const char*>(at) + i * step);
}

// The inner loops. An operand overlaps the output only where it is the output, element for element: hence INDEPENDENT.
// The op is a copy on the stack, so that no store through a byte pointer can change what it captured.

template <class Op, class Out, class A>
void map_body(const Piece& p, const void* context) {
  const Op op = *static_cast<const Op*>(context);
  const Index n = p.n, out_step = p.step[0], a_step = p.step[1];
  for (Index row = 0; row < p.rows; row++) {
    Out* out = p.operand<Out>(0, row);
    const A* a = p.operand<A>(1, row);
    if (out_step == sizeof(Out) && a_step == sizeof(A)) {
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = op(a[i]);
    } else {
      for (Index i = 0; i < n; i++) *advance(out, i, out_step) = op(*advance(a, i, a_step));
    }
  }
}

template <class Op, class Out, class A, class B>
void map_body(const Piece& p, const void* context) {
  const Op op = *static_cast<const Op*>(context);
  const Index n = p.n, out_step = p.step[0], a_step = p.step[1], b_step = p.step[2];
  const bool a_walks = a_step == sizeof(A), b_walks = b_step == sizeof(B), packed = out_step == sizeof(Out);
  for (Index row = 0; row < p.rows; row++) {
    Out* out = p.operand<Out>(0, row);
    const A* a = p.operand<A>(1, row);
    const B* b = p.operand<B>(2, row);
    if (packed && a_walks && b_walks) {
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = op(a[i], b[i]);
    } else if (packed && a_walks && b_step == 0) {
      const B y = *b;
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = op(a[i], y);
    } else if (packed && a_step == 0 && b_walks) {
      const A x = *a;
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = op(x, b[i]);
    } else {
      for (Index i = 0; i < n; i++) {
        *advance(out, i, out_step) = op(*advance(a, i, a_step), *advance(b, i, b_step));
      }
    }
  }
}

/// A run of an operand as consecutive elements: itself where it is that, else copied to `buffer`.
template <class T>
const T* packed_run(const T* at, Index n, Index step, T* buffer) {
  if (step == sizeof(T)) return at;
  if (step == 0) {
    const T x = *at;
    for (Index i = 0; i < n; i++) buffer[i] = x;
  } else {
    for (Index i = 0; i < n; i++) buffer[i] = *advance(at, i, step);
  }
  return buffer;
}
constexpr Index run_length = 256;

// Three inputs have too many combinations of steps for a loop each: what does not walk goes through a buffer in the
// first-level cache, and all loops are the contiguous one.
template <class Op, class Out, class A, class B, class C>
void map_body(const Piece& p, const void* context) {
  const Op op = *static_cast<const Op*>(context);
  const Index out_step = p.step[0];
  alignas(64) A a_buffer[run_length];
  alignas(64) B b_buffer[run_length];
  alignas(64) C c_buffer[run_length];
  alignas(64) Out out_buffer[run_length];
  for (Index row = 0; row < p.rows; row++) {
    for (Index begin = 0; begin < p.n; begin += run_length) {
      const Index n = p.n - begin < run_length ? p.n - begin : run_length;
      Out* target = advance(p.operand<Out>(0, row), begin, out_step);
      Out* out = out_step == sizeof(Out) ? target : out_buffer;
      const A* a = packed_run(advance(p.operand<const A>(1, row), begin, p.step[1]), n, p.step[1], a_buffer);
      const B* b = packed_run(advance(p.operand<const B>(2, row), begin, p.step[2]), n, p.step[2], b_buffer);
      const C* c = packed_run(advance(p.operand<const C>(3, row), begin, p.step[3]), n, p.step[3], c_buffer);
      FLAMBEAU_INDEPENDENT for (Index i = 0; i < n; i++) out[i] = op(a[i], b[i], c[i]);
      if (out == target) continue;
      for (Index i = 0; i < n; i++) *advance(target, i, out_step) = out[i];
    }
  }
}

/// out = op(in...) for every element; `nanoseconds` is what one takes.
template <class Op, class Out, class... In>
void map(const Loop& loop, double nanoseconds, Op op, Out* out, In*... in) {
  const Operand operands[] = {{out, sizeof(Out)}, {in, sizeof(In)}...};
  walk(loop, operands, 1 + sizeof...(In), nanoseconds, map_body<Op, Out, In...>, &op, true);
}

// op on whole vectors of floats; the rest of a run is a vector too, so an element's value never depends on its place.
template <class Op, class... A>
void map_lanes_run(const Op op, float* out, Index n, const A*... a) {
  constexpr Index width = WIDTH<float>;
  Index i = 0;
  for (; i + width <= n; i += width) store(out + i, op(load(a + i)...));
  const int rest = static_cast<int>(n - i);
  if (rest) store_part(out + i, op(load_part(a + i, rest)...), rest);
}

template <class Op, int... I>
void map_lanes_body(const Piece& p, const void* context) {
  const Op op = *static_cast<const Op*>(context);
  const Index out_step = p.step[0];
  const bool packed = out_step == sizeof(float) && ((p.step[I + 1] == sizeof(float)) && ...);
  alignas(64) float buffers[sizeof...(I)][run_length];
  alignas(64) float results[run_length];
  for (Index row = 0; row < p.rows; row++) {
    float* out = p.operand<float>(0, row);
    if (packed) {
      map_lanes_run(op, out, p.n, p.operand<const float>(I + 1, row)...);
      continue;
    }
    for (Index begin = 0; begin < p.n; begin += run_length) {
      const Index n = p.n - begin < run_length ? p.n - begin : run_length;
      map_lanes_run(op, results, n, packed_run(advance(p.operand<const float>(I + 1, row), begin, p.step[I + 1]), n, p.step[I + 1], buffers[I])...);
      for (Index i = 0; i < n; i++) *advance(out, begin + i, out_step) = results[i];
    }
  }
}

/// out = op(a) for an op from and to Lanes<float>, out = op(a, b) and out = op(a, b, c).
template <class Op>
void map_lanes(const Loop& loop, double nanoseconds, Op op, float* out, float* a) {
  const Operand operands[] = {{out, sizeof(float)}, {a, sizeof(float)}};
  walk(loop, operands, 2, nanoseconds, map_lanes_body<Op, 0>, &op, true);
}
template <class Op>
void map_lanes(const Loop& loop, double nanoseconds, Op op, float* out, float* a, float* b) {
  const Operand operands[] = {{out, sizeof(float)}, {a, sizeof(float)}, {b, sizeof(float)}};
  walk(loop, operands, 3, nanoseconds, map_lanes_body<Op, 0, 1>, &op, true);
}
template <class Op>
void map_lanes(const Loop& loop, double nanoseconds, Op op, float* out, float* a, float* b, float* c) {
  const Operand operands[] = {{out, sizeof(float)}, {a, sizeof(float)}, {b, sizeof(float)}, {c, sizeof(float)}};
  walk(loop, operands, 4, nanoseconds, map_lanes_body<Op, 0, 1, 2>, &op, true);
}

}  // namespace flambeau::TARGET
