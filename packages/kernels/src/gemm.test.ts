import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random } from './heap.testing.js';

interface Problem {
  m: number;
  n: number;
  k: number;
  transA?: boolean;
  transB?: boolean;
  batch?: number;
  bias?: boolean;
  beta?: number;
  /** Unused columns at the end of each stored row. */
  gap?: number;
  /** One B for the whole batch. */
  sharedB?: boolean;
}

const edges = (p: Problem) => {
  const { m, n, k, transA = false, transB = false, gap = 0 } = p;
  const lda = (transA ? m : k) + gap;
  const ldb = (transB ? k : n) + gap;
  return { lda, ldb, ldc: n + gap, aSize: (transA ? k : m) * lda, bSize: (transB ? n : k) * ldb, cSize: m * (n + gap) };
};

/** The definition: beta out + op(a) op(b) + bias, in doubles. */
function reference(p: Problem, a: Float64Array, b: Float64Array, bias: Float64Array | null, out: Float64Array) {
  const { m, n, k, transA, transB, batch = 1, beta = 0, sharedB } = p;
  const { lda, ldb, ldc, aSize, bSize, cSize } = edges(p);
  const result = out.slice();
  for (let q = 0; q < batch; q++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = bias ? bias[j]! : 0;
        for (let l = 0; l < k; l++) {
          const x = a[q * aSize + (transA ? l * lda + i : i * lda + l)]!;
          sum += x * b[(sharedB ? 0 : q * bSize) + (transB ? j * ldb + l : l * ldb + j)]!;
        }
        const at = q * cSize + i * ldc + j;
        result[at] = sum + (beta === 0 ? 0 : beta * out[at]!);
      }
    }
  }
  return result;
}

const name = (p: Problem) => JSON.stringify(p);

