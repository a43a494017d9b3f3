import { describe, expect, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { floats, Heap, onAnyThreads, Random } from './heap.testing.js';

type Key = number | bigint;
const ids = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
const same = (a: ArrayLike<Key>, b: ArrayLike<Key>) =>
  a.length === b.length && Array.from(a).every((x, i) => Object.is(x, b[i]));

/** Wide and long enough for the threads to share either dimension; and so narrow that they share the output. */
const [wide, narrow] = [
  [70, 1100],
  [1700, 40],
] as const;

/** Index patterns of a matrix (r, c) under an index of the same shape: where each lies, and its strides. */
const patterns = [
  { name: 'along the rows', axis: 1, still: false, shape: wide, turned: false },
  { name: 'along the columns', axis: 0, still: false, shape: wide, turned: false },
  { name: 'whole rows by one index', axis: 0, still: true, shape: wide, turned: false },
  { name: 'whole columns by one index', axis: 1, still: true, shape: wide, turned: false },
  { name: 'short rows by one index', axis: 0, still: true, shape: narrow, turned: false },
  { name: 'short rows by one index, from a source in column order', axis: 0, still: true, shape: narrow, turned: true },
] as const;

describe.each(engines)('indexing on $name', (engine) => {
  const { kernels } = engine;
  const writeLoop = (sizes: number[], ...strides: number[][]) =>
    engine.block.set([sizes.length, strides.length, ...sizes, ...strides.flat()], BLOCK.loop);

  describe.each(floats)('$type', ({ type, Values }) => {
    describe.each(patterns)('$name', ({ axis, still, shape: [rows, columns], turned }) => {
      const n = rows * columns;
      const size = axis === 0 ? rows : columns;
      const stride = axis === 0 ? columns : 1;
      const random = new Random(axis + 1);
      const list = Array.from({ length: still ? size : n }, () => random.below(size));
      const a = random.fill(Values, n);
      const source = random.fill(Values, n);
      const indexStrides = still ? (axis === 0 ? [1, 0] : [0, 1]) : [columns, 1];
      const sourceStrides = turned ? [1, rows] : [columns, 1];
      const otherStrides = axis === 0 ? [0, 1] : [columns, 0];
      /** Where the element at (r, c) is read from, or written to. */
      const named = (r: number, c: number) => {
        const at = list[r * indexStrides[0]! + c * indexStrides[1]!]!;
        return r * otherStrides[0]! + c * otherStrides[1]! + at * stride;
      };
      const everywhere = (body: (flat: number, named: number, from: number) => void) => {
        for (let r = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++) {
            body(r * columns + c, named(r, c), r * sourceStrides[0]! + c * sourceStrides[1]!);
          }
        }
      };

      test('gather, scatter and scatter_add, the same in any number of threads', () => {
        const [gathered, sums, set] = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const [out, from, index] = [heap.room(Values, n), heap.put(a), heap.put(ids(list))];
            writeLoop([rows, columns], [columns, 1], otherStrides, indexStrides);
            kernels.gather[type](out, from, index, size, stride);
            expect(engine.block[0]).toBe(0);
            const [added, replaced, src] = [heap.put(a), heap.put(a), heap.put(source)];
            for (const [kernel, target] of [
              [kernels.scatter_add, added],
              [kernels.scatter, replaced],
            ] as const) {
              writeLoop([rows, columns], otherStrides, indexStrides, sourceStrides);
              kernel[type](target, index, src, size, stride);
              expect(engine.block[0]).toBe(0);
            }
            return [out, added, replaced].map((place) => heap.get(place, Values, n));
          }),
        );
        const wanted = { gathered: new Values(n), sums: Values.from(a), set: Values.from(a) };
        everywhere((flat, named, from) => {
          wanted.gathered[flat] = a[named]!;
          wanted.sums[named]! += source[from]!;
          wanted.set[named] = source[from]!;
        });
        expect(same(gathered!, wanted.gathered)).toBe(true);
        expect(same(sums!, wanted.sums)).toBe(true);
        expect(same(set!, wanted.set)).toBe(true);
      });

      test.each([-1, size])('index %d is named and not followed', (wrong) => {
        const bad = ids(list);
        bad[bad.length - 2] = BigInt(wrong);
        Heap.use(engine, (heap) => {
          const [matrix, index, src] = [heap.put(a), heap.put(bad), heap.put(source)];
          writeLoop([rows, columns], [columns, 1], otherStrides, indexStrides);
          kernels.gather[type](heap.room(Values, n), matrix, index, size, stride);
          expect([...engine.block.subarray(0, 2)]).toEqual([1, wrong]);
          writeLoop([rows, columns], otherStrides, indexStrides, sourceStrides);
          kernels.scatter_add[type](matrix, index, src, size, stride);
          expect([...engine.block.subarray(0, 2)]).toEqual([1, wrong]);
        });
      });
    });

    test('nonzero and the coordinates of what it finds', () => {
      for (const [n, share] of [
        [1, 1],
        [100, 0.5],
        [200_000, 0.4],
        [200_000, 0],
        [70_000, 0.001],
      ] as const) {
        const random = new Random(n);
        const a = random.fill(Values, n, (x) => (Math.abs(x) < share ? x : 0));
        if (share === 0.5) a[3] = Number.NaN;
        const wanted = Array.from(a.keys()).filter((i) => a[i] !== 0);
        const shape = [Math.ceil(n / 70), 2, 35];
        const found = Heap.use(engine, (heap) => {
          const at = heap.put(a);
          kernels.nonzero[type](0, at, n);
          expect(engine.block[0]).toBe(wanted.length);
          const [flat, out] = [heap.room(BigInt64Array, wanted.length), heap.room(BigInt64Array, wanted.length * 3)];
          kernels.nonzero[type](flat, at, n);
          engine.block.set([3, ...shape], BLOCK.loop);
          kernels.coordinates.i64(out, flat, wanted.length);
          return [flat, out].map((place, i) => heap.get(place, BigInt64Array, wanted.length * (i === 0 ? 1 : 3)));
        });
        expect(same(found[0]!, ids(wanted))).toBe(true);
        const coordinates = wanted.flatMap((i) => [Math.floor(i / 70), Math.floor(i / 35) % 2, i % 35]);
        expect(same(found[1]!, ids(coordinates))).toBe(true);
      }
    });
  });
});
