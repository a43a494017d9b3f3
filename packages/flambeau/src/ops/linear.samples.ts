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
  bilinear: [
    [numbers([3, 2]), w(3, 4), numbers([2, 2, 4], -1, 1, 3), numbers([2], -1, 1, 4)],
    [numbers([2]), w(3), numbers([2, 2, 3], -1, 1, 3)],
    [numbers([2, 2, 2]), w(2, 2, 3), numbers([1, 2, 3], -1, 1, 3)],
    [strided(numbers([3, 2])), w(4, 3).t(), numbers([2, 2, 4], -1, 1, 3)],
    [numbers([0, 2]), w(0, 3), numbers([2, 2, 3], -1, 1, 3)],
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
  bilinear: [
    [
      [numbers([3, 2]), numbers([3, 4]), numbers([2, 4])],
      'ShapeError',
      'bilinear: the weight must be (out, in1, in2) (got [2, 4])',
    ],
    [
      [numbers([3, 2]), numbers([2, 4]), numbers([1, 2, 4])],
      'ShapeError',
      'bilinear: the inputs must be (…, 2) and (…, 4) (got [3, 2] and [2, 4])',
    ],
    [
      [numbers([3, 2]), numbers([3, 4]).double(), numbers([1, 2, 4])],
      'DTypeError',
      'bilinear: inputs and weight must have one dtype, not float32, float64 and float32',
    ],
  ],
};
