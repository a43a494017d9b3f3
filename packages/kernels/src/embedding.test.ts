import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, floats, Heap, onAnyThreads, Random } from './heap.testing.js';

const ids = (values: readonly number[]) => BigInt64Array.from(values, BigInt);

describe.each(engines)('embedding on $name', (engine) => {
  const { kernels } = engine;

  describe.each(floats)('$type', ({ type, Values, tolerance }) => {
    test('rows are read and added up, whatever their width and the number of threads', () => {
      for (const width of [1, 3, 16, 19, 130]) {
        const [rows, n, padding] = [37, 900, 5];
        const random = new Random(width);
        const weight = random.fill(Values, rows * width);
        const grad = random.fill(Values, n * width);
        const index = Array.from({ length: n }, () => random.below(rows));
        const uses = index.reduce((count, row) => count.map((c, i) => c + Number(i === row)), new Array(rows).fill(0));
        const [out, sums, shares] = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const at = heap.put(ids(index));
            const places = [n, rows, rows].map((count) => heap.room(Values, count * width)) as [number, number, number];
            kernels.embedding[type](places[0], heap.put(weight), at, n, rows, width, padding);
            kernels.embedding_backward[type](places[1], heap.put(grad), at, n, rows, width, -1, 0);
            kernels.embedding_backward[type](places[2], heap.put(grad), at, n, rows, width, padding, 1);
            return places.map((place, i) => heap.get(place, Values, (i === 0 ? n : rows) * width));
          }),
        );
        const wanted = index.flatMap((row) =>
          Array.from({ length: width }, (_, j) => (row === padding ? 0 : weight[row * width + j]!)),
        );
        expect([...out!]).toEqual(wanted);
        const wantedSums = new Float64Array(rows * width);
        for (const [i, row] of index.entries()) {
          for (let j = 0; j < width; j++) wantedSums[row * width + j]! += grad[i * width + j]!;
        }
        expectClose(sums!, wantedSums, tolerance);
        const wantedShares = wantedSums.map((sum, i) => {
          const row = Math.floor(i / width);
          return row === padding ? 0 : sum / Math.max(1, uses[row]);
        });
        expectClose(shares!, wantedShares, tolerance);
      }
    });

    test('bags: sum, mean and maximum without the padding row; an empty bag is 0 and nobody won it', () => {
      const index = ids([0, 2, 1, 2, 1]);
      const weight = Values.of(1, -1, 100, 100, 3, -5);
      const results = Heap.use(engine, (heap) => {
        const [w, at, offsets] = [heap.put(weight), heap.put(index), heap.put(ids([0, 2, 2]))];
        const bag = (mean: 0 | 1, scale: number) => {
          const out = heap.room(Values, 6);
          kernels.embedding_bag[type](out, w, at, offsets, scale, 3, 5, 3, 2, mean, 1);
          return [...heap.get(out, Values, 6)];
        };
        const [best, winner] = [heap.room(Values, 6), heap.room(BigInt64Array, 6)];
        kernels.embedding_bag_max[type](best, winner, w, at, offsets, 3, 5, 3, 2, 1);
        return {
          sum: bag(0, 0),
          scaled: bag(0, heap.put(Values.of(1, 2, 9, 0.5, 9))),
          mean: bag(1, 0),
          max: [...heap.get(best, Values, 6)],
          winner: [...heap.get(winner, BigInt64Array, 6)].map(Number),
        };
      });
      expect(results).toEqual({
        sum: [4, -6, 0, 0, 3, -5],
        scaled: [7, -11, 0, 0, 1.5, -2.5],
        mean: [2, -3, 0, 0, 3, -5],
        max: [3, -1, 0, 0, 3, -5],
        winner: [2, 0, -1, -1, 2, 2],
      });
    });

    test('a number that is no row is named', () => {
      for (const wrong of [3, -1]) {
        const answer = Heap.use(engine, (heap) => {
          const at = heap.put(ids([0, wrong]));
          kernels.embedding[type](heap.room(Values, 4), heap.put(new Values(6)), at, 2, 3, 2, -1);
          return [...engine.block.subarray(0, 2)];
        });
        expect(answer).toEqual([1, wrong]);
      }
    });
  });
});
