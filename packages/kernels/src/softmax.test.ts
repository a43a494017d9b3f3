import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, floats, Heap, onAnyThreads, Random, type Reals } from './heap.testing.js';

/** Applies `row` to each distribution of (outer, N, inner) arrays. */
function eachDistribution(
  outer: number,
  n: number,
  inner: number,
  inputs: ArrayLike<number>[],
  row: (...rows: number[][]) => number[],
) {
  const out = new Float64Array(outer * n * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = (j: number) => (o * n + j) * inner + i;
      const rows = inputs.map((values) => Array.from({ length: n }, (_, j) => values[at(j)]!));
      for (const [j, v] of row(...rows).entries()) out[at(j)] = v;
    }
  }
  return out;
}
const sum = (values: number[]) => values.reduce((s, v) => s + v, 0);
function logSoftmax(row: number[]) {
  const peak = Math.max(...row);
  const total = Math.log(sum(row.map((v) => Math.exp(v - peak))));
  return row.map((v) => v - peak - total);
}
const softmax = (row: number[]) => logSoftmax(row).map(Math.exp);

const shapes = [1, 2, 3, 10, 15, 16, 17, 33, 100].flatMap((n) => [
  [5, n, 1],
  [33, n, 1],
  [2, n, 3],
  [3, n, 16],
  [1, n, 37],
]) as [number, number, number][];

