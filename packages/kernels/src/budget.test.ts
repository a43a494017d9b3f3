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
  let [now, watched, collections] = [0, 0, 0];
  const collect = () => {
    watched = 0;
    collections++;
  };
  const limits = { safePoint: 1000, most: 1000, loose: 500, old: 100_000, backstop: 100_000 };
  const budget = new Budget(
    () => watched,
    limits,
    { quick: collect, full: collect },
    () => now,
  );
  const make = (bytes: number, count: number): number => {
    for (let i = 0; i < count; i++) {
      budget.beforeBlock(bytes);
      watched += bytes;
      now++;
    }
    return collections;
  };
  expect(make(10, 520)).toBe(10);
  expect(make(400, 100)).toBe(10 + 50); // every second of these
  expect(make(600, 10)).toBe(60 + 9);
  budget.retaining = true;
  expect(make(10, 520)).toBe(69);
  budget.safePoint();
  expect(collections).toBe(70);
  expect(make(10, 52)).toBe(71);
});

test('outside of a graph, too, dear collections become rarer, and cheap ones as frequent as before', () => {
  let [now, watched, collections, pause] = [0, 0, 0, 200];
  const collect = () => {
    now += pause;
    watched = 0;
    collections++;
  };
  const limits = { safePoint: 1000, most: 2000, loose: 500, old: 100_000, backstop: 100_000 };
  const budget = new Budget(
    () => watched,
    limits,
    { quick: collect, full: collect },
    () => now,
  );
  const make = (count: number): number => {
    const before = collections;
    for (let i = 0; i < count; i++) {
      budget.beforeBlock(10);
      watched += 10;
      now++;
    }
    return collections - before;
  };
  make(5000);
  expect(make(2000)).toBeLessThan(12);
  pause = 1;
  make(64 * 2 * 200);
  expect(make(2000)).toBe(40);
});
