import { tensor } from './creation.js';
import type * as margin from './margin-loss.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const y = (...shape: number[]) => numbers(shape, -2, 2, 2);
const z = (...shape: number[]) => numbers(shape, -2, 2, 3);
const weight = (...shape: number[]) => numbers(shape, 0.5, 2, 4);
/** 1 and −1. */
const signs = (...shape: number[]) => integers(shape, 0, 2).mul(2).sub(1);
const real = (...shape: number[]) => signs(...shape).float();

export const samples: Samples<typeof margin> = {
  hingeEmbeddingLoss: [
    [x(3, 4), signs(3, 4)],
    [x(3, 4), signs(3, 4), { margin: 0.3, reduction: 'sum' }],
    [strided(x(3, 4)), signs(3, 4), { reduction: 'none' }],
  ],
  cosineEmbeddingLoss: [
    [x(3, 4), y(3, 4), signs(3)],
    [x(3, 4), y(3, 4), signs(3), { margin: 0.2, reduction: 'none' }],
    [x(4), y(4), signs(1).squeeze(0), { reduction: 'sum' }],
  ],
  marginRankingLoss: [
    [x(5), y(5), signs(5)],
    [x(3, 4), y(3, 4), signs(3, 4), { margin: 0.5, reduction: 'none' }],
    [strided(x(5)), y(5), signs(5), { reduction: 'sum' }],
  ],
  softMarginLoss: [
    { args: [x(3, 4), real(3, 4)], constant: [1] },
    { args: [x(3, 4), real(3, 4), { reduction: 'none' }], constant: [1] },
    { args: [strided(x(3, 4)), real(3, 4), { reduction: 'sum' }], constant: [1] },
  ],
  multilabelSoftMarginLoss: [
    [x(3, 4), numbers([3, 4], 0, 1, 2)],
    { args: [x(3, 4), numbers([3, 4], 0, 1, 2), { weight: weight(4), reduction: 'none' }] },
    [x(4), numbers([4], 0, 1, 2), { reduction: 'sum' }],
  ],
  multiMarginLoss: [
    [x(3, 4), tensor([1, 0, 3])],
    [x(3, 4), tensor([1, 0, 3]), { p: 2, margin: 0.5, reduction: 'none' }],
    { args: [x(3, 4), tensor([1, 0, 3]), { weight: weight(4), reduction: 'sum' }], constant: [1] },
    [x(4), tensor(2)],
  ],
  multilabelMarginLoss: [
    [
      x(2, 4),
      tensor([
        [3, 0, -1, 1],
        [2, -1, 0, 0],
      ]),
    ],
    [
      x(2, 3),
      tensor([
        [-1, 0, 1],
        [0, 1, 2],
      ]),
      { reduction: 'none' },
    ],
    [x(4), tensor([0, 0, 1, -1]), { reduction: 'sum' }],
  ],
  tripletMarginLoss: [
    [x(3, 4), y(3, 4), z(3, 4)],
    [x(3, 4), y(3, 4), z(3, 4), { margin: 3, p: 1, swap: true, reduction: 'none' }],
    [x(4), y(4), z(4), { margin: 2, eps: 1e-3 }],
  ],
  tripletMarginWithDistanceLoss: [
    [x(3, 4), y(3, 4), z(3, 4)],
    [x(3, 4), y(3, 4), z(3, 4), { margin: 3, swap: true, reduction: 'sum' }],
  ],
};

export const errorSamples: ErrorSamples<typeof margin> = {
  cosineEmbeddingLoss: [
    [
      [x(3, 4), y(3, 4), signs(3, 1)],
      'ShapeError',
      'cosineEmbeddingLoss: the target must have one dimension less than both inputs (got [3, 1] and [3, 4])',
    ],
  ],
  marginRankingLoss: [
    [
      [x(3), y(3), signs(3, 1)],
      'ShapeError',
      'marginRankingLoss: inputs and target must have as many dimensions (got [3] and [3] and [3, 1])',
    ],
  ],
  multiMarginLoss: [
    [
      [x(3, 4), tensor([1, 0])],
      'ShapeError',
      'multiMarginLoss: scores must be (batch, classes) or (classes), with targets (batch) (got [3, 4] and [2])',
    ],
    [[x(3, 4), y(3)], 'DTypeError', 'multiMarginLoss: targets are class numbers in int64, not float32'],
    [[x(3, 4), tensor([1, 0, 2]), { p: 3 as never }], 'ArgumentError', 'multiMarginLoss: p must be 1 or 2, but is 3'],
  ],
  tripletMarginLoss: [
    [[x(3), y(3), z(3), { margin: 0 }], 'ArgumentError', 'tripletMarginLoss: margin must be greater than 0, but is 0'],
  ],
};
