import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { leaf } from './gradients.testing.js';
import { gru, lstm, rnnTanh } from './recurrent.js';

/** Weights of both directions of one layer. */
const weights = (gates: number): fl.Tensor[] =>
  [0, 1].flatMap(() => [leaf(gates * 2, 1), leaf(gates * 2, 2), leaf(gates * 2), leaf(gates * 2)]);

const options = { bidirectional: true, batchSizes: [2, 2, 1] };

test('two directions over sequences of different lengths have the slopes of differences, twice', () => {
  for (const [op, gates] of [
    [gru, 3],
    [rnnTanh, 1],
  ] as const) {
    const inputs = [leaf(5, 1), leaf(2, 2, 2), ...weights(gates)];
    const call = (x: fl.Tensor, h: fl.Tensor, ...params: fl.Tensor[]): fl.Tensor => {
      const { output, hn } = op(x, h, params, options);
      return output.square().sum().add(hn.sum());
    };
    expect(fl.autograd.gradcheck(call, inputs)).toBe(true);
    expect(fl.autograd.gradgradcheck(call, inputs, { atol: 1e-4 })).toBe(true);
  }
  const inputs = [leaf(5, 1), leaf(2, 2, 2), leaf(2, 2, 2), ...weights(4)];
  const call = (x: fl.Tensor, h: fl.Tensor, c: fl.Tensor, ...params: fl.Tensor[]): fl.Tensor => {
    const { output, hn, cn } = lstm(x, [h, c], params, options);
    return output.square().sum().add(hn.sum()).add(cn.mul(0.5).sum());
  };
  expect(fl.autograd.gradcheck(call, inputs)).toBe(true);
  expect(fl.autograd.gradgradcheck(call, inputs, { atol: 1e-4 })).toBe(true);
});

test('a gradient that is itself recorded does not disturb the walk that it happens in', () => {
  const x = fl.ones([3, 1, 1], { dtype: 'float64' }).requiresGrad_();
  const params = weights(1).slice(0, 4);
  const before = x.mul(2); // lies behind the layer in the same graph
  const { output } = rnnTanh(before, null, params);
  const [slope] = fl.autograd.grad([output.sum()], [x], { createGraph: true });
  const [plain] = fl.autograd.grad([rnnTanh(x.mul(2), null, params).output.sum()], [x]);
  expect(
    (slope as fl.Tensor)
      .sub(plain as fl.Tensor)
      .abs()
      .max()
      .item(),
  ).toBeLessThan(1e-12);
  (slope as fl.Tensor).sum().backward();
  expect(x.grad?.shape).toEqual([3, 1, 1]);
});