describe.each(engines)('softmax on $name', (engine) => {
  const { kernels } = engine;

  describe.each(floats)('$type', ({ type, Values, tolerance }) => {
    test('softmax, its logarithm, and their gradients', () => {
      for (const [outer, n, inner] of shapes) {
        const random = new Random(n);
        const x = random.fill(Values, outer * n * inner, (v) => 20 * v);
        const grad = random.fill(Values, x.length);
        const wanted = eachDistribution(outer, n, inner, [x], softmax);
        const logs = eachDistribution(outer, n, inner, [x], logSoftmax);
        const results = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const places = [0, 0, 0, 0].map(() => heap.room(Values, x.length)) as [number, number, number, number];
            const [xs, grads] = [heap.put(x), heap.put(grad)];
            kernels.softmax[type](places[0], xs, outer, n, inner);
            kernels.log_softmax[type](places[1], xs, outer, n, inner);
            kernels.softmax_backward[type](places[2], grads, places[0], outer, n, inner);
            kernels.log_softmax_backward[type](places[3], grads, places[1], outer, n, inner);
            return places.map((place) => heap.get(place, Values, x.length));
          }),
        );
        const shape = `${outer} ${n} ${inner}`;
        expectClose(results[0]!, wanted, tolerance, `softmax ${shape}`);
        expectClose(results[1]!, logs, tolerance, `log_softmax ${shape}`);
        const dx = eachDistribution(outer, n, inner, [grad, wanted], (g, y) => {
          const dot = sum(g.map((v, i) => v * y[i]!));
          return g.map((v, i) => (v - dot) * y[i]!);
        });
        const dlog = eachDistribution(outer, n, inner, [grad, wanted], (g, y) => g.map((v, i) => v - y[i]! * sum(g)));
        if (n > 1) expectClose(results[2]!, dx, 10 * tolerance, `softmax_backward ${shape}`);
        if (n > 1) expectClose(results[3]!, dlog, 10 * tolerance, `log_softmax_backward ${shape}`);
      }
    });

    test('large scores do not overflow, -inf has no share, NaN and rows without any score are NaN', () => {
      const inf = Number.POSITIVE_INFINITY;
      const rows = [
        [1000, 1000, -inf],
        [-inf, -inf, -inf],
        [1, Number.NaN, 2],
        [inf, 0, 0],
        [-1e30, -inf, -1e30],
      ];
      for (const inner of [1, 5]) {
        const x = new Values(15);
        for (const [r, values] of rows.entries()) {
          for (const [i, v] of values.entries()) x[inner === 1 ? r * 3 + i : i * 5 + r] = v;
        }
        const result = Heap.use(engine, (heap) => {
          const out = heap.room(Values, 15);
          kernels.softmax[type](out, heap.put(x), inner === 1 ? 5 : 1, 3, inner);
          return heap.get(out, Values, 15);
        });
        const got = rows.map((_, r) => [0, 1, 2].map((i) => result[inner === 1 ? r * 3 + i : i * 5 + r]!));
        const nan = Number.NaN;
        expect(got).toEqual([
          [0.5, 0.5, 0],
          [nan, nan, nan],
          [nan, nan, nan],
          [nan, nan, nan],
          [0.5, 0, 0.5],
        ]);
      }
    });

    interface Loss {
      inner?: number;
      weight?: Reals | null;
      ignore?: number;
      reduction: 0 | 1 | 2;
    }
    /** nll_loss of targets with scores logp (N, 4, inner), and its gradient. */
    function nll(logp: Reals, targets: number[], { inner = 1, weight = null, ignore = -100, reduction }: Loss) {
      const n = targets.length / inner;
      const length = reduction === 0 ? targets.length : 1;
      return Heap.use(engine, (heap) => {
        const [out, total, dx] = [heap.room(Values, length), heap.room(Values, 1), heap.room(Values, logp.length)];
        const [target, weights] = [heap.put(BigInt64Array.from(targets, BigInt)), heap.put(weight)];
        kernels.nll_loss[type](out, total, heap.put(logp), target, weights, n, 4, inner, reduction, ignore);
        const answer = [...engine.block.subarray(0, 2)];
        const grad = heap.put(new Random(7).fill(Values, length));
        kernels.nll_loss_backward[type](dx, grad, total, target, weights, n, 4, inner, reduction, ignore);
        return { out: heap.get(out, Values, length), dx: heap.get(dx, Values, logp.length), answer };
      });
    }

    test('nll_loss: weights, ignored targets, every reduction', () => {
      for (const inner of [1, 3]) {
        const random = new Random(inner);
        const targets = Array.from({ length: 6000 }, () => random.below(4));
        const logp = random.fill(Values, targets.length * 4, (v) => v - 1);
        for (const weight of [null, Values.of(0.5, 2, 0, 1)]) {
          for (const ignore of [-100, 1]) {
            const w = targets.map((t) => (t === ignore ? 0 : weight ? weight[t]! : 1));
            const place = (i: number) => (Math.floor(i / inner) * 4 + targets[i]!) * inner + (i % inner);
            const each = targets.map((_, i) => -w[i]! * logp[place(i)]!);
            const wanted = [each, [sum(each) / sum(w)], [sum(each)]] as const;
            for (const reduction of [0, 1, 2] as const) {
              const { out, dx, answer } = nll(logp, targets, { inner, weight, ignore, reduction });
              expect(answer[0]).toBe(0);
              expectClose(out, wanted[reduction], tolerance);
              const grad = new Random(7).fill(Values, out.length);
              const wantedDx = new Float64Array(logp.length);
              const divisor = reduction === 1 ? sum(w) : 1;
              for (let i = 0; i < targets.length; i++) {
                wantedDx[place(i)] = (-w[i]! * grad[reduction === 0 ? i : 0]!) / divisor;
              }
              expectClose(dx, wantedDx, tolerance);
            }
          }
        }
      }
    });

    test('the mean over nothing is NaN, its sum 0, and its gradient 0', () => {
      const logp = new Values(8);
      expect(nll(logp, [2, 2], { ignore: 2, reduction: 1 }).out[0]).toBeNaN();
      expect([...nll(logp, [2, 2], { ignore: 2, reduction: 1 }).dx]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(nll(logp, [2, 2], { ignore: 2, reduction: 2 }).out[0]).toBe(0);
      expect(nll(new Values(0), [], { reduction: 1 }).out[0]).toBeNaN();
    });

    test('a target that is no class is named, the first of several', () => {
      const logp = new Values(12);
      expect(nll(logp, [1, 4, -1], { reduction: 1 }).answer).toEqual([1, 4]);
      expect(nll(logp, [1, -1, 9], { reduction: 0 }).answer).toEqual([1, -1]);
    });
  });
});
