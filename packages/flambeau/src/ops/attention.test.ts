import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { scaledDotProductAttention } = fl.nn.functional;

/** The definition. */
const plain = (q: fl.Tensor, k: fl.Tensor, v: fl.Tensor): fl.Tensor =>
  q
    .matmul(k.mT())
    .div(Math.sqrt(q.shape[q.ndim - 1]))
    .softmax(-1)
    .matmul(v);

describe('scaledDotProductAttention', () => {
  test('is its definition', () => {
    const [q, k, v] = [fl.randn(2, 3, 150, 24), fl.randn(2, 3, 200, 24), fl.randn(2, 3, 200, 40)];
    expect(
      scaledDotProductAttention(q, k, v)
        .sub(plain(q, k, v))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-5);
  });

  test('large scores neither overflow nor vanish', () => {
    const q = fl.full([1, 2, 8], 40, { dtype: 'float32' });
    const out = scaledDotProductAttention(q, fl.cat([q, q.neg()], 1), fl.eye(4).unsqueeze(0), { scale: 1 });
    expect(out.toArray()).toEqual([
      [
        [0.5, 0.5, 0, 0],
        [0.5, 0.5, 0, 0],
      ],
    ]);
  });

  test('a query that sees no key gives zeros, and no gradient', () => {
    const [q, k, v] = [leaf(1, 1, 2, 3), leaf(1, 1, 4, 3), leaf(1, 1, 4, 2)];
    const attnMask = fl.tensor([[false], [true]]);
    const out = scaledDotProductAttention(q, k, v, { attnMask });
    expect(out.at(0, 0, 0).toArray()).toEqual([0, 0]);
    out.sum().backward();
    expect(q.grad?.at(0, 0, 0).toArray()).toEqual([0, 0, 0]);
    expectGradients((a, b, c) => scaledDotProductAttention(a, b, c, { attnMask }), q, k, v);
  });

  test('a NaN goes through', () => {
    const q = fl.tensor([[[1, Number.NaN]]]);
    expect(
      scaledDotProductAttention(q, fl.ones(1, 2, 2), fl.ones(1, 2, 2))
        .isnan()
        .all()
        .item(),
    ).toBe(1);
  });

  test('dropout draws what dropout of the probabilities would draw', () => {
    const [q, k, v] = [fl.randn(2, 2, 5, 4), fl.randn(2, 2, 6, 4), fl.randn(2, 2, 6, 3)];
    fl.manualSeed(1);
    const out = scaledDotProductAttention(q, k, v, { dropoutP: 0.5 });
    fl.manualSeed(1);
    const probabilities = q.matmul(k.mT()).div(2).softmax(-1);
    const wanted = fl.nn.functional.dropout(probabilities, 0.5).matmul(v);
    expect(out.sub(wanted).abs().max().item()).toBeLessThan(1e-5);
    expect(scaledDotProductAttention(q, k, v, { dropoutP: 1 }).abs().sum().item()).toBe(0);
  });

  test('gradients, with dropout and of the mask too', () => {
    const seeded = (q: fl.Tensor, k: fl.Tensor, v: fl.Tensor) => {
      fl.manualSeed(2);
      return scaledDotProductAttention(q, k, v, { dropoutP: 0.3, isCausal: true });
    };
    expectGradients(seeded, leaf(1, 2, 4, 2), leaf(1, 2, 4, 2), leaf(1, 2, 4, 3));
    expectGradients(
      (q, k, v, attnMask) => scaledDotProductAttention(q, k, v, { attnMask, enableGqa: true }),
      leaf(1, 2, 3, 2),
      leaf(1, 1, 2, 2),
      leaf(1, 1, 2, 2),
      leaf(3, 2),
    );
  });
});
