// The state of PyTorch's CPU generator, as 640 words:
//
//   [0..623]    the words of mt19937
//   [624]       how many of them are left before the next twist: PyTorch's `left`
//   [625]       the next word's index: PyTorch's `next`
//   [626, 627]  the seed, low word first
//   [628]       1 when a normal number of the scalar path waits; [630, 631] its bits, a double
// torch.get_rng_state() has the same numbers as 64-bit words: seed, left and seeded (two ints), next, 624 words, then
// the waiting normal number.
#pragma once
#include "kernel.h"

namespace flambeau::TARGET {

/// Matsumoto & Nishimura, "Mersenne Twister", 1998, with PyTorch's bookkeeping.
class Generator {
 public:
  explicit Generator(uint32_t* state) : s_(state) {}

  void seed(uint64_t seed) {
    s_[0] = static_cast<uint32_t>(seed);
    for (uint32_t i = 1; i < 624; i++) s_[i] = 1812433253u * (s_[i - 1] ^ (s_[i - 1] >> 30)) + i;
    s_[624] = 1;
    s_[625] = 0;
    s_[626] = static_cast<uint32_t>(seed);
    s_[627] = static_cast<uint32_t>(seed >> 32);
    s_[628] = 0;
  }

  uint32_t next() {
    if (--s_[624] == 0) twist();
    uint32_t y = s_[s_[625]++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }
  uint64_t next64() {
    const uint64_t high = next();
    return high << 32 | next();
  }

  /// The next n words, as `next` would hand them out one by one.
  void words(uint32_t* out, Index n) {
    while (n > 0) {
      if (s_[624] == 1) {
        twist();
        s_[624] = 625;  // one more than after `next`, which takes its word at once
      }
      const Index left = static_cast<Index>(s_[624]) - 1, count = n < left ? n : left;
      const uint32_t* from = s_ + s_[625];
      for (Index i = 0; i < count; i++) {
        uint32_t y = from[i];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        out[i] = y ^ (y >> 18);
      }
      s_[624] -= static_cast<uint32_t>(count);
      s_[625] += static_cast<uint32_t>(count);
      out += count;
      n -= count;
    }
  }

  /// Uniform in [0, 1) with as many bits as T has.
  template <class T>
  T uniform() {
    if constexpr (sizeof(T) == 4) return static_cast<T>(next() & 0xffffff) * 0x1p-24f;
    else return static_cast<T>(next64() & 0x1fffffffffffffull) * 0x1p-53;
  }

  /// One standard normal number; every second one comes from the pair before.
  double normal() {
    double waiting;
    if (s_[628] != 0) {
      s_[628] = 0;
      __builtin_memcpy(&waiting, s_ + 630, 8);
      return waiting;
    }
    const double u1 = uniform<double>(), u2 = uniform<double>();
    const double radius = maths::sqrt(-2 * maths::log1p(-u2)), angle = 2 * 3.14159265358979323846 * u1;
    waiting = radius * maths::sin(angle);
    __builtin_memcpy(s_ + 630, &waiting, 8);
    s_[628] = 1;
    return radius * maths::cos(angle);
  }

 private:
  static uint32_t mix(uint32_t u, uint32_t v) { return (((u & 0x80000000u) | (v & 0x7fffffffu)) >> 1) ^ (0x9908b0dfu & (0u - (v & 1))); }
  void twist() {
    // In three parts without a modulo, which the compiler makes vectors of.
    for (int i = 0; i < 227; i++) s_[i] = s_[i + 397] ^ mix(s_[i], s_[i + 1]);
    for (int i = 227; i < 623; i++) s_[i] = s_[i - 227] ^ mix(s_[i], s_[i + 1]);
    s_[623] = s_[396] ^ mix(s_[623], s_[0]);
    s_[624] = 624;
    s_[625] = 0;
  }

  uint32_t* s_;
};

}  // namespace flambeau::TARGET
