import { describe, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random, type Reals } from './heap.testing.js';

interface Case {
  n?: number;
  h?: number;
  kvHeads?: number;
  l: number;
  s: number;
  e: number;
  ev?: number;
  causal?: boolean;
  mask?: boolean;
  keep?: boolean;
}

/** Rows of an array that is (N, H, L, E). */
const view = (values: Reals, h: number, l: number, e: number) => (i: number, head: number, row: number) =>
  values.subarray(((i * h + head) * l + row) * e, ((i * h + head) * l + row + 1) * e);
const dot = (a: Reals, b: Reals) => {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
};

/** The definition, with all probabilities of a row at hand; gradients by its derivative. */
function reference(p: Required<Case>, [q, k, v, grad]: Reals[], mask: Reals | null, keep: Uint8Array | null) {
  const { n, h, kvHeads, l, s, e, ev } = p;
  const [scale, keepScale] = [1 / Math.sqrt(e), 1.25];
  const results = [n * h * l * ev, n * h * l, n * h * l * e, n * kvHeads * s * e, n * kvHeads * s * ev].map(
    (size) => new Float64Array(size),
  );
  const [out, lse, dq, dk, dv] = results as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const rows = {
    q: view(q as Reals, h, l, e),
    k: view(k as Reals, kvHeads, s, e),
    v: view(v as Reals, kvHeads, s, ev),
    grad: view(grad as Reals, h, l, ev),
    out: view(out, h, l, ev),
    dq: view(dq, h, l, e),
    dk: view(dk, kvHeads, s, e),
    dv: view(dv, kvHeads, s, ev),
  };
  const add = (to: Reals, from: Reals, factor: number) => {
    for (let j = 0; j < to.length; j++) to[j] = (to[j] as number) + factor * (from[j] as number);
  };
  for (let i = 0; i < n; i++) {
    for (let head = 0; head < h; head++) {
      const kv = Math.floor(head / (h / kvHeads));
      for (let r = 0; r < l; r++) {
        const at = (i * h + head) * l + r;
        const scores = Array.from({ length: s }, (_, j) =>
          p.causal && j > r
            ? Number.NEGATIVE_INFINITY
            : dot(rows.q(i, head, r), rows.k(i, kv, j)) * scale + (mask?.[(i * l + r) * s + j] ?? 0),
        );
        const peak = Math.max(...scores);
        const sum = scores.reduce(
          (total, x) => total + (peak === Number.NEGATIVE_INFINITY ? 0 : Math.exp(x - peak)),
          0,
        );
        lse[at] = sum === 0 ? Number.POSITIVE_INFINITY : peak + Math.log(sum);
        const y = scores.map((x) => (sum === 0 ? 0 : Math.exp(x - (lse[at] as number))));
        const kept = (j: number) => (keep === null ? 1 : (keep[at * s + j] as number) * keepScale);
        y.forEach((x, j) => {
          add(rows.out(i, head, r), rows.v(i, kv, j), x * kept(j));
        });
        const slopes = y.map((_, j) => dot(rows.grad(i, head, r), rows.v(i, kv, j)) * kept(j));
        const total = slopes.reduce((all, x, j) => all + x * (y[j] as number), 0);
        y.forEach((x, j) => {
          const slope = x * ((slopes[j] as number) - total) * scale;
          add(rows.dq(i, head, r), rows.k(i, kv, j), slope);
          add(rows.dk(i, kv, j), rows.q(i, head, r), slope);
          add(rows.dv(i, kv, j), rows.grad(i, head, r), x * kept(j));
        });
      }
    }
  }
  return results;
}

