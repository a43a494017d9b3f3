import { afterEach, describe, expect, test } from 'vitest';
import { type Convolution, compute, geometry, reference } from './convolution.testing.js';
import { engines } from './engines.testing.js';
import { expectClose, floats, Random, type Reals } from './heap.testing.js';
import { runScript } from './processes.testing.js';

const [f32, f64] = floats;
const names = ['out', 'dx', 'dweight', 'dbias'];

/** Activations behind a ReLU, He's weights, and gradients as batch normalisation hands them on. */
function layer(p: Convolution) {
  const { lengths } = geometry(p);
  const random = new Random(lengths.x + lengths.weight);
  const spread = Math.sqrt(6 / (9 * p.c));
  return {
    x: random.fill(Float32Array, lengths.x, (u) => Math.max(0, u)),
    weight: random.fill(Float32Array, lengths.weight, (u) => u * spread),
    bias: random.fill(Float32Array, p.oc),
    grad: random.fill(Float32Array, lengths.out),
  };
}

/** The root of the mean square of what `actual` is off by. */
function error(actual: Reals, wanted: Reals): number {
  let sum = 0;
  for (let i = 0; i < wanted.length; i++) sum += (actual[i]! - wanted[i]!) ** 2;
  return Math.sqrt(sum / wanted.length);
}

describe.each(engines)('3 x 3 convolution by Winograd on $name', (engine) => {
  const { conv2d_winograd } = engine.kernels;
  afterEach(() => conv2d_winograd.f32(1));

  function check(p: Convolution) {
    const { x, weight, bias, grad } = layer(p);
    const results = compute(engine, f32, p, x, weight, bias, grad);
    const wanted = reference(p, x, weight, bias, grad);
    for (const [i, what] of names.entries()) {
      expectClose(results[i]!, wanted[i]!, f32.tolerance, `${what} of ${JSON.stringify(p)}`);
    }
    return results;
  }

  test('pictures around the tiles', () => {
    for (const size of [4, 7, 8, 9, 10, 11, 12, 13]) {
      check({ n: 2, size: [size, 8], c: 16, oc: 16, kernel: [3, 3], pad: [1, 1] });
      check({ n: 1, size: [8, size], c: 16, oc: 16, kernel: [3, 3], pad: [1, 1] });
    }
  });

  test('any padding', () => {
    for (const pad of [
      [0, 0],
      [2, 0],
      [0, 1],
      [2, 2],
      [3, 4],
    ] as const)
      check({ n: 2, size: [10, 14], c: 16, oc: 17, kernel: [3, 3], pad });
  });

  test('channels around the vectors, the panels and the pieces of a sum', () => {
    for (const c of [17, 31, 33, 48, 65]) {
      check({ n: 1, size: [8, 8], c, oc: 20, kernel: [3, 3], pad: [1, 1] });
      check({ n: 1, size: [8, 8], c: 20, oc: c, kernel: [3, 3], pad: [1, 1] });
    }
    check({ n: 1, size: [4, 4], c: 260, oc: 16, kernel: [3, 3], pad: [1, 1] });
  });

  test('few tiles, where tasks divide the panels', () => {
    check({ n: 1, size: [8, 8], c: 16, oc: 200, kernel: [3, 3], pad: [1, 1] });
    check({ n: 2, size: [6, 9], c: 130, oc: 16, kernel: [3, 3], pad: [1, 1] });
  });

  test('more tiles than a chunk', () => {
    check({ n: 9, size: [16, 12], c: 16, oc: 18, kernel: [3, 3], pad: [1, 1] });
    check({ n: 200, size: [4, 4], c: 16, oc: 16, kernel: [3, 3], pad: [1, 1] });
    // Enough for parts of the weights' gradient with sums of their own, the last block not full.
    check({ n: 11, size: [30, 29], c: 17, oc: 35, kernel: [3, 3], pad: [1, 1] });
  });

  test('groups', () => {
    check({ n: 2, size: [9, 8], c: 48, oc: 52, groups: 2, kernel: [3, 3], pad: [1, 1] });
    check({ n: 3, size: [12, 14], c: 75, oc: 153, groups: 3, kernel: [3, 3], pad: [1, 0] });
  });

  test('taps with pixels between them', () => {
    for (const size of [8, 10, 15, 17]) {
      check({ n: 2, size: [size, 16], c: 24, oc: 24, kernel: [3, 3], pad: [2, 2], dilation: [2, 2] });
      check({ n: 1, size: [20, size], c: 24, oc: 33, kernel: [3, 3], pad: [0, 3], dilation: [1, 2] });
    }
    check({ n: 2, size: [25, 22], c: 50, oc: 48, groups: 2, kernel: [3, 3], pad: [4, 3], dilation: [3, 2] });
  });

  test.each([
    { n: 4, size: [16, 16], c: 64, oc: 64, kernel: [3, 3], pad: [1, 1] },
    { n: 16, size: [8, 8], c: 128, oc: 128, kernel: [3, 3], pad: [1, 1] },
    { n: 32, size: [4, 4], c: 256, oc: 256, kernel: [3, 3], pad: [1, 1] },
    { n: 4, size: [14, 14], c: 128, oc: 128, groups: 4, kernel: [3, 3], pad: [1, 1] },
    { n: 4, size: [28, 28], c: 64, oc: 64, kernel: [3, 3], pad: [2, 2], dilation: [2, 2] },
  ] satisfies Convolution[])('errors within 4 times those of the direct form: $c channels at $size', (p) => {
    const { x, weight, bias, grad } = layer(p);
    const run = () => compute(engine, f32, p, x, weight, bias, grad);
    const double = (values: Reals) => Float64Array.from(values);
    const wanted = compute(engine, f64, p, double(x), double(weight), double(bias), double(grad));
    const fast = run();
    conv2d_winograd.f32(0);
    const direct = run();
    for (const [i, what] of names.slice(0, 3).entries()) {
      const [mine, other] = [error(fast[i]!, wanted[i]!), error(direct[i]!, wanted[i]!)];
      expect(mine, `${what} is not computed in another way`).not.toBe(other);
      expect(mine / other, what).toBeLessThan(4);
    }
  });

  test('float64 never goes this way', () => {
    const p: Convolution = { n: 1, size: [8, 8], c: 16, oc: 16, kernel: [3, 3], pad: [1, 1] };
    const { x, weight, grad } = layer(p);
    const double = (values: Reals) => Float64Array.from(values);
    const run = () => compute(engine, f64, p, double(x), double(weight), null, double(grad));
    const on = run();
    conv2d_winograd.f32(0);
    expect(run()).toEqual(on);
  });

  test('FLAMBEAU_WINOGRAD=0 turns it off', () => {
    const script = `
      const numbers = [1, 8, 8, 16, 8, 8, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1];
      const place = engine.allocate(4 * (1024 + 1024 + 2304));
      engine.write(place + 4096, Float32Array.from({ length: 1024 + 2304 }, (_, i) => Math.sin(i * i)));
      engine.kernels.conv2d_forward.f32(place, place + 4096, place + 8192, 0, 0, 0, ...numbers);
      const out = new Float32Array(1024);
      engine.read(place, out);
      console.log(JSON.stringify([...out]));`;
    const run = (FLAMBEAU_WINOGRAD: string) => runScript(script, { FLAMBEAU_ENGINE: engine.name, FLAMBEAU_WINOGRAD });
    const [off, on] = [run('0').out as number[], run('').out as number[]];
    expectClose(on, off, f32.tolerance);
    expect(on).not.toEqual(off);
  });
});
