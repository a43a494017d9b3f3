#include "shape.h"

namespace flambeau::TARGET {
namespace {

struct Seen {
  Index first_tap, taps, base;
};

/// Forward, position o reads o S - P + k D: the taps inside are a range, and they follow one another.
Seen forward_taps(const AxisSpec& s, Index o) {
  const Index start = o * s.stride - s.pad;
  const Index first = start >= 0 ? 0 : ceil_div(-start, s.dilation);
  const Index last = start > s.in - 1 ? -1 : (s.in - 1 - start) / s.dilation;
  const Index end = least(last + 1, s.kernel);
  return end > first ? Seen{first, end - first, start + first * s.dilation} : Seen{0, 0, 0};
}

/// Backward, position i was read at o by tap k where i = o S - P + k D: every few taps, the last of them at the lowest o.
Seen backward_taps(const AxisSpec& s, Index i) {
  Seen seen = {0, 0, 0};
  for (Index k = 0; k < s.kernel; k++) {
    const Index from = i + s.pad - k * s.dilation;
    if (from < 0 || from % s.stride != 0 || from / s.stride >= s.in) continue;
    seen = {k, seen.taps + 1, from / s.stride};
  }
  return seen;
}

Index divisor_of(Index a, Index b) {
  while (b != 0) {
    const Index rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

}  // namespace

Axis make_axis(const AxisSpec& s, Index* memory) {
  Axis axis = {1, s.dilation, 0, reinterpret_cast<AxisClass*>(memory + 4 * s.out), memory, memory + s.out, memory + 2 * s.out, memory + 3 * s.out};
  if (s.backward) {
    const Index common = divisor_of(s.stride, s.dilation);
    axis.tap_step = -(s.stride / common);
    axis.offset_step = s.dilation / common;
  }
  for (Index o = 0; o < s.out; o++) {
    const Seen seen = s.backward ? backward_taps(s, o) : forward_taps(s, o);
    Index found = 0;
    while (found < axis.classes && (axis.list[found].first_tap != seen.first_tap || axis.list[found].taps != seen.taps)) found++;
    if (found == axis.classes) axis.list[axis.classes++] = {seen.first_tap, seen.taps, 0, 0};
    axis.list[found].count++;
    axis.class_of[o] = found;
    axis.base_of[o] = seen.base;
  }
  Index begin = 0;
  for (Index c = 0; c < axis.classes; c++) {
    axis.list[c].begin = begin;
    begin += axis.list[c].count;
    axis.list[c].count = 0;
  }
  for (Index o = 0; o < s.out; o++) {
    AxisClass& own = axis.list[axis.class_of[o]];
    const Index place = own.begin + own.count++;
    axis.at[place] = o;
    axis.base[place] = axis.base_of[o];
  }
  return axis;
}

}  // namespace flambeau::TARGET
