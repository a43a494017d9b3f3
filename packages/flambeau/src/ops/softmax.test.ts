import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

describe('softmax', () => {
  test('sums to 1 along its dimension, without overflow', () => {
    const x = fl.tensor(
      [
        [1000, 1000],
        [0, 1001],
      ],
      { dtype: 'float32' },
    );
    expect(x.softmax(1).at(0).toArray()).toEqual([0.5, 0.5]);
    expect(x.softmax({ dim: 0 }).sum(0).toArray()).toEqual([1, 1]);
    expect(x.logSoftmax(1).at(1, 0).item()).toBe(-1001);
  });

  test('a scalar, and another dtype', () => {
    expect(fl.tensor(3.5).softmax(0).item()).toBe(1);
    expect(fl.tensor([1, 1]).softmax(0, { dtype: 'float64' }).toArray()).toEqual([0.5, 0.5]);
  });

  test.each([0, 1, -1])('gradients along %d', (dim) => {
    expectGradients((x) => x.softmax(dim), leaf(2, 3, 4));
    expectGradients((x) => x.logSoftmax(dim), leaf(2, 3, 4));
  });

  test('errors', () => {
    expect(() => fl.ones(2).softmax()).toThrow('softmax: name the dimension');
    expect(() => fl.tensor([1, 2]).softmax(0)).toThrow('softmax: not implemented for int64');
  });
});
