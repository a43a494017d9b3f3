import { describe, expect, test } from 'vitest';
import type { Place } from './engine.js';
import { engines } from './engines.testing.js';
import { Heap, type Numbers, Random } from './heap.testing.js';

type Key = number | bigint;

/** Every type with numbers that are hard to order: both zeros, denormals, infinities and NaNs among many that are equal. */
const types = [
  { type: 'f32', from: (keys: number[]) => Float32Array.from(keys, (x) => hard[x] ?? x / 8) },
  { type: 'f64', from: (keys: number[]) => Float64Array.from(keys, (x) => hard[x] ?? x / 3) },
  {
    type: 'i64',
    from: (keys: number[]) => BigInt64Array.from(keys, (x) => (x === 9 ? -(2n ** 63n) : BigInt(x) * 10n ** 15n)),
  },
  { type: 'i32', from: (keys: number[]) => Int32Array.from(keys, (x) => x - 500) },
  { type: 'u8', from: (keys: number[]) => Uint8Array.from(keys, (x) => x) },
] as const;
const hard: Record<number, number> = {
  0: 0,
  1: -0,
  2: 1e-40,
  3: -1e-40,
  4: Number.NaN,
  5: Infinity,
  6: -Infinity,
  7: -2,
};

const isNan = (x: Key) => Number.isNaN(x);

/** Before, equal or after: a NaN is the largest, and equal to others. */
const compare = (a: Key, b: Key): number => {
  if (isNan(a) || isNan(b)) return Number(isNan(a)) - Number(isNan(b));
  return a < b ? -1 : a > b ? 1 : 0;
};

/** The places of a row's elements in order, equal ones as they stand. */
function places(row: ArrayLike<Key>, descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  return Array.from(row, (_, i) => i).sort((i, j) => sign * compare(row[i]!, row[j]!) || i - j);
}

/** Lengths on both sides of every change of method; few different numbers, many, and one only. */
const rows = [
  { rows: 3, n: 1, different: 10 },
  { rows: 2, n: 40, different: 12 },
  { rows: 5, n: 65, different: 12 },
  { rows: 3, n: 700, different: 1000 },
  { rows: 2, n: 700, different: 1 },
  { rows: 1, n: 5000, different: 12 },
  { rows: 1, n: 30_000, different: 20_000 },
] as const;
type Rows = (typeof rows)[number];

describe.each(engines)('order on $name', (engine) => {
  const { kernels } = engine;
  const onThreads = [1, 2];

  /** Calls `body` with one thread and with two. */
  function eachThreads(body: () => void): void {
    const before = engine.threads;
    try {
      for (const count of onThreads) {
        engine.setThreads(count);
        body();
      }
    } finally {
      engine.setThreads(before);
    }
  }

  describe.each(types)('$type', ({ type, from }) => {
    const data = ({ rows, n, different }: Rows): Numbers => {
      const random = new Random(n + different);
      return from(Array.from({ length: rows * n }, () => random.below(different)));
    };

    /** What a kernel that gives values and indices of `width` a row gives, compared with the wanted places. */
    function expectPlaces(
      shape: Rows,
      width: number,
      kernel: (values: Place, indices: Place, a: Place) => void,
      wanted: (row: ArrayLike<Key>) => number[],
    ): void {
      const a = data(shape);
      Heap.use(engine, (heap) => {
        const Values = a.constructor as new (length: number) => Numbers;
        const values = heap.room(Values, shape.rows * width);
        const indices = heap.room(BigInt64Array, shape.rows * width);
        kernel(values, indices, heap.put(a));
        const [found, at] = [
          heap.get(values, Values, shape.rows * width),
          heap.get(indices, BigInt64Array, shape.rows * width),
        ];
        for (let r = 0; r < shape.rows; r++) {
          const row = a.subarray(r * shape.n, (r + 1) * shape.n);
          const expected = wanted(row);
          expect([...at.subarray(r * width, (r + 1) * width)].map(Number)).toEqual(expected);
          const got = found.subarray(r * width, (r + 1) * width);
          expect(expected.every((place, i) => Object.is(got[i], row[place]))).toBe(true);
        }
      });
    }

    test.each(rows)('sort, stable in both directions: $rows × $n of $different', (shape) => {
      eachThreads(() => {
        for (const descending of [0, 1]) {
          expectPlaces(
            shape,
            shape.n,
            (values, indices, a) => kernels.sort[type](values, indices, a, shape.rows, shape.n, descending),
            (row) => places(row, descending === 1),
          );
        }
      });
    });

    test.each(rows)('topk begins as sort does: $rows × $n of $different', (shape) => {
      for (const k of new Set([1, 5, 16, 20, 33, 300, shape.n])) {
        if (k > shape.n) continue;
        for (const largest of [0, 1]) {
          expectPlaces(
            shape,
            k,
            (values, indices, a) => kernels.topk[type](values, indices, a, shape.rows, shape.n, k, largest, 1),
            (row) => places(row, largest === 1).slice(0, k),
          );
        }
      }
    });

    test('topk of a row in which every element beats those before', () => {
      const n = type === 'u8' ? 256 : 9000;
      const a = from(Array.from({ length: n }, (_, i) => (type === 'u8' ? i : i + 10)));
      const found = Heap.use(engine, (heap) => {
        const indices = heap.room(BigInt64Array, 100);
        kernels.topk[type](heap.room(BigInt64Array, 100), indices, heap.put(a), 1, n, 100, 1, 1);
        return [...heap.get(indices, BigInt64Array, 100)].map(Number);
      });
      expect(found).toEqual(Array.from({ length: 100 }, (_, i) => n - 1 - i));
    });

    test.each(rows)('kth stands where sort has it, or is the first NaN: $rows × $n of $different', (shape) => {
      const middle = Math.floor((shape.n - 1) / 2);
      for (const [k, nanWins] of [
        [0, 0],
        [middle, 0],
        [shape.n - 1, 0],
        [middle, 1],
      ] as const) {
        expectPlaces(
          shape,
          1,
          (values, indices, a) => kernels.kth[type](values, indices, a, shape.rows, shape.n, k, nanWins),
          (row) => {
            const nan = Array.from(row).findIndex(isNan);
            return [nanWins === 1 && nan >= 0 ? nan : places(row, false)[k]!];
          },
        );
      }
    });

    test.each(rows)('unique: values, the way back, counts: $n of $different', (shape) => {
      const a = data(shape);
      const n = a.length;
      const order = places(a, false);
      const groups: number[][] = [];
      for (const place of order) {
        const last = groups.at(-1)?.[0];
        if (last !== undefined && a[last] === a[place]) groups.at(-1)!.push(place);
        else groups.push([place]);
      }
      Heap.use(engine, (heap) => {
        const Values = a.constructor as new (length: number) => Numbers;
        const [values, inverse, counts] = [
          heap.room(Values, n),
          heap.room(BigInt64Array, n),
          heap.room(BigInt64Array, n),
        ];
        kernels.unique[type](values, inverse, counts, heap.put(a), n);
        const found = engine.block[0]!;
        expect(found).toBe(groups.length);
        const firsts = groups.map(([first]) => a[first!]);
        const got = heap.get(values, Values, found);
        expect(firsts.every((x, i) => Object.is(x, got[i]))).toBe(true);
        expect([...heap.get(counts, BigInt64Array, found)].map(Number)).toEqual(groups.map((group) => group.length));
        const back = heap.get(inverse, BigInt64Array, n);
        expect(groups.every((group, i) => group.every((place) => back[place] === BigInt(i)))).toBe(true);
      });
    });
  });
});