describe.each(engines)('attention on $name', (engine) => {
  const { kernels } = engine;

  function check(float: Float, given: Case) {
    const { type, Values, tolerance } = float;
    const base = { n: 1, h: 1, causal: false, mask: false, keep: false };
    const p: Required<Case> = { kvHeads: given.h ?? 1, ev: given.e, ...base, ...given };
    const { n, h, kvHeads, l, s, e, ev } = p;
    const random = new Random(l + s + e);
    const sizes = [n * h * l * e, n * kvHeads * s * e, n * kvHeads * s * ev, n * h * l * ev];
    const inputs = sizes.map((size) => random.fill(Values, size, (x) => 2 * x));
    const mask = p.mask ? random.fill(Values, n * l * s, (x) => (x > 0.5 ? Number.NEGATIVE_INFINITY : x)) : null;
    if (mask !== null) mask.fill(Number.NEGATIVE_INFINITY, 0, s); // the first query sees nothing
    const keep = p.keep ? Uint8Array.from(random.fill(Values, n * h * l * s), (x) => Number(x > -0.6)) : null;
    const wanted = reference(p, inputs, mask, keep);
    const results = onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const [q, k, v, grad] = inputs.map((values) => heap.put(values)) as [number, number, number, number];
        const [out, lse, dq, dk, dv] = wanted.map((values) => heap.room(Values, values.length)) as number[];
        const keepPlace = keep === null ? 0 : heap.put(new Int32Array(padded(keep).buffer));
        const numbers = [n, h, kvHeads, l, s, e, ev, l * s, 0, s, Number(p.causal), 1 / Math.sqrt(e), 1.25] as const;
        const places = [lse as number, heap.put(mask), keepPlace] as const;
        const table = (...rows: [place: number, heads: number, length: number, width: number][]) =>
          engine.block.set(
            rows.flatMap(([place, heads, length, width]) => [place, heads * length * width, width, length * width]),
            BLOCK.loop,
          );
        const operands = [
          [q, h, l, e],
          [k, kvHeads, s, e],
          [v, kvHeads, s, ev],
          [out as number, h, l, ev],
        ] as [number, number, number, number][];
        table(...operands);
        kernels.attention[type](...places, ...numbers);
        table(
          ...operands,
          [grad, h, l, ev],
          [dq as number, h, l, e],
          [dk as number, kvHeads, s, e],
          [dv as number, kvHeads, s, ev],
        );
        kernels.attention_backward[type](...places, ...numbers);
        return [out, lse, dq, dk, dv].map((place, i) => heap.get(place as number, Values, (wanted[i] as Reals).length));
      }),
    );
    results.forEach((values, i) => {
      expectClose(
        values,
        wanted[i] as Reals,
        4 * tolerance,
        `${['out', 'lse', 'dq', 'dk', 'dv'][i]} of ${JSON.stringify(given)}`,
      );
    });
  }

  test.each(floats)('shapes around the blocks, $type', (float) => {
    check(float, { l: 1, s: 1, e: 1 });
    check(float, { n: 2, h: 2, l: 7, s: 5, e: 3, ev: 4 });
    check(float, { l: 60, s: 130, e: 16 });
    check(float, { l: 57, s: 300, e: 33, ev: 8 });
    check(float, { n: 9, h: 2, l: 20, s: 20, e: 8 });
    check(float, { l: 3, s: 0, e: 4 });
  });

  test.each(floats)('masks, causal and dropped, $type', (float) => {
    check(float, { l: 70, s: 140, e: 8, mask: true });
    check(float, { n: 2, l: 70, s: 140, e: 8, causal: true });
    check(float, { l: 140, s: 70, e: 8, causal: true, keep: true });
    check(float, { n: 2, h: 2, l: 30, s: 40, e: 5, mask: true, keep: true });
  });

  test.each(floats)('heads that share their keys, $type', (float) => {
    check(float, { n: 2, h: 4, kvHeads: 2, l: 30, s: 40, e: 6 });
    check(float, { h: 3, kvHeads: 1, l: 300, s: 20, e: 8, causal: true });
  });
});

/** Bytes up to a multiple of four. */
const padded = (bytes: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
};
