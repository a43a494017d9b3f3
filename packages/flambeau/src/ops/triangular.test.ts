import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const square = () => fl.arange(1, 10).reshape(3, 3);

test('triangles', () => {
  expect(square().tril().toArray()).toEqual([
    [1, 0, 0],
    [4, 5, 0],
    [7, 8, 9],
  ]);
  expect(square().triu(1).toArray()).toEqual([
    [0, 2, 3],
    [0, 0, 6],
    [0, 0, 0],
  ]);
  expect(square().tril_({ diagonal: -1 }).at(2).toArray()).toEqual([7, 8, 0]);
  expect(() => fl.ones(3).tril()).toThrow('tril: needs a matrix');
});

test('diagonals', () => {
  const x = square();
  expect(x.diagonal(1).toArray()).toEqual([2, 6]);
  x.diagonal().fill_(0);
  expect(x.at(1, 1).item()).toBe(0);
  expect(fl.tensor([1, 2]).diag(-1).toArray()).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [0, 2, 0],
  ]);
  expect(x.diagonal(5).shape).toEqual([0]);
});

test('gradients', () => {
  expectGradients((x) => x.triu(1), leaf(2, 3, 4));
  expectGradients((x) => x.diagonal(1, { dim1: 0, dim2: 2 }), leaf(3, 2, 4));
  expectGradients((x) => x.diag(-1), leaf(3));
});
