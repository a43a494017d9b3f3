import { expect, test } from 'vitest';
import { Budget, type Limits } from './budget.js';

/** A program with collections that take `pause` milliseconds each. It makes a block a millisecond. */
function program(limits: Limits, pause = 0) {
  let [now, watched] = [0, 0];
  const state = { pause, collections: 0 };
  const collect = () => {
    now += state.pause;
    watched = 0;
    state.collections++;
  };
  const budget = new Budget(
    () => watched,
    limits,
    { quick: collect, full: collect },
    () => now,
  );
  return {
    state,
    budget,
    now: () => now,
    /** Makes a block of so many bytes and answers with the collections so far. */
    make(bytes: number, count = 1): number {
      for (let i = 0; i < count; i++) {
        budget.beforeBlock(bytes);
        watched += bytes;
        now++;
      }
      return state.collections;
    },
  };
}

const LIMITS: Limits = { safePoint: 1000, most: 4000, loose: 500, old: 100_000, backstop: 100_000 };

/** Collections of a program that makes 10 bytes of garbage a millisecond inside of a graph, which ends after each. */
function collectionsIn(milliseconds: number, pause: number): number {
  const { state, budget, now, make } = program(LIMITS, pause);
  while (now() < milliseconds) {
    budget.retaining = true;
    make(10);
    budget.safePoint();
  }
  return state.collections;
}

test('cheap collections come at every limit', () => {
  expect(collectionsIn(10_000, 1)).toBe(98);
});

test('dear ones become rarer, but not without end', () => {
  expect(collectionsIn(10_000, 10)).toBeLessThan(45); // 4 % of the time
  expect(collectionsIn(10_000, 100)).toBeGreaterThan(18); // every 4000 bytes
});

test('outside of a graph collections come before blocks, inside they wait for a safe point', () => {
  const { state, budget, make } = program({ ...LIMITS, most: 1000 });
  expect(make(10, 520)).toBe(10);
  expect(make(400, 100)).toBe(10 + 50); // every second of these
  expect(make(600, 10)).toBe(60 + 9);
  budget.retaining = true;
  expect(make(10, 520)).toBe(69);
  budget.safePoint();
  expect(state.collections).toBe(70);
  expect(make(10, 52)).toBe(71);
});

test('outside of a graph, too, dear collections become rarer, and cheap ones as frequent as before', () => {
  const { state, make } = program({ ...LIMITS, most: 2000 }, 200);
  const collectionsOf = (blocks: number): number => -state.collections + make(10, blocks);
  make(10, 5000);
  expect(collectionsOf(2000)).toBeLessThan(12);
  state.pause = 1;
  make(10, 64 * 2 * 200);
  expect(collectionsOf(2000)).toBe(40);
});

test('a single collection that was held up changes nothing', () => {
  const { state, make } = program(LIMITS, 1);
  make(10, 1000);
  state.pause = 1000;
  make(10, 51);
  state.pause = 1;
  const before = state.collections;
  expect(make(10, 1000) - before).toBe(20);
});
