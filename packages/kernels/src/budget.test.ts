import { expect, test } from 'vitest';
import { Budget } from './budget.js';

/** A program that makes 10 bytes of garbage a millisecond, and collections that take so many milliseconds. */
function collectionsIn(milliseconds: number, pause: number): number {
  let [now, watched, collections] = [0, 0, 0];
  const collect = () => {
    now += pause;
    watched = 0;
    collections++;
  };
  const limits = { safePoint: 1000, most: 4000, loose: 500, old: 100_000, backstop: 100_000 };
  const budget = new Budget(
    () => watched,
    limits,
    { quick: collect, full: collect },
    () => now,
  );
  while (now < milliseconds) {
    now++;
    watched += 10;
    budget.safePoint();
  }
  return collections;
}

test('cheap collections come at every limit', () => {
  expect(collectionsIn(10_000, 1)).toBe(98);
});

test('dear ones become rarer, but not without end', () => {
  expect(collectionsIn(10_000, 10)).toBeLessThan(45); // 4 % of the time
  expect(collectionsIn(10_000, 100)).toBeGreaterThan(18); // every 4000 bytes
});

test('outside of a graph collections come before blocks, inside they wait for a safe point', () => {
  let [watched, collections] = [0, 0];
  const collect = () => {
    watched = 0;
    collections++;
  };
  const limits = { safePoint: 1000, most: 1000, loose: 500, old: 100_000, backstop: 100_000 };
  const budget = new Budget(() => watched, limits, { quick: collect, full: collect });
  const make = (bytes: number, count: number): number => {
    for (let i = 0; i < count; i++) {
      budget.beforeBlock(bytes);
      watched += bytes;
    }
    return collections;
  };
  expect(make(10, 520)).toBe(10);
  expect(make(400, 100)).toBe(10 + 33); // three of these make more than two
  budget.retaining = true;
  expect(make(10, 520)).toBe(43);
  budget.safePoint();
  expect(collections).toBe(44);
  expect(make(10, 52)).toBe(45);
});
