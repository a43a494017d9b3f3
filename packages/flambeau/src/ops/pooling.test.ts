import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const F = fl.nn.functional;
const picture = () => fl.arange(1, 10).float().reshape(1, 1, 3, 3);

describe('maxPool2d', () => {
  test('the largest of each window, with its place', () => {
    const { values, indices } = F.maxPool2d(picture(), 2, { stride: 1, returnIndices: true });
    expect(values.toArray()).toEqual([
      [
        [
          [5, 6],
          [8, 9],
        ],
      ],
    ]);
    expect(indices.toArray()).toEqual([
      [
        [
          [4, 5],
          [7, 8],
        ],
      ],
    ]);
    expect(indices.dtype).toBe('int64');
  });

  test('a NaN wins', () => {
    const x = fl.tensor([
      [
        [1, Number.NaN],
        [3, 4],
      ],
    ]);
    expect(F.maxPool2d(x, 2).item()).toBeNaN();
  });

  test('gradients', () => {
    expectGradients((x) => F.maxPool2d(x, 2), leaf(2, 3, 4, 5));
    expectGradients((x) => F.maxPool2d(x, 3, { stride: 2, padding: 1, ceilMode: true }), leaf(2, 5, 6));
  });

  test('refuses padding that no window would see', () => {
    expect(() => F.maxPool2d(picture(), 2, { padding: 2 })).toThrow(
      'padding [2, 2] is more than half the window [2, 2]',
    );
    expect(() => F.maxPool2d(picture(), 4)).toThrow(
      'maxPool2d: a window [4, 4] does not fit the input (got [1, 1, 3, 3])',
    );
  });
});

describe('averages', () => {
  test('ceilMode counts the pixels that are there, padding counts', () => {
    expect(F.avgPool2d(picture(), 2, { ceilMode: true }).toArray()).toEqual([
      [
        [
          [3, 4.5],
          [7.5, 9],
        ],
      ],
    ]);
    expect(F.avgPool2d(picture(), 2, { padding: 1 }).toArray()).toEqual([
      [
        [
          [0.25, 1.25],
          [2.75, 7],
        ],
      ],
    ]);
  });

  test('adaptive windows overlap where they must', () => {
    expect(F.adaptiveAvgPool2d(picture(), 2).toArray()).toEqual([
      [
        [
          [3, 4],
          [6, 7],
        ],
      ],
    ]);
    expect(F.adaptiveAvgPool2d(picture(), [1, null]).toArray()).toEqual([[[[4, 5, 6]]]]);
  });

  test('gradients', () => {
    expectGradients((x) => F.avgPool2d(x, 3, { stride: 2, padding: 1, countIncludePad: false }), leaf(2, 3, 5, 6));
    expectGradients((x) => F.adaptiveAvgPool2d(x, [2, 3]), leaf(2, 3, 5, 7));
  });
});
