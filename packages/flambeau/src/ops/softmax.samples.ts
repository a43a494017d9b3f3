import { tensor } from './creation.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';
import type * as softmax from './softmax.js';

const EDGES = { differences: 'at infinities', second: 'at infinities' } as const;

const inputs = () =>
  [
    [numbers([3, 4]), 1],
    [numbers([3, 4]), 0],
    [numbers([2, 3, 4]), { dim: 1 }],
    [numbers([]), 0],
    [numbers([0, 3]), 1],
    [numbers([3, 0]), 1],
    [strided(numbers([3, 4])), -1],
    [numbers([4, 3]).t(), 1],
    [numbers([4], -100, 100).add(1000), 0],
    [numbers([3, 70]), 1],
    { args: [tensor([1.5, -Infinity, 2]), 0], skip: EDGES },
    { args: [tensor([Number.NaN, 1, 2]), 0], skip: EDGES },
    [numbers([4]), 0, { dtype: 'float64' }],
  ] as const;

export const samples: Samples<typeof softmax> = { softmax: inputs(), logSoftmax: inputs(), softmin: inputs() };

export const errorSamples: ErrorSamples<typeof softmax> = {
  softmax: [
    [
      [numbers([2, 3])],
      'ArgumentError',
      'softmax: name the dimension whose entries sum to 1: softmax(-1) for the last',
    ],
    [[numbers([2, 3]), 2], 'IndexError', 'softmax: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
    [[integers([2]), 0], 'DTypeError', 'softmax: not implemented for int64; there is float32, float64'],
  ],
  logSoftmax: [
    [
      [numbers([2, 3]), { axis: 1 } as never],
      'TypeError',
      "logSoftmax: unknown option 'axis'; did you mean 'dim'? (it takes dim, dtype)",
    ],
  ],
  softmin: [
    [
      [numbers([2, 3])],
      'ArgumentError',
      'softmin: name the dimension whose entries sum to 1: softmax(-1) for the last',
    ],
  ],
};
