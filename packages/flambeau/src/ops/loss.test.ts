import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const F = fl.nn.functional;
const logits = () =>
  fl.tensor(
    [
      [2, 1, 0],
      [0, 1, 2],
    ],
    { dtype: 'float32' },
  );

describe('losses of differences', () => {
  const [a, b] = [fl.tensor([0, 3], { dtype: 'float32' }), fl.tensor([0.5, 0])];

  test('values', () => {
    expect(F.mseLoss(a, b).item()).toBe(4.625);
    expect(F.l1Loss(a, b, { reduction: 'none' }).toArray()).toEqual([0.5, 3]);
    expect(F.smoothL1Loss(a, b).item()).toBe(1.3125);
    expect(F.huberLoss(a, b, { delta: 2 }).item()).toBe(2.0625);
  });

  test.each(['none', 'mean', 'sum'] as const)('gradients with reduction %s', (reduction) => {
    for (const loss of [F.mseLoss, F.smoothL1Loss, F.huberLoss, F.l1Loss])
      expectGradients((x, y) => loss(x, y, { reduction }), leaf(3, 4), leaf(3, 4).detach().mul(0.3).requiresGrad_());
  });

  test('refuse integers, and shapes that would broadcast', () => {
    expect(() => F.mseLoss(fl.ones(2), fl.tensor([1, 2]))).toThrow(
      "mseLoss: the target must be floating-point, not int64; convert with .to('float32')",
    );
    expect(() => F.mseLoss(fl.ones(2, 1), fl.ones(2))).toThrow(fl.ShapeError);
    expect(() => F.mseLoss(fl.ones(2), fl.ones(2), { reduction: 'max' as never })).toThrow("not 'max'");
  });
});

describe('crossEntropy', () => {
  const labels = fl.tensor([0, 1]);

  test('class indices, smoothed and weighted', () => {
    expect(F.crossEntropy(logits(), labels).item()).toBeCloseTo(0.9076, 4);
    const weight = fl.tensor([1, 2, 3], { dtype: 'float32' });
    expect(F.crossEntropy(logits(), labels, { labelSmoothing: 0.1, weight }).item()).toBeCloseTo(1.1545, 4);
  });

  test('probabilities', () => {
    expect(F.crossEntropy(logits(), logits().softmax(1)).item()).toBeCloseTo(0.8324, 4);
  });

  test('ignored targets count for nothing; a batch of them has no mean', () => {
    const some = F.crossEntropy(logits(), fl.tensor([0, -100]));
    expect(some.item()).toBe(F.crossEntropy(logits().at('0:1'), fl.tensor([0])).item());
    expect(F.crossEntropy(logits(), fl.tensor([-100, -100])).item()).toBeNaN();
  });

  test.each(['none', 'mean', 'sum'] as const)('gradients with reduction %s', (reduction) => {
    const weight = fl.tensor([1, 2, 0.5, 3], { dtype: 'float64' });
    const target = fl.tensor([0, 3, 2]);
    const options = { reduction, weight, ignoreIndex: 2, labelSmoothing: 0.1 };
    expectGradients((x) => F.crossEntropy(x, target, options), leaf(3, 4));
    expectGradients((x, p) => F.crossEntropy(x, p.softmax(1), { reduction, weight }), leaf(3, 4), leaf(3, 4));
    const pixels = fl.tensor([
      [
        [0, 1],
        [2, 0],
      ],
      [
        [1, 1],
        [2, 2],
      ],
    ]);
    expectGradients((x) => F.crossEntropy(x, pixels, { reduction }), leaf(2, 3, 2, 2));
    expectGradients((x) => F.nllLoss(x, fl.tensor(2), { reduction }), leaf(3));
  });

  test('wrong targets are named', () => {
    expect(() => F.crossEntropy(logits(), fl.tensor([0, 3]))).toThrow(
      'crossEntropy: target 3 is none of the 3 classes',
    );
    expect(() => F.crossEntropy(logits(), fl.tensor([0, 1], { dtype: 'float32' }))).toThrow(
      'convert the target with .long()',
    );
    expect(() => F.crossEntropy(logits(), fl.tensor([0, 1], { dtype: 'int32' }))).toThrow(fl.DTypeError);
    expect(() => F.crossEntropy(logits(), fl.tensor([0]))).toThrow(
      'crossEntropy: class indices must be [2] for this input (got [1] and [2, 3])',
    );
  });
});

describe('binary cross entropy', () => {
  test('stays finite at 0 and 1, and so does its gradient', () => {
    const x = fl.tensor([0, 1, 0.5], { requiresGrad: true });
    const loss = F.binaryCrossEntropy(x, fl.tensor([1, 0, 1], { dtype: 'float32' }), { reduction: 'sum' });
    loss.backward();
    expect(loss.item()).toBeCloseTo(200.6931, 3);
    expect(x.grad?.isfinite().all().item()).toBe(1);
  });

  test('with logits of any size', () => {
    const x = fl.tensor([1000, -1000, 0], { dtype: 'float32' });
    const loss = F.binaryCrossEntropyWithLogits(x, fl.tensor([1, 0, 1], { dtype: 'float32' }), { reduction: 'none' });
    expect(loss.toArray()).toEqual([0, 0, Math.fround(Math.LN2)]);
  });

  test('gradients', () => {
    expectGradients((x, y) => F.binaryCrossEntropy(x.sigmoid(), y.sigmoid()), leaf(3, 4), leaf(3, 4));
    expectGradients(
      (x, y, posWeight) => F.binaryCrossEntropyWithLogits(x, y.sigmoid(), { posWeight }),
      leaf(3, 4),
      leaf(3, 4),
      leaf(4),
    );
  });

  test('refuses logits', () => {
    expect(() => F.binaryCrossEntropy(fl.tensor([1.5]), fl.ones(1))).toThrow(
      'for logits use binaryCrossEntropyWithLogits',
    );
  });
});

test('klDiv: a target of 0 costs nothing', () => {
  const input = fl.tensor([0.5, 0.5]).log();
  expect(F.klDiv(input, fl.tensor([1, 0], { dtype: 'float32' }), { reduction: 'sum' }).item()).toBeCloseTo(Math.LN2, 6);
});
