import type * as linear from './linear.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const w = (...shape: number[]) => numbers(shape, -2, 2, 2);

export const samples: Samples<typeof linear> = {
  linear: [
    [numbers([2, 3]), w(4, 3), numbers([4])],
    [numbers([2, 3]), w(4, 3)],
    [numbers([3]), w(4, 3), numbers([4])],
    [numbers([2, 2, 3]), w(4, 3), numbers([4])],
    [numbers([0, 3]), w(4, 3), numbers([4])],
    [strided(numbers([2, 3])), strided(w(4, 3)), strided(numbers([4]))],
    [numbers([3, 2]).t(), w(3, 4).t(), numbers([4])],
    [numbers([33, 70]), w(9, 70), numbers([9])],
    [numbers([2, 3]), w(4, 2)],
  ],
};

export const errorSamples: ErrorSamples<typeof linear> = {
  linear: [
    [
      [numbers([2, 3]), numbers([5, 4])],
      'ShapeError',
      "linear: the input's last size must be 4, the weight's second (got [2, 3] and [5, 4])",
    ],
    [[numbers([2, 3]), numbers([3])], 'ShapeError', 'linear: the weight must be (out, in) (got [3])'],
    [
      [numbers([2, 3]), numbers([5, 3]), numbers([4])],
      'ShapeError',
      "linear: the bias must be [5], the weight's first size (got [4])",
    ],
    [
      [numbers([2, 3]), numbers([5, 3]).double()],
      'DTypeError',
      'linear: input and weight must have one dtype, not float32 and float64',
    ],
    [
      [numbers([]), numbers([5, 3])],
      'ShapeError',
      "linear: the input's last size must be 3, the weight's second (got [] and [5, 3])",
    ],
  ],
};
