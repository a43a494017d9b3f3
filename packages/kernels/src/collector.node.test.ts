import { getHeapSpaceStatistics } from 'node:v8';
import { expect, test, vi } from 'vitest';
import { openCollector } from './collector.node.js';

const youngSpace = (): number => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')!.space_size;

test('a program that makes few objects keeps its young space over collections', () => {
  const collector = openCollector();
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const sizes = Array.from({ length: 40 }, () => {
    Atomics.wait(clock, 0, 0, 5);
    collector.minor();
    return youngSpace();
  });
  expect(new Set(sizes.slice(20)).size).toBe(1);
  expect(sizes[39]).toBe(Math.max(...sizes));
});

test('collections come at any time: after hours, and by a clock that goes backwards', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  try {
    const collector = openCollector();
    for (const hours of [1, 10, 1000, 0]) {
      clock.mockReturnValue(hours * 3_600_000);
      collector.minor();
    }
  } finally {
    clock.mockRestore();
  }
});
