import { expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { pad } = fl.nn.functional;
const row = () => fl.arange(1, 4).reshape(1, 3);

test('margins of a value; negative ones cut', () => {
  expect(pad(row(), [1, 2]).toArray()).toEqual([[0, 1, 2, 3, 0, 0]]);
  expect(pad(row(), [-1, 1, 0, 1], { value: 9 }).toArray()).toEqual([
    [2, 3, 9],
    [9, 9, 9],
  ]);
});

test('mirrored, repeated and wrapped margins', () => {
  expect(pad(row(), [2, 1], { mode: 'reflect' }).toArray()).toEqual([[3, 2, 1, 2, 3, 2]]);
  expect(pad(row(), [2, 1], { mode: 'replicate' }).toArray()).toEqual([[1, 1, 1, 2, 3, 3]]);
  expect(pad(row(), [2, 1], { mode: 'circular' }).toArray()).toEqual([[2, 3, 1, 2, 3, 1]]);
  expect(() => pad(row(), [3, 0], { mode: 'reflect' })).toThrow(fl.ShapeError);
});

test('gradients', () => {
  expectGradients((x) => pad(x, [1, -1, 0, 2], { value: 3 }), leaf(2, 3));
  for (const mode of ['reflect', 'replicate', 'circular'] as const)
    expectGradients((x) => pad(x, [1, 2, 1, 0], { mode }), leaf(2, 3, 4));
});
