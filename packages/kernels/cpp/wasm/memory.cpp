// The functions that compilers call by themselves. With -mbulk-memory the builtins are single instructions, not calls to these.
#include <cstddef>

extern "C" {
void* memcpy(void* to, const void* from, size_t n) {
  __builtin_memmove(to, from, n);
  return to;
}
void* memmove(void* to, const void* from, size_t n) {
  __builtin_memmove(to, from, n);
  return to;
}
void* memset(void* to, int value, size_t n) {
  __builtin_memset(to, value, n);
  return to;
}
}
