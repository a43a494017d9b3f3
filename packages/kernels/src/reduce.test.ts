import { describe, expect, test } from 'vitest';
import { BLOCK, type Engine } from './engine.js';
import { engines } from './engines.testing.js';
import { expectClose, floats, Heap, type Numbers, onAnyThreads, Random, type Reals } from './heap.testing.js';

type Shape = readonly [outer: number, n: number, inner: number];

/** Around the widths of vectors and the lengths of blocks and parts; rows (inner 1) and columns. */
const shapes: readonly Shape[] = [
  [35, 150, 1],
  ...[1, 2, 3, 7, 16, 31, 63, 64, 65, 100, 128, 191, 4096, 4100].flatMap((n) => [
    [3, n, 1] as const,
    [2, n, 17] as const,
  ]),
  [1, 140_001, 1],
  [1, 5, 1100],
  [3, 9, 513],
  [1, 2100, 20],
  [33, 10, 1],
];

/** A loop over (outer, n, inner) in which n is reduced, for `outputs` outputs and one input whose elements are `step` apart. */
function writeLoop(engine: Engine, [outer, n, inner]: Shape, outputs = 1, step = 1): void {
  const out = [inner, 0, 1];
  const strides = [...Array.from({ length: outputs }, () => out).flat(), n * inner * step, inner * step, step];
  engine.block.set([3, outputs + 1, outer, n, inner, ...strides], BLOCK.loop);
}

/** What `fold` makes of each run of n. */
function eachRun([outer, n, inner]: Shape, x: ArrayLike<number>, fold: (run: number[]) => number): Float64Array {
  return Float64Array.from({ length: outer * inner }, (_, at) => {
    const start = Math.floor(at / inner) * n * inner + (at % inner);
    return fold(Array.from({ length: n }, (_, i) => x[start + i * inner]!));
  });
}

const sum = (run: readonly number[]) => run.reduce((total, x) => total + x, 0);
const largest = (run: readonly number[]) => run.reduce((best, x) => Math.max(best, x)); // NaN wins
const smallest = (run: readonly number[]) => run.reduce((best, x) => Math.min(best, x));
const firstOf = (run: readonly number[], best: number) => run.findIndex((x) => Object.is(x, best) || x === best);
const mean = (run: readonly number[]) => run[0]! + sum(run.map((x) => x - run[0]!)) / run.length;
function variance(run: readonly number[], correction: number): number {
  const centre = mean(run);
  return sum(run.map((x) => (x - centre) ** 2)) / Math.max(0, run.length - correction);
}

/** Random numbers, many of them equal, with a NaN here and there when asked for. */
function numbers(Values: { new (length: number): Reals }, [outer, n, inner]: Shape, withNaN: boolean): Reals {
  const random = new Random(n + inner);
  const x = random.fill(Values, outer * n * inner, (v) => Math.round(v * 50));
  for (let i = 0; withNaN && i < 5; i++) x[random.below(x.length)] = Number.NaN;
  return x;
}

