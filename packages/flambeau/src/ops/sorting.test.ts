import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const withNaN = () => fl.tensor([1, Number.NaN, 3, Number.NaN, 2]);

describe('sorting', () => {
  test('NaN counts as the largest, equal entries keep their order', () => {
    expect(withNaN().sort().indices.toArray()).toEqual([0, 4, 2, 1, 3]);
    expect(withNaN().argsort(0, { descending: true }).toArray()).toEqual([1, 3, 2, 4, 0]);
    expect(fl.tensor([true, false, true]).sort().indices.toArray()).toEqual([1, 0, 2]);
  });

  test('along any dimension', () => {
    const x = fl.tensor([
      [3, 1],
      [2, 5],
    ]);
    expect(x.sort(0).values.toArray()).toEqual([
      [2, 1],
      [3, 5],
    ]);
    expect(x.topk(1, 0).indices.toArray()).toEqual([[0, 1]]);
    expect(x.kthvalue(2).values.toArray()).toEqual([3, 5]);
    expect(() => x.topk(3)).toThrow('topk: there are not 3 entries along a dimension of size 2');
  });

  test('the median is the lower of two, NaN if there is one', () => {
    expect(fl.tensor([4, 1, 3, 2]).median().item()).toBe(2);
    const { values, indices } = fl.stack([withNaN(), fl.arange(5).float()]).median(1);
    expect(values.toArray()).toEqual([Number.NaN, 2]);
    expect(indices.toArray()).toEqual([1, 2]);
  });

  test('gradients go back to where the values came from', () => {
    expectGradients((x) => x.sort(0, { descending: true }).values, leaf(4, 3));
    expectGradients((x) => x.topk(2, 1).values, leaf(2, 4, 3));
    expectGradients((x) => x.kthvalue(2, 0).values, leaf(4, 3));
    expectGradients((x) => x.median(1).values, leaf(2, 4, 3));
    expectGradients((x) => x.median(), leaf(3, 3));
  });
});

test('unique, with the way back and the counts', () => {
  const { output, inverse, counts } = fl.tensor([3, 1, 3, 2]).unique({ returnInverse: true, returnCounts: true });
  expect(output.toArray()).toEqual([1, 2, 3]);
  expect(inverse?.toArray()).toEqual([2, 0, 2, 1]);
  expect(counts?.toArray()).toEqual([1, 1, 2]);
  expect(fl.zeros([0]).unique().shape).toEqual([0]);
});

test('unique of other dtypes: truth values, both zeros are one, every NaN is one of its own', () => {
  const truths = fl.tensor([true, false, true]).unique();
  expect([truths.dtype, truths.toArray()]).toEqual(['bool', [false, true]]);
  const { output, counts } = fl.tensor([0, Number.NaN, -0, Number.NaN, -1]).unique({ returnCounts: true });
  expect(output.toArray()).toEqual([-1, 0, Number.NaN, Number.NaN]);
  expect(counts?.toArray()).toEqual([1, 2, 1, 1]);
  const { inverse } = fl
    .tensor([[7], [5]])
    .t()
    .unique({ returnInverse: true }) as { inverse: fl.Tensor };
  expect(inverse.toArray()).toEqual([[1, 0]]);
});

test('kthvalue with its dimension or without', () => {
  const x = fl.tensor([
    [3, 1, 2],
    [2, 5, 2],
  ]);
  expect(x.kthvalue(2, 1).indices.toArray()).toEqual([2, 2]);
  expect(x.kthvalue(1, 0, { keepdim: true }).values.toArray()).toEqual([[2, 1, 2]]);
  expect(x.median(0, { keepdim: true }).indices.toArray()).toEqual([[1, 0, 0]]);
});

test('bincount', () => {
  expect(fl.tensor([0, 2, 2]).bincount({ minlength: 4 }).toArray()).toEqual([1, 0, 2, 0]);
  expect(
    fl
      .tensor([0, 2, 2])
      .bincount(fl.tensor([0.5, 1, 2]))
      .toArray(),
  ).toEqual([0.5, 0, 3]);
  expect(() => fl.tensor([-1]).bincount()).toThrow('bincount: counts no negative numbers, but there is -1');
});
