import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { embedding, oneHot } = fl.nn.functional;

test('rows by number; the padding row gets no gradient', () => {
  const weight = fl.arange(6).float().reshape(3, 2).requiresGrad_();
  const rows = embedding(
    fl.tensor([
      [2, 0],
      [2, 1],
    ]),
    weight,
    { paddingIdx: 0 },
  );
  expect(rows.at(0).toArray()).toEqual([
    [4, 5],
    [0, 1],
  ]);
  rows.sum().backward();
  expect(weight.grad?.toArray()).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  expectGradients((w) => embedding(fl.tensor([0, 2, 2]), w), leaf(3, 2));
  expect(() => embedding(fl.tensor([3]), weight)).toThrow(fl.IndexError);
});

test('oneHot', () => {
  expect(oneHot(fl.tensor([0, 2])).toArray()).toEqual([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(oneHot(fl.tensor(1), 4).toArray()).toEqual([0, 1, 0, 0]);
  expect(() => oneHot(fl.tensor([2]), 2)).toThrow(fl.IndexError);
});
