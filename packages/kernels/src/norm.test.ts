import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random, type Reals } from './heap.testing.js';

/** Places of x (outer, C, inner) that belong to one channel. */
const channel = (outer: number, c: number, inner: number, k: number) =>
  Array.from({ length: outer * inner }, (_, i) => (Math.floor(i / inner) * c + k) * inner + (i % inner));
/** Rows of n numbers: the places of row r. */
const row = (n: number, r: number) => Array.from({ length: n }, (_, i) => r * n + i);

/** Mean and biased variance of some places, in double; shifted, or near 1e4 the reference itself would be off. */
function statistics(x: ArrayLike<number>, places: number[]) {
  const shift = x[places.at(-1)!]!;
  const mean = shift + places.reduce((sum, i) => sum + (x[i]! - shift), 0) / places.length;
  const variance = places.reduce((sum, i) => sum + (x[i]! - mean) ** 2, 0) / places.length;
  return { mean, variance };
}

/** The gradient of y = (x - mean) rstd with respect to x, given dL/dy, where the statistics are x's own. */
function gradient(places: number[], x: ArrayLike<number>, dy: (i: number) => number, mean: number, rstd: number) {
  const n = places.length;
  const sum = places.reduce((s, i) => s + dy(i), 0);
  const product = places.reduce((s, i) => s + dy(i) * (x[i]! - mean) * rstd, 0);
  return (i: number) => rstd * (dy(i) - sum / n - ((x[i]! - mean) * rstd * product) / n);
}

const eps = 1e-5;
const momentum = 0.1;

