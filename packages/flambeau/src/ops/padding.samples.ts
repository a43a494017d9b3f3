import type * as padding from './padding.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

export const samples: Samples<typeof padding> = {
  pad: [
    [numbers([2, 3]), [1, 2]],
    [numbers([2, 3]), [1, 2, 0, 1], { value: 0.5 }],
    [numbers([2, 3]), [-1, 1]],
    [numbers([1, 2, 3, 3]), [1, 2, 2, 1], { mode: 'reflect' }],
    [numbers([1, 2, 3, 3]), [1, 2, 2, 1], { mode: 'replicate' }],
    [numbers([1, 2, 3, 3]), [1, 2, 2, 1], { mode: 'circular' }],
    [numbers([1, 2, 4]), [1, 2], { mode: 'reflect' }],
    [strided(numbers([2, 3])), [1, 1]],
    [integers([3]), [1, 1], { value: 7 }],
    [numbers([0, 2]), [0, 0, 1, 1]],
    [numbers([1, 2, 3]), [3, 0], { mode: 'reflect' }],
    [numbers([2, 3]), [1, 1, 1]],
  ],
};

export const errorSamples: ErrorSamples<typeof padding> = {
  pad: [
    [
      [numbers([2]), [1]],
      'ArgumentError',
      'pad: [1] must be pairs of whole numbers for the last dimensions of 1, the last dimension first',
    ],
    [
      [numbers([2]), [1, 1, 1, 1]],
      'ArgumentError',
      'pad: [1, 1, 1, 1] must be pairs of whole numbers for the last dimensions of 1, the last dimension first',
    ],
    [[numbers([2]), [-1, -2]], 'ShapeError', 'pad: negative margins cut more than there is (got [2] and [-1])'],
    [
      [numbers([1, 2, 3]), [3, 0], { mode: 'reflect' }],
      'ShapeError',
      "pad: mode 'reflect' has at most 2 entries for margins [3, 0] (got [3])",
    ],
    [
      [numbers([1, 2, 3]), [1, 1], { mode: 'mirror' as never }],
      'ArgumentError',
      "pad: mode is 'constant', 'reflect', 'replicate' or 'circular', not 'mirror'",
    ],
    [
      [numbers([2]), [1, 1], { fill: 0 } as never],
      'TypeError',
      "pad: unknown option 'fill'; did you mean 'mode'? (it takes mode, value)",
    ],
  ],
};