describe.each(engines)('gemm on $name', (engine) => {
  function check({ type, Values, tolerance }: Float, p: Problem, random = new Random(p.m + 31 * p.n + 1009 * p.k)) {
    const { batch = 1, beta = 0 } = p;
    const { lda, ldb, ldc, aSize, bSize, cSize } = edges(p);
    const a = random.fill(Values, batch * aSize);
    const b = random.fill(Values, batch * bSize);
    const bias = p.bias ? random.fill(Values, p.n) : null;
    // With beta 0 what the output held must not be read: NaN would show.
    const before = random.fill(Values, batch * cSize, (x) => (beta === 0 ? Number.NaN : x));
    const wanted = reference(
      p,
      new Float64Array(a),
      new Float64Array(b),
      bias && new Float64Array(bias),
      new Float64Array(before),
    );
    const [out] = onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const place = heap.put(before);
        engine.kernels.gemm[type](
          place,
          heap.put(a),
          heap.put(b),
          heap.put(bias),
          batch,
          p.m,
          p.n,
          p.k,
          Number(p.transA ?? false),
          lda,
          Number(p.transB ?? false),
          ldb,
          ldc,
          aSize,
          p.sharedB ? 0 : bSize,
          cSize,
          beta,
        );
        return [heap.get(place, Values, batch * cSize)];
      }),
    );
    expectClose(out!, wanted, tolerance, name(p));
  }

  describe.each(floats)('$type', (float) => {
    test('every transposition, at sizes around the tiles', () => {
      for (const transA of [false, true]) {
        for (const transB of [false, true]) {
          for (const m of [1, 2, 3, 6, 7, 13, 14, 15, 29]) {
            for (const n of [1, 2, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33]) {
              for (const k of [1, 2, 5, 17]) check(float, { m, n, k, transA, transB });
            }
          }
        }
      }
    });

    test('a weight in packed form gives the same numbers, for any number of rows', () => {
      const { type, Values } = float;
      const random = new Random(7);
      for (const [n, k, rows] of [
        [33, 530, [40, 1, 3, 200]],
        [64, 20, [1000, 3200]], // more rows than are multiplied at a time
        [3100, 9, [40, 70]], // more columns
      ] as const) {
        const weight = random.fill(Values, n * k);
        const bias = random.fill(Values, n);
        onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const [w, b] = [heap.put(weight), heap.put(bias)];
            engine.kernels.linear_kept[type](rows[0], n, k);
            const count = engine.block[0]!;
            expect(count).toBeGreaterThanOrEqual(n * k);
            const kept = heap.put(new Values(count));
            return rows.map((m, call) => {
              const x = heap.put(new Random(m).fill(Values, m * k));
              const [out, plain] = [heap.put(new Values(m * n)), heap.put(new Values(m * n))];
              engine.kernels.linear[type](out, x, w, b, kept, Number(call > 0), m, n, k, 0, k);
              engine.kernels.gemm[type](plain, x, w, b, 1, m, n, k, 0, k, 1, k, n, 0, 0, 0, 0);
              const answer = heap.get(out, Values, m * n);
              expectClose(answer, heap.get(plain, Values, m * n), 0, `${m} rows`);
              return answer;
            });
          }),
        );
      }
    });

    test('sums longer than a block, by every way', () => {
      for (const [m, n, k] of [
        [64, 10, 627],
        [10, 627, 64],
        [64, 62, 10],
        [49, 1, 300],
        [1, 300, 49],
        [1, 7, 600],
        [70, 70, 530],
      ] as const) {
        for (const transA of [false, true]) {
          for (const transB of [false, true]) check(float, { m, n, k, transA, transB, bias: true });
        }
      }
    });

    test('few outputs of very long sums, cut into parts along K', () => {
      for (const transA of [false, true]) {
        for (const transB of [false, true])
          check(float, { m: 21, n: 35, k: 5003, transA, transB, bias: true, beta: 1, gap: 2 });
      }
      check(float, { m: 21, n: 10, k: 5003, transB: true, bias: true, beta: -0.5 });
    });

    test('shapes of a small net and its gradients', () => {
      check(float, { m: 496, n: 100, k: 13, transB: true, bias: true });
      check(float, { m: 100, n: 13, k: 496, transA: true });
      check(float, { m: 496, n: 1, k: 100, transB: true, bias: true });
      check(float, { m: 496, n: 100, k: 1 });
      check(float, { m: 1, n: 100, k: 496, transA: true });
    });

    test('leading dimensions, batches, a repeated operand, bias and beta', () => {
      for (const [m, n, k] of [
        [3, 5, 4],
        [20, 33, 40],
        [1, 70, 9],
        [30, 3, 50],
      ] as const) {
        for (const beta of [0, 1, -0.5]) {
          for (const bias of [false, true]) {
            check(float, { m, n, k, beta, bias, gap: 3 });
            check(float, { m, n, k, beta, bias, batch: 3, transB: true });
            check(float, { m, n, k, beta, bias, batch: 9, sharedB: true, transA: true });
          }
        }
      }
    });

    test('an empty sum leaves beta out + bias', () => {
      check(float, { m: 3, n: 4, k: 0, bias: true });
      check(float, { m: 3, n: 4, k: 0, beta: 2, bias: true });
      check(float, { m: 3, n: 4, k: 0 });
      check(float, { m: 0, n: 4, k: 3 });
    });
  });

  test('a sum that overflows in float is infinite, and NaN goes on', () => {
    Heap.use(engine, (heap) => {
      const out = heap.room(Float32Array, 2);
      const a = heap.put(Float32Array.of(3e38, 3e38, Number.NaN, 0));
      const b = heap.put(Float32Array.of(1, 1));
      engine.kernels.gemm.f32(out, a, b, 0, 1, 2, 1, 2, 0, 2, 0, 1, 1, 0, 0, 0, 0);
      expect([...heap.get(out, Float32Array, 2)]).toEqual([Number.POSITIVE_INFINITY, Number.NaN]);
    });
  });

  test('integers are exact and wrap round', () => {
    Heap.use(engine, (heap) => {
      const out = heap.room(BigInt64Array, 4);
      const a = heap.put(BigInt64Array.of(2n ** 62n, 1n, 3n, -4n));
      const b = heap.put(BigInt64Array.of(4n, 5n, 6n, 7n));
      engine.kernels.gemm.i64(out, a, b, heap.put(BigInt64Array.of(1n, 0n)), 1, 2, 2, 2, 0, 2, 1, 2, 2, 0, 0, 0, 0);
      expect([...heap.get(out, BigInt64Array, 4)]).toEqual([6n, BigInt.asIntN(64, 2n ** 62n * 6n + 7n), -7n, -10n]);
      const small = heap.room(Int32Array, 1);
      const x = heap.put(Int32Array.of(2 ** 30, 3));
      engine.kernels.gemm.i32(small, x, x, 0, 1, 1, 1, 2, 0, 2, 1, 2, 1, 0, 0, 0, 0);
      expect([...heap.get(small, Int32Array, 1)]).toEqual([9]);
    });
  });
});
