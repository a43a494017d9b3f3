import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { embedding, embeddingBag, oneHot } = fl.nn.functional;

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

test('maxNorm scales the rows that are read down in the table itself, and no others', () => {
  const weight = fl.tensor([
    [3, 4],
    [0.3, 0.4],
    [30, 40],
  ]);
  const rows = embedding(fl.tensor([0, 1, 0]), weight, { maxNorm: 1 });
  expect(rows.norm(2, { dim: 1 }).toArray()).toEqual([1, 0.5, 1].map((norm) => expect.closeTo(norm, 6)));
  expect(weight.at(2).toArray()).toEqual([30, 40]);
  expect(weight.at(0).equal(rows.at(0))).toBe(true);
  embeddingBag(fl.tensor([[2]]), weight, { maxNorm: 7, normType: 1 });
  expect(weight.at(2).sum().item()).toBeCloseTo(7, 5);
});

test('the second derivative knows padding and frequencies', () => {
  const weight = fl.tensor([[1], [2], [3]], { dtype: 'float64' }).requiresGrad_();
  const index = fl.tensor([0, 1, 1]);
  const scaled = embedding(index, weight, { paddingIdx: 0, scaleGradByFreq: true });
  const [first] = fl.autograd.grad([scaled.square().sum()], [weight], { createGraph: true });
  expect(first?.toArray()).toEqual([[0], [4], [0]]);
  const [second] = fl.autograd.grad([(first as fl.Tensor).sum()], [weight]);
  expect(second?.toArray()).toEqual([[0], [1], [0]]);
});

test('bags that cannot be are refused', () => {
  const weight = fl.ones(3, 2);
  const index = fl.tensor([0, 1, 2]);
  const bag = (options: object) => () => embeddingBag(index, weight, options);
  expect(bag({})).toThrow('a 1-D input needs `offsets`');
  expect(bag({ offsets: fl.tensor([0, 4]) })).toThrow("offset 4 is behind the input's 3 numbers");
  expect(bag({ offsets: fl.tensor([0, 2, 1]) })).toThrow('offsets must ascend, but 1 follows 2');
  expect(bag({ offsets: fl.tensor([0, 2]), includeLastOffset: true })).toThrow('the last offset must be 3');
  expect(bag({ offsets: fl.tensor([0]), mode: 'max', scaleGradByFreq: true })).toThrow('has no scaleGradByFreq');
  expect(bag({ offsets: fl.tensor([0]), perSampleWeights: fl.ones(3) })).toThrow("perSampleWeights need mode 'sum'");
  expect(bag({ offsets: fl.tensor([0]), sparse: true })).toThrow('sparse gradients are not there');
});

test('oneHot', () => {
  expect(oneHot(fl.tensor([0, 2])).toArray()).toEqual([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(oneHot(fl.tensor(1), 4).toArray()).toEqual([0, 1, 0, 0]);
  expect(() => oneHot(fl.tensor([2]), 2)).toThrow(fl.IndexError);
});