describe.each(engines)('normalisation on $name', (engine) => {
  const { kernels } = engine;

  interface Case {
    outer: number;
    c: number;
    inner: number;
    training?: boolean;
    affine?: boolean;
    offset?: number;
    /** A relu behind the normalisation, in the same pass; and an addition between them. */
    relu?: boolean;
    residual?: boolean;
  }

  function batchNorm({ type, Values }: Float, p: Case, x: Reals, grad: Reals, parameters: (Reals | null)[]) {
    const { outer, c, inner, training = true, relu = false } = p;
    const [weight, bias, runningMean, runningVar, residual] = parameters as [
      Reals | null,
      Reals | null,
      Reals,
      Reals,
      Reals | null,
    ];
    return onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const [out, dx] = [heap.room(Values, x.length), heap.room(Values, x.length)];
        const places = Array.from({ length: 6 }, () => heap.room(Values, c));
        const [mean, rstd, scale, shift, dweight, dbias] = places as [number, number, number, number, number, number];
        const [xs, weights] = [heap.put(x), heap.put(weight)];
        const [rm, rv] = [heap.put(runningMean), heap.put(runningVar)];
        kernels.batch_norm_statistics[type](
          mean,
          rstd,
          scale,
          shift,
          xs,
          weights,
          heap.put(bias),
          rm,
          rv,
          outer,
          c,
          inner,
          Number(training),
          momentum,
          eps,
        );
        kernels.batch_norm[type](out, xs, mean, scale, shift, heap.put(residual), outer, c, inner, Number(relu));
        kernels.batch_norm_backward[type](
          dx,
          dweight,
          dbias,
          heap.put(grad),
          xs,
          weights,
          mean,
          rstd,
          relu ? scale : 0,
          relu ? shift : 0,
          outer,
          c,
          inner,
          Number(training),
        );
        const perChannel = [mean, rstd, dweight, dbias, rm, rv].map((place) => heap.get(place, Values, c));
        return [heap.get(out, Values, x.length), heap.get(dx, Values, x.length), ...perChannel];
      }),
    );
  }

  function checkBatchNorm(float: Float, p: Case) {
    const { outer, c, inner, training = true, affine = true, offset = 0, relu = false } = p;
    const { Values, tolerance } = float;
    const random = new Random(outer + c);
    const x = random.fill(Values, outer * c * inner, (v) => v + offset);
    const grad = random.fill(Values, x.length);
    const residual = p.residual ? random.fill(Values, x.length) : null;
    const weight = affine ? random.fill(Values, c) : null;
    const bias = affine ? random.fill(Values, c) : null;
    const runningMean = random.fill(Values, c);
    const runningVar = random.fill(Values, c, (v) => v + 2);
    const results = batchNorm(float, p, x, grad, [weight, bias, runningMean, runningVar, residual]);

    const wanted = results.map((values) => new Float64Array(values.length));
    const [out, dx, means, rstds, dweight, dbias, newMean, newVar] = wanted as Float64Array[];
    for (let k = 0; k < c; k++) {
      const places = channel(outer, c, inner, k);
      const own = statistics(x, places);
      const mean = training ? own.mean : runningMean[k]!;
      const rstd = 1 / Math.sqrt((training ? own.variance : runningVar[k]!) + eps);
      const scale = weight ? weight[k]! : 1;
      const normal = (i: number) => (x[i]! - mean) * rstd * scale + (bias ? bias[k]! : 0);
      // The gradient that comes through the relu right behind the normalisation.
      const slope = (i: number) => (relu && normal(i) <= 0 ? 0 : grad[i]!);
      const dxOf = training
        ? gradient(places, x, (i) => slope(i) * scale, mean, rstd)
        : (i: number) => slope(i) * scale * rstd;
      for (const i of places) {
        const y = normal(i) + (residual ? residual[i]! : 0);
        out![i] = relu ? Math.max(y, 0) : y;
        dx![i] = dxOf(i);
        dweight![k]! += slope(i) * (x[i]! - mean) * rstd;
        dbias![k]! += slope(i);
      }
      means![k] = mean;
      rstds![k] = rstd;
      const unbiased = (own.variance * places.length) / (places.length - 1);
      newMean![k] = training ? (1 - momentum) * runningMean[k]! + momentum * mean : runningMean[k]!;
      newVar![k] = training ? (1 - momentum) * runningVar[k]! + momentum * unbiased : runningVar[k]!;
    }
    // A double holds a mean near 1e4 to 1e-12. Backward starts from the mean that was handed over, which Values rounds: near 1e4 that alone is an error of 5e-4.
    const names = ['out', 'dx', 'mean', 'rstd', 'dweight', 'dbias', 'running mean', 'running variance'];
    for (const [i, name] of names.entries()) {
      const rounded = offset !== 0 && (name === 'dx' || name === 'dweight');
      expectClose(
        results[i]!,
        wanted[i]!,
        rounded ? 3e-3 : 2 * tolerance + 1e-15 * offset,
        `${name} of ${JSON.stringify(p)}`,
      );
    }
  }

  describe.each(floats)('$type', (float) => {
    test('batch norm of channels-last and of plain data', () => {
      for (const c of [1, 2, 3, 7, 8, 15, 16, 17, 33]) {
        for (const outer of [4, 5, 40]) checkBatchNorm(float, { outer, c, inner: 1 });
        for (const inner of [2, 9, 64, 65]) checkBatchNorm(float, { outer: 3, c, inner });
      }
      checkBatchNorm(float, { outer: 5000, c: 6, inner: 1 });
      checkBatchNorm(float, { outer: 2, c: 3, inner: 5000 });
    });

    test('without weights, and with the running statistics', () => {
      for (const inner of [1, 12]) {
        checkBatchNorm(float, { outer: 20, c: 5, inner, affine: false });
        checkBatchNorm(float, { outer: 20, c: 5, inner, training: false });
      }
    });

    test('with a relu and a residual in the same pass', () => {
      for (const inner of [1, 2, 65]) {
        checkBatchNorm(float, { outer: 20, c: 17, inner, relu: true });
        checkBatchNorm(float, { outer: 20, c: 17, inner, relu: true, training: false });
        checkBatchNorm(float, { outer: 20, c: 17, inner, residual: true });
      }
    });

    test('near 1e4 nothing is lost', () => {
      for (const inner of [1, 100]) checkBatchNorm(float, { outer: 50, c: 17, inner, offset: 1e4 });
    });

    test('one far value does not spoil the rest of its channel', () => {
      // The first number is the trap for sums shifted by it.
      const { Values, type } = float;
      const x = new Random(1).fill(Values, 4096);
      x[0] = 1e4;
      const { mean, variance } = statistics(x, row(4096, 0));
      Heap.use(engine, (heap) => {
        const [m, r, scale, shift] = [0, 0, 0, 0].map(() => heap.room(Values, 1)) as [number, number, number, number];
        kernels.batch_norm_statistics[type](m, r, scale, shift, heap.put(x), 0, 0, 0, 0, 4096, 1, 1, 1, momentum, eps);
        expectClose(heap.get(m, Values, 1), [mean], 1e-6);
        expectClose(heap.get(r, Values, 1), [1 / Math.sqrt(variance + eps)], 1e-6);
      });
    });

    test('layer norm', () => {
      for (const [rows, n] of [
        [1, 1],
        [3, 2],
        [2, 7],
        [5, 15],
        [5, 16],
        [5, 17],
        [70, 33],
        [300, 64],
        [2, 5000],
      ] as const) {
        checkLayerNorm(rows, n, 0, true);
      }
      checkLayerNorm(9, 100, 0, false);
      checkLayerNorm(9, 100, 1e4, true);
    });

    function checkLayerNorm(rows: number, n: number, offset: number, affine: boolean) {
      const { type, Values, tolerance } = float;
      const random = new Random(rows + n);
      const x = random.fill(Values, rows * n, (v) => v + offset);
      const grad = random.fill(Values, rows * n);
      const weight = affine ? random.fill(Values, n) : null;
      const bias = affine ? random.fill(Values, n) : null;
      const results = onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const [out, dx] = [heap.room(Values, x.length), heap.room(Values, x.length)];
          const [mean, rstd] = [heap.room(Values, rows), heap.room(Values, rows)];
          const [dweight, dbias] = [heap.room(Values, n), heap.room(Values, n)];
          const [xs, weights] = [heap.put(x), heap.put(weight)];
          kernels.layer_norm[type](out, mean, rstd, xs, weights, heap.put(bias), rows, n, eps);
          kernels.layer_norm_backward[type](dx, dweight, dbias, heap.put(grad), xs, weights, mean, rstd, rows, n);
          return [out, dx]
            .map((p) => heap.get(p, Values, x.length))
            .concat([dweight, dbias].map((p) => heap.get(p, Values, n)));
        }),
      );
      const wanted = results.map((values) => new Float64Array(values.length));
      const [out, dx, dweight, dbias] = wanted as Float64Array[];
      for (let r = 0; r < rows; r++) {
        const places = row(n, r);
        const { mean, variance } = statistics(x, places);
        const rstd = 1 / Math.sqrt(variance + eps);
        const dxOf = gradient(places, x, (i) => grad[i]! * (weight ? weight[i % n]! : 1), mean, rstd);
        for (const i of places) {
          const y = (x[i]! - mean) * rstd;
          out![i] = y * (weight ? weight[i % n]! : 1) + (bias ? bias[i % n]! : 0);
          dx![i] = dxOf(i);
          dweight![i % n]! += grad[i]! * y;
          dbias![i % n]! += grad[i]!;
        }
      }
      for (const [i, name] of ['out', 'dx', 'dweight', 'dbias'].entries()) {
        const rounded = offset !== 0 && (name === 'dx' || name === 'dweight');
        // Of two numbers, x - mean - (what normalising gives back) cancels to almost nothing.
        if (name === 'dx' && n <= 2) continue;
        expectClose(
          results[i]!,
          wanted[i]!,
          rounded ? 3e-3 : 2 * tolerance,
          `${name} of ${rows} x ${n} near ${offset}`,
        );
      }
    }

    test('a single value per channel has no unbiased variance', () => {
      const { Values, type } = float;
      Heap.use(engine, (heap) => {
        const [m, r, scale, shift] = [0, 0, 0, 0].map(() => heap.room(Values, 1)) as [number, number, number, number];
        const [x, variance] = [heap.put(Values.of(3)), heap.put(Values.of(1))];
        kernels.batch_norm_statistics[type](m, r, scale, shift, x, 0, 0, 0, variance, 1, 1, 1, 1, momentum, eps);
        expect(heap.get(m, Values, 1)[0]).toBe(3);
        expect(heap.get(shift, Values, 1)[0]).toBe(0);
        expect(heap.get(variance, Values, 1)[0]).toBeNaN();
      });
    });
  });
});
