import type * as attention from './attention.js';
import { type ErrorSamples, numbers, type Samples, strided, truths } from './sampling.testing.js';

const q = (...shape: number[]) => numbers(shape);
const k = (...shape: number[]) => numbers(shape, -2, 2, 2);
const v = (...shape: number[]) => numbers(shape, -2, 2, 3);

export const samples: Samples<typeof attention> = {
  scaledDotProductAttention: [
    [q(1, 2, 3, 2), k(1, 2, 4, 2), v(1, 2, 4, 2)],
    [q(2, 3, 2), k(2, 4, 2), v(2, 4, 3)],
    [q(3, 2), k(4, 2), v(4, 1), { scale: 2 }],
    [q(1, 1, 4, 3), k(1, 1, 4, 3), v(1, 1, 4, 3), { isCausal: true }],
    [q(1, 1, 2, 3), k(1, 1, 4, 3), v(1, 1, 4, 3), { isCausal: true, scale: 0.5 }],
    [q(1, 1, 4, 2), k(1, 1, 3, 2), v(1, 1, 3, 2), { isCausal: true }],
    [q(2, 2, 3, 2), k(2, 2, 3, 2), v(2, 2, 3, 2), { attnMask: numbers([3, 3], -1, 1, 4) }],
    [q(2, 1, 3, 2), k(2, 1, 3, 2), v(2, 1, 3, 2), { attnMask: numbers([2, 1, 1, 3], -1, 1, 4) }],
    {
      args: [q(2, 2, 3, 2), k(2, 2, 3, 2), v(2, 2, 3, 2), { attnMask: numbers([2, 1, 3, 3], -1, 1, 4) }],
      constant: [3],
    },
    [q(1, 2, 3, 2), k(1, 2, 4, 2), v(1, 2, 4, 2), { attnMask: truths([3, 4], 2) }],
    [q(1, 1, 3, 2), k(1, 1, 2, 2), v(1, 1, 2, 2), { attnMask: truths([1, 1, 3, 1], 5) }],
    [q(1, 4, 2, 2), k(1, 2, 3, 2), v(1, 2, 3, 2), { enableGqa: true }],
    [q(2, 1, 2, 2, 3), k(1, 2, 3, 3), v(1, 2, 3, 3)],
    [strided(q(1, 2, 3, 2)), strided(k(1, 2, 3, 2)), strided(v(1, 2, 3, 2))],
    [q(1, 3, 2, 2).transpose(1, 2), k(1, 3, 2, 2).transpose(1, 2), v(1, 3, 2, 2).transpose(1, 2)],
    [q(1, 2, 150, 20), k(1, 2, 140, 20), v(1, 2, 140, 36)],
    [q(1, 2, 140, 16), k(1, 2, 140, 16), v(1, 2, 140, 16), { isCausal: true }],
    [q(0, 2, 3, 2), k(0, 2, 4, 2), v(0, 2, 4, 2)],
    [q(1, 1, 3, 2), k(1, 1, 3, 3), v(1, 1, 3, 2)],
    [q(1, 1, 3, 2), k(1, 1, 3, 2), v(1, 1, 3, 2), { isCausal: true, attnMask: truths([3, 3]) }],
  ],
};

export const errorSamples: ErrorSamples<typeof attention> = {
  scaledDotProductAttention: [
    [
      [q(3), k(3, 2), v(3, 2)],
      'ShapeError',
      'scaledDotProductAttention: queries, keys and values are (…, rows, numbers) (got [3])',
    ],
    [
      [q(3, 2), k(3, 3), v(3, 2)],
      'ShapeError',
      'scaledDotProductAttention: queries and keys must have as many numbers each (got [3, 2] and [3, 3])',
    ],
    [
      [q(3, 2), k(3, 2), v(2, 2)],
      'ShapeError',
      'scaledDotProductAttention: there must be as many values as keys (got [3, 2] and [2, 2])',
    ],
    [
      [q(3, 2), k(3, 2).double(), v(3, 2)],
      'DTypeError',
      'scaledDotProductAttention: all must have one dtype, not float32, float64, float32',
    ],
    [
      [q(3, 2), k(3, 2), v(3, 2), { attnMask: numbers([3, 3]).double() }],
      'DTypeError',
      'scaledDotProductAttention: the mask must be bool or float32, not float64',
    ],
    [
      [q(3, 2), k(3, 2), v(3, 2), { dropoutP: 2 }],
      'ArgumentError',
      'scaledDotProductAttention: a probability lies between 0 and 1, but dropoutP is 2',
    ],
    [
      [q(3, 2, 2), k(2, 2, 2), v(2, 2, 2), { enableGqa: true }],
      'ShapeError',
      'scaledDotProductAttention: the heads of the queries must be a multiple of those of keys and values (got [3, 2, 2] and [2, 2, 2] and [2, 2, 2])',
    ],
    [
      [q(3, 2), k(3, 2), v(3, 2), { causal: true } as never],
      'TypeError',
      "scaledDotProductAttention: unknown option 'causal'; did you mean 'isCausal'? (it takes attnMask, dropoutP, isCausal, scale, enableGqa)",
    ],
  ],
};
