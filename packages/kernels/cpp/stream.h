// Stores past the caches, where the processor has them.
#pragma once
#include "vec.h"

namespace flambeau::TARGET {

#if defined(__SSE2__)
constexpr bool STREAMS = true;
FLAMBEAU_INLINE void stream(float* p, Lanes<float> v) {
#if defined(__AVX512F__)
  _mm512_stream_ps(p, (__m512)v);
#elif defined(__AVX__)
  _mm256_stream_ps(p, (__m256)v);
#else
  _mm_stream_ps(p, (__m128)v);
#endif
}
/// Before anybody else may read what was streamed.
FLAMBEAU_INLINE void end_stream() { _mm_sfence(); }
#else
constexpr bool STREAMS = false;
FLAMBEAU_INLINE void stream(float* p, Lanes<float> v) { store(p, v); }
FLAMBEAU_INLINE void end_stream() {}
#endif

/// Copies bytes to memory that nobody reads soon: whole cache lines past the caches.
inline void stream_copy(char* to, const char* from, Index bytes) {
  const Index line = 64, head = -reinterpret_cast<intptr_t>(to) & (line - 1);
  if (bytes < head + line) {
    __builtin_memcpy(to, from, static_cast<size_t>(bytes));
    return;
  }
  __builtin_memcpy(to, from, static_cast<size_t>(head));
  Index i = head;
  for (; i + line <= bytes; i += line) {
    for (Index j = 0; j < line; j += VECTOR_BYTES) {
      Lanes<float> bytes_of_any_type;
      __builtin_memcpy(&bytes_of_any_type, from + i + j, VECTOR_BYTES);
      stream(reinterpret_cast<float*>(to + i + j), bytes_of_any_type);
    }
  }
  __builtin_memcpy(to + i, from + i, static_cast<size_t>(bytes - i));
}

}  // namespace flambeau::TARGET
