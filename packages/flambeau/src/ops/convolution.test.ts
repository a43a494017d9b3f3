import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { conv2d } = fl.nn.functional;
const picture = () => fl.arange(1, 10).float().reshape(1, 1, 3, 3);
const edge = () =>
  fl.tensor(
    [
      [
        [
          [1, 0],
          [0, -1],
        ],
      ],
    ],
    { dtype: 'float32' },
  );

describe('conv2d', () => {
  test('slides the weight over the picture', () => {
    const bias = fl.tensor([0.5]);
    expect(conv2d(picture(), edge(), { bias }).toArray()).toEqual([
      [
        [
          [-3.5, -3.5],
          [-3.5, -3.5],
        ],
      ],
    ]);
    expect(conv2d(picture(), edge(), { padding: 1, stride: 2 }).toArray()).toEqual([
      [
        [
          [-1, -3],
          [-7, -4],
        ],
      ],
    ]);
  });

  test("'same' pads behind where the window is even", () => {
    expect(conv2d(picture(), edge(), { padding: 'same' }).toArray()).toEqual([
      [
        [
          [-4, -4, 3],
          [-4, -4, 6],
          [7, 8, 9],
        ],
      ],
    ]);
    expect(() => conv2d(picture(), edge(), { padding: 'same', stride: 2 })).toThrow(
      "conv2d: padding 'same' needs stride 1, not [2, 2]",
    );
  });

  test('takes one picture without a batch', () => {
    expect(conv2d(picture().squeeze(0), edge()).shape).toEqual([1, 2, 2]);
  });

  test('a result is row-major to its reader whatever its memory', () => {
    const out = conv2d(
      fl.ones(2, 3, 4, 4),
      fl
        .arange(5 * 27)
        .float()
        .reshape(5, 3, 3, 3),
    );
    expect(out.isContiguous()).toBe(true);
    expect(out.view(2, 20).at(0, '0:5').toArray()).toEqual([351, 351, 351, 351, 1080]);
  });

  test('an input that is its own weight', () => {
    const x = fl.arange(16).float().reshape(2, 2, 2, 2);
    expect(conv2d(x, x).reshape([2, 2]).toArray()).toEqual([
      [140, 364],
      [364, 1100],
    ]);
  });

  test('inference keeps packed weights until they change', () => {
    const x = fl.randn([2, 20, 9, 9]);
    const answer = (weight: fl.Tensor) => fl.noGrad(() => conv2d(x, weight, { padding: 1 }));
    for (const [channels, taps] of [
      [20, 3],
      [5, 5],
    ]) {
      const weight = fl.randn([channels, 20, taps, taps]);
      const first = answer(weight);
      expect(answer(weight).equal(first)).toBe(true); // packs into memory that is kept
      expect(weight.storage.kept?.storage).not.toBe(null);
      expect(answer(weight).equal(first)).toBe(true); // and reads it there
      weight.mul_(2);
      for (let call = 0; call < 3; call++) expect(answer(weight).equal(first.mul(2))).toBe(true);
      const numbers = weight.data as Float32Array; // over the weight itself: it may change unseen
      numbers[0] += 1;
      expect(answer(weight).equal(first.mul(2))).toBe(false);
      numbers[0] -= 1;
      expect(answer(weight).sub(first.mul(2)).abs().max().item()).toBeLessThan(1e-4);
    }
  });

  test("packed weights are those of the way that is taken: Winograd's may be forbidden at any time", () => {
    const { conv2d_winograd } = fl.engine.kernels;
    const x = fl.randn([1, 32, 12, 12]);
    const weight = fl.randn([32, 32, 3, 3]);
    const answer = () => fl.noGrad(() => conv2d(x, weight, { padding: 1 }));
    const keep = () => [answer(), answer(), answer()].map((out) => out.toTypedArray());
    const winograd = keep();
    conv2d_winograd.f32(0);
    const direct = keep();
    conv2d_winograd.f32(1);
    expect(keep()).toEqual(winograd);
    expect(direct[2]).toEqual(direct[0]);
    expect(direct[0]).not.toEqual(winograd[0]);
  });

  test('gradients', () => {
    expectGradients(
      (x, w, bias) => conv2d(x, w, { bias, padding: 1, stride: 2 }),
      leaf(2, 3, 5, 4),
      leaf(4, 3, 3, 3),
      leaf(4),
    );
    expectGradients((x, w) => conv2d(x, w, { groups: 2, dilation: [2, 1] }), leaf(1, 4, 6, 5), leaf(2, 2, 2, 3));
    expectGradients((x, w) => conv2d(x, w, { padding: 'same' }), leaf(1, 4, 3), leaf(2, 1, 2, 3));
    expectGradients((x, w) => conv2d(x, w, { padding: [1, 0] }), leaf(2, 1, 4, 3), leaf(2, 1, 2, 3)); // windows span rows
  });

  test('errors name the sizes', () => {
    expect(() => conv2d(fl.ones(1, 3, 8, 8), fl.ones(4, 2, 3, 3))).toThrow(
      'conv2d: the weight takes 2 channels (groups 1), but the input has 3 (got [1, 3, 8, 8] and [4, 2, 3, 3])',
    );
    expect(() => conv2d(fl.ones(1, 1, 2, 2), fl.ones(1, 1, 3, 3))).toThrow('a window of 3 × 3 pixels does not fit');
    expect(() => conv2d(fl.ones(2, 2), fl.ones(1, 1, 3, 3))).toThrow(fl.ShapeError);
    expect(() => conv2d(picture(), edge().double())).toThrow(fl.DTypeError);
    expect(() => conv2d(picture(), edge(), { strides: 2 } as never)).toThrow("did you mean 'stride'?");
  });
});
