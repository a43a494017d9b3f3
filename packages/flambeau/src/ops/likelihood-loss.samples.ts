import { tensor } from './creation.js';
import type * as likelihood from './likelihood-loss.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const counts = (...shape: number[]) => numbers(shape, 0, 4, 2);
const variance = (...shape: number[]) => numbers(shape, 0.5, 2, 3);

export const samples: Samples<typeof likelihood> = {
  poissonNllLoss: [
    { args: [x(3, 4), counts(3, 4)], constant: [1] },
    { args: [x(3, 4), counts(3, 4), { full: true, reduction: 'none' }], constant: [1] },
    { args: [numbers([3, 4], 0.5, 3), counts(3, 4), { logInput: false, reduction: 'sum' }], constant: [1] },
    { args: [strided(x(2, 3)), counts(3, 2).t(), { full: true }], constant: [1] },
    { args: [x(), counts()], constant: [1] },
  ],
  gaussianNllLoss: [
    [x(3, 4), counts(3, 4), variance(3, 4)],
    [x(3, 4), counts(3, 4), variance(3), { reduction: 'sum' }],
    [x(3, 4), counts(3, 4), variance(3, 1), { full: true, reduction: 'none' }],
    [x(2, 3, 4), counts(2, 3, 4), variance(2, 1, 4)],
    [x(3), counts(3), 0.5],
    {
      args: [x(3), counts(3), tensor([0, 1, 2], { dtype: 'float32' })],
      skip: { differences: 'the variance is held, its gradient is not' },
    },
  ],
};

export const errorSamples: ErrorSamples<typeof likelihood> = {
  poissonNllLoss: [
    [
      [x(2), counts(2), { reduction: 'most' as never }],
      'ArgumentError',
      "poissonNllLoss: reduction is 'mean', 'sum' or 'none', not 'most'",
    ],
  ],
  gaussianNllLoss: [
    [
      [x(2), counts(2), tensor([1, -1], { dtype: 'float32' })],
      'ArgumentError',
      'gaussianNllLoss: variances are not negative, but one is -1',
    ],
    [
      [x(3, 4), counts(3, 4), variance(2)],
      'ShapeError',
      "gaussianNllLoss: variances must have the input's shape, with one dimension left out or of size 1 (got [2] and [3, 4])",
    ],
  ],
};
