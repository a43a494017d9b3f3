import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const withZeros = () =>
  fl.tensor(
    [
      [2, 0, 3, 0],
      [1, 4, 0, 5],
      [1, 2, 3, 4],
    ],
    { dtype: 'float64', requiresGrad: true },
  );

test('the gradient is exact at and behind zeros', () => {
  const x = withZeros();
  x.cumprod(1).sum().backward();
  expect(x.grad?.toArray()).toEqual([
    [1, 8, 0, 0],
    [5, 1, 24, 0],
    [33, 16, 10, 6],
  ]);
});

test('gradients of products with zeros', () => {
  expectGradients((x) => x.cumprod(1), withZeros());
  expectGradients((x) => x.prod(1), withZeros());
  expectGradients((x) => x.cumprod(0), leaf(3, 4));
});
