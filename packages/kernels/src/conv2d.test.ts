import { describe, test } from 'vitest';
import { type Convolution, compute, geometry, reference } from './convolution.testing.js';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Random } from './heap.testing.js';

describe.each(engines)('conv2d on $name', (engine) => {
  function check(float: Float, p: Convolution) {
    const { Values, tolerance } = float;
    const { lengths } = geometry(p);
    const random = new Random(lengths.x + lengths.weight);
    const x = random.fill(Values, lengths.x);
    const weight = random.fill(Values, lengths.weight);
    const grad = random.fill(Values, lengths.out);
    const bias = p.bias === false ? null : random.fill(Values, p.oc);
    const results = compute(engine, float, p, x, weight, bias, grad);
    const wanted = reference(p, x, weight, bias, grad);
    for (const [i, what] of ['out', 'dx', 'dweight', 'dbias'].entries()) {
      expectClose(results[i]!, wanted[i]!, tolerance, `${what} of ${JSON.stringify(p)}`);
    }
  }

  describe.each(floats)('$type', (float) => {
    test('channels around the tiles', () => {
      for (const c of [1, 2, 3, 4, 5, 8, 13, 14, 15, 17])
        check(float, { n: 2, size: [5, 7], c, oc: 6, kernel: [3, 3], pad: [1, 1] });
      for (const oc of [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 65]) {
        check(float, { n: 1, size: [6, 9], c: 3, oc, kernel: [3, 3], pad: [1, 1] });
        check(float, { n: 1, size: [6, 9], c: 5, oc, kernel: [3, 3], pad: [1, 1] });
      }
    });

    test('pictures of any width, where tiles cross rows and pictures', () => {
      for (let w = 1; w <= 33; w++) check(float, { n: 2, size: [3, w], c: 5, oc: 9, kernel: [3, 3], pad: [1, 1] });
    });

    test('a few small pictures, in one class with their padding or in many without, and tasks that divide the panels', () => {
      for (const n of [1, 2, 5]) {
        for (const [h, w] of [
          [1, 1],
          [2, 2],
          [4, 3],
          [7, 7],
        ] as const) {
          check(float, { n, size: [h, w], c: 6, oc: 70, kernel: [3, 3], pad: [1, 1] });
          check(float, { n, size: [h, w], c: 6, oc: 9, kernel: [3, 3], pad: [1, 1], stride: [2, 1], groups: 3 });
          check(float, { n, size: [h, w], c: 5, oc: 33, kernel: [5, 3], pad: [3, 2], dilation: [1, 2] });
        }
      }
    });

    test('strides, padding and dilation, the two dimensions apart', () => {
      for (const stride of [
        [1, 1],
        [2, 2],
        [3, 1],
        [1, 4],
      ] as const) {
        for (const pad of [
          [0, 0],
          [1, 2],
          [4, 3],
        ] as const) {
          for (const dilation of [
            [1, 1],
            [2, 2],
            [1, 3],
            [3, 2],
          ] as const) {
            for (const kernel of [
              [3, 3],
              [2, 1],
              [1, 4],
            ] as const) {
              check(float, { n: 2, size: [9, 11], c: 2, oc: 5, kernel, stride, pad, dilation });
              check(float, { n: 1, size: [9, 11], c: 6, oc: 4, kernel, stride, pad, dilation, bias: false });
            }
          }
        }
      }
    });

    test('groups', () => {
      for (const groups of [2, 3]) {
        for (const [c, oc] of [
          [1, 1],
          [4, 3],
          [8, 17],
          [15, 2],
        ] as const) {
          check(float, {
            n: 2,
            size: [5, 6],
            c: c * groups,
            oc: oc * groups,
            kernel: [3, 3],
            pad: [1, 1],
            stride: [2, 1],
            groups,
          });
          check(float, { n: 2, size: [4, 4], c: c * groups, oc: oc * groups, kernel: [1, 1], groups });
        }
      }
      check(float, { n: 1, size: [5, 5], c: 3, oc: 6, kernel: [3, 3], groups: 3 });
      check(float, { n: 2, size: [6, 6], c: 24, oc: 36, kernel: [3, 3], pad: [1, 1], groups: 12 });
      check(float, { n: 2, size: [6, 6], c: 32, oc: 32, kernel: [1, 3], stride: [1, 2], groups: 4 });
    });

    test('a group for every channel', () => {
      for (const c of [2, 3, 8, 16, 17, 33]) {
        for (const stride of [
          [1, 1],
          [2, 3],
        ] as const) {
          for (const dilation of [
            [1, 1],
            [2, 1],
          ] as const) {
            check(float, { n: 2, size: [7, 10], c, oc: c, kernel: [3, 3], pad: [1, 1], stride, dilation, groups: c });
          }
        }
      }
    });

    test('one tap, one pixel, a kernel larger than the picture', () => {
      check(float, { n: 3, size: [4, 5], c: 7, oc: 11, kernel: [1, 1] });
      check(float, { n: 3, size: [4, 5], c: 7, oc: 11, kernel: [1, 1], stride: [2, 2] });
      check(float, { n: 3, size: [1, 1], c: 20, oc: 30, kernel: [3, 3], pad: [1, 1] });
      check(float, { n: 2, size: [2, 2], c: 6, oc: 5, kernel: [5, 7], pad: [2, 3] });
      check(float, { n: 2, size: [2, 3], c: 6, oc: 5, kernel: [3, 3], pad: [5, 5] });
    });

    test('a first layer, and sums longer than a block', () => {
      check(float, { n: 5, size: [28, 28], c: 1, oc: 32, kernel: [5, 5], pad: [2, 2] });
      check(float, { n: 2, size: [8, 8], c: 64, oc: 40, kernel: [3, 3], pad: [1, 1] });
    });
  });
});
