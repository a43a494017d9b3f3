import { describe, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random } from './heap.testing.js';

const eps = 1e-5;

interface Case {
  n: number;
  c: number;
  p: number;
  groups: number;
  last: boolean;
  affine?: boolean;
  offset?: number;
}

describe.each(engines)('group normalisation on $name', (engine) => {
  const { kernels } = engine;

  function check({ type, Values, tolerance }: Float, { n, c, p, groups, last, affine = true, offset = 0 }: Case) {
    const random = new Random(n + c + p);
    const size = n * c * p;
    const x = random.fill(Values, size, (v) => v + offset);
    const grad = random.fill(Values, size);
    const weight = affine ? random.fill(Values, c) : null;
    const bias = affine ? random.fill(Values, c) : null;
    const place = (i: number, k: number, q: number) => (last ? (i * p + q) * c + k : (i * c + k) * p + q);

    const wanted = [size, size, c, c].map((length) => new Float64Array(length));
    const [out, dx, dweight, dbias] = wanted as [Float64Array, Float64Array, Float64Array, Float64Array];
    const width = c / groups;
    for (let i = 0; i < n; i++) {
      for (let g = 0; g < groups; g++) {
        const members = Array.from({ length: width * p }, (_, at) => ({
          k: g * width + Math.floor(at / p),
          at: place(i, g * width + Math.floor(at / p), at % p),
        }));
        const mean = offset + members.reduce((sum, { at }) => sum + (x[at]! - offset), 0) / members.length;
        const variance = members.reduce((sum, { at }) => sum + (x[at]! - mean) ** 2, 0) / members.length;
        const rstd = 1 / Math.sqrt(variance + eps);
        const normal = (at: number) => (x[at]! - mean) * rstd;
        const slope = (k: number, at: number) => grad[at]! * (weight?.[k] ?? 1);
        const total = members.reduce((sum, { k, at }) => sum + slope(k, at), 0) / members.length;
        const product = members.reduce((sum, { k, at }) => sum + slope(k, at) * normal(at), 0) / members.length;
        for (const { k, at } of members) {
          out[at] = normal(at) * (weight?.[k] ?? 1) + (bias?.[k] ?? 0);
          dx[at] = rstd * (slope(k, at) - total - normal(at) * product);
          dweight[k] = dweight[k]! + grad[at]! * normal(at);
          dbias[k] = dbias[k]! + grad[at]!;
        }
      }
    }

    const results = onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const [mean, rstd] = [heap.room(Values, n * groups), heap.room(Values, n * groups)];
        const [xs, weights] = [heap.put(x), heap.put(weight)];
        const places = wanted.map((values) => heap.room(Values, values.length)) as [number, number, number, number];
        const extents = [n, c, p, groups, Number(last)] as const;
        kernels.group_norm[type](places[0], mean, rstd, xs, weights, heap.put(bias), ...extents, eps);
        const [, ...slopes] = places;
        kernels.group_norm_backward[type](...slopes, heap.put(grad), xs, weights, mean, rstd, ...extents);
        return places.map((from, i) => heap.get(from, Values, wanted[i]!.length));
      }),
    );
    // Far from zero the mean itself is known no better than a unit in its last place.
    const far = 1 + Math.abs(offset) / 10;
    results.forEach((values, i) => {
      expectClose(values, wanted[i]!, tolerance * far);
    });
  }

  test.each(floats)('examples of all layouts, $type', (float) => {
    for (const last of [false, true]) {
      check(float, { n: 3, c: 6, p: 10, groups: 3, last });
      check(float, { n: 1, c: 40, p: 33, groups: 5, last });
      check(float, { n: 2, c: 7, p: 5, groups: 7, last, affine: false });
      check(float, { n: 2, c: 32, p: 784, groups: 1, last });
      check(float, { n: 4, c: 8, p: 1, groups: 2, last });
    }
  });

  test('statistics are exact far from zero', () => {
    for (const last of [false, true]) check(floats[0], { n: 2, c: 8, p: 200, groups: 2, last, offset: 1000 });
  });
});