describe.each(engines)('reductions on $name', (engine) => {
  const { kernels } = engine;

  describe.each(floats)('$type', ({ type, Values, tolerance }) => {
    /** The results of kernels that reduce x to one number a run, checked to be the same on any number of threads. */
    function reduced(
      shape: Shape,
      x: Reals,
      ...calls: readonly ((out: number, a: number) => void)[]
    ): readonly Reals[] {
      const count = shape[0] * shape[2];
      return onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const a = heap.put(x);
          return calls.map((call) => {
            const out = heap.room(Values, count);
            writeLoop(engine, shape);
            call(out, a);
            return heap.get(out, Values, count);
          });
        }),
      );
    }

    test.each(shapes)('sums and extremes of (%i, %i, %i)', (...shape) => {
      for (const withNaN of [false, true]) {
        const x = numbers(Values, shape, withNaN);
        const [sums, peaks, lows] = reduced(
          shape,
          x,
          (out, a) => kernels.sum[type](out, a, 0.5),
          (out, a) => kernels.amax[type](out, a),
          (out, a) => kernels.amin[type](out, a),
        );
        expect(sums).toEqual(Values.from(eachRun(shape, x, (run) => sum(run) / 2))); // whole numbers: exact
        expect(peaks).toEqual(Values.from(eachRun(shape, x, largest)));
        expect(lows).toEqual(Values.from(eachRun(shape, x, smallest)));
      }
    });

    test.each(shapes)('norms of (%i, %i, %i)', (...shape) => {
      const x = new Random(shape[1]).fill(Values, shape[0] * shape[1] * shape[2]);
      const [norms] = reduced(shape, x, (out, a) => kernels.norm[type](out, a));
      expectClose(
        norms!,
        eachRun(shape, x, (run) => Math.sqrt(sum(run.map((v) => v * v)))),
        tolerance,
      );
    });

    test.each(shapes)('positions of extremes in (%i, %i, %i): the first of equals, the first NaN', (...shape) => {
      const [outer, n, inner] = shape;
      const count = outer * inner;
      for (const withNaN of [false, true]) {
        const x = numbers(Values, shape, withNaN);
        const [peaks, tops, bottoms] = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const a = heap.put(x);
            const values = heap.room(Values, count);
            const [most, least] = [heap.room(BigInt64Array, count), heap.room(BigInt64Array, count)] as const;
            kernels.max_along[type](values, most, a, outer, n, inner);
            kernels.min_along[type](0, least, a, outer, n, inner);
            const positions = [most, least].map((place) =>
              Float64Array.from(heap.get(place, BigInt64Array, count), Number),
            );
            return [heap.get(values, Values, count), ...positions];
          }),
        );
        expect(peaks).toEqual(Values.from(eachRun(shape, x, largest)));
        expect(tops).toEqual(eachRun(shape, x, (run) => firstOf(run, largest(run))));
        expect(bottoms).toEqual(eachRun(shape, x, (run) => firstOf(run, smallest(run))));
      }
    });

    test.each(shapes)('variances and means of (%i, %i, %i), far from zero too', (...shape) => {
      const count = shape[0] * shape[2];
      for (const from of [0, 1e4]) {
        const x = new Random(shape[1]).fill(Values, shape[0] * shape[1] * shape[2], (v) => from + v);
        const [squares, means] = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const [out, mean, a] = [heap.room(Values, count), heap.room(Values, count), heap.put(x)] as const;
            writeLoop(engine, shape, 2);
            kernels.variance[type](out, mean, a, 1);
            return [heap.get(out, Values, count), heap.get(mean, Values, count)];
          }),
        );
        expectClose(
          squares!,
          eachRun(shape, x, (run) => variance(run, 1)),
          type === 'f32' ? 1e-6 : 1e-11,
        );
        expectClose(means!, eachRun(shape, x, mean), tolerance / 10);
      }
    });

    test('an outlier in front costs a variance nothing', () => {
      const shape: Shape = [1, 5000, 1];
      const x = new Random(1).fill(Values, 5000);
      x[0] = 1e6;
      const [found] = onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const [out, a] = [heap.room(Values, 1), heap.put(x)] as const;
          writeLoop(engine, shape, 2);
          kernels.variance[type](out, 0, a, 1);
          return [heap.get(out, Values, 1)];
        }),
      );
      expectClose(
        found!,
        eachRun(shape, x, (run) => variance(run, 1)),
        type === 'f32' ? 1e-7 : 1e-11,
      );
    });

    test.each(shapes)('running sums and products of (%i, %i, %i)', (...shape) => {
      const [outer, n, inner] = shape;
      const x = numbers(Values, shape, false);
      const signs = x.map((v) => (v > 0 ? 1 : -1));
      const [sums, products] = onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const [total, product] = [heap.room(Values, x.length), heap.room(Values, x.length)] as const;
          kernels.cumsum[type](total, heap.put(x), outer, n, inner);
          kernels.cumprod[type](product, heap.put(signs), outer, n, inner);
          return [heap.get(total, Values, x.length), heap.get(product, Values, x.length)];
        }),
      );
      const running = (values: Reals, step: (total: number, x: number) => number, start: number) => {
        const out = new Values(values.length);
        for (let at = 0; at < out.length; at++) {
          const before = Math.floor(at / inner) % n === 0 ? start : out[at - inner]!;
          out[at] = step(before, values[at]!);
        }
        return out;
      };
      expect(sums).toEqual(running(x, (total, v) => total + v, 0));
      expect(products).toEqual(running(signs, (total, v) => total * v, 1));
    });

    test('elements that do not adjoin', () => {
      const shape: Shape = [3, 300, 2];
      const spread = new Random(5).fill(Values, 2 * 3 * 300 * 2, (v) => Math.round(v * 50));
      const x = spread.filter((_, i) => i % 2 === 0);
      const [sums, peaks, squares] = onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const a = heap.put(spread);
          const places = [0, 0, 0].map(() => heap.room(Values, 6)) as [number, number, number];
          writeLoop(engine, shape, 1, 2);
          kernels.sum[type](places[0], a, 1);
          writeLoop(engine, shape, 1, 2);
          kernels.amax[type](places[1], a);
          writeLoop(engine, shape, 2, 2);
          kernels.variance[type](places[2], 0, a, 0);
          return places.map((place) => heap.get(place, Values, 6));
        }),
      );
      expect(sums).toEqual(Values.from(eachRun(shape, x, sum)));
      expect(peaks).toEqual(Values.from(eachRun(shape, x, largest)));
      expectClose(
        squares!,
        eachRun(shape, x, (run) => variance(run, 0)),
        tolerance,
      );
    });

    test('infinities are numbers like others, and of nothing the variance is NaN', () => {
      const inf = Number.POSITIVE_INFINITY;
      const x = Values.of(-inf, inf, 3, Number.NaN, inf, -inf, -inf, -inf, -inf, inf, inf, inf);
      const [peaks, lows] = reduced(
        [4, 3, 1],
        x,
        (out, a) => kernels.amax[type](out, a),
        (out, a) => kernels.amin[type](out, a),
      );
      expect([...peaks!]).toEqual([inf, Number.NaN, -inf, inf]);
      expect([...lows!]).toEqual([-inf, Number.NaN, -inf, inf]);
      const [nothing] = Heap.use(engine, (heap) => {
        const out = heap.room(Values, 1);
        writeLoop(engine, [1, 0, 1], 2);
        kernels.variance[type](out, 0, out, 1);
        return heap.get(out, Values, 1);
      });
      expect(nothing).toBeNaN();
    });
  });

  test.each([
    ['i64', BigInt64Array, (x: number) => BigInt(x)],
    ['i32', Int32Array, (x: number) => x],
    ['u8', Uint8Array, (x: number) => x + 100],
  ] as const)('extremes of %s and their positions', (type, Values, from) => {
    for (const shape of shapes) {
      const [outer, n, inner] = shape;
      const count = outer * inner;
      const x = (Values as { from(list: unknown[]): Numbers }).from(
        [...numbers(Float64Array, shape, false)].map((v) => from(v)),
      );
      const wanted = eachRun(shape, Float64Array.from([...x], Number), largest);
      const where = eachRun(shape, Float64Array.from([...x], Number), (run) => firstOf(run, largest(run)));
      Heap.use(engine, (heap) => {
        const [a, out, index] = [heap.put(x), heap.room(Values, count), heap.room(BigInt64Array, count)] as const;
        writeLoop(engine, shape);
        kernels.amax[type](out, a);
        expect([...heap.get<Numbers>(out, Values, count)].map(Number)).toEqual([...wanted]);
        kernels.max_along[type](out, index, a, outer, n, inner);
        expect([...heap.get<Numbers>(out, Values, count)].map(Number)).toEqual([...wanted]);
        expect([...heap.get(index, BigInt64Array, count)].map(Number)).toEqual([...where]);
      });
    }
  });

  test.each(shapes)('some and every of (%i, %i, %i)', (...shape) => {
    const count = shape[0] * shape[2];
    for (const usual of [0, 1]) {
      const x = new Uint8Array(shape[0] * shape[1] * shape[2]).fill(usual);
      const random = new Random(shape[1]);
      for (let i = 0; i < 3; i++) x[random.below(x.length)] = 1 - usual;
      Heap.use(engine, (heap) => {
        const [a, out] = [heap.put(x), heap.room(Uint8Array, count)] as const;
        writeLoop(engine, shape);
        kernels.any.b8(out, a);
        expect([...heap.get(out, Uint8Array, count)]).toEqual([...eachRun(shape, x, largest)]);
        writeLoop(engine, shape);
        kernels.all.b8(out, a);
        expect([...heap.get(out, Uint8Array, count)]).toEqual([...eachRun(shape, x, smallest)]);
      });
    }
  });

  test('integers wrap round', () => {
    Heap.use(engine, (heap) => {
      const a = heap.put(BigInt64Array.of(2n ** 62n, 2n ** 62n, 5n));
      const out = heap.room(BigInt64Array, 1);
      writeLoop(engine, [1, 3, 1]);
      kernels.sum.i64(out, a, 1);
      expect(heap.get(out, BigInt64Array, 1)[0]).toBe(5n - 2n ** 63n);
    });
  });
});
