import { tensor } from './creation.js';
import type * as joining from './joining.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

export const samples: Samples<typeof joining> = {
  cat: [
    [[numbers([2, 3]), numbers([1, 3], -2, 2, 2)]],
    [[numbers([2, 3]), numbers([2, 1], -2, 2, 2), numbers([2, 2], -2, 2, 3)], 1],
    [[numbers([0, 3]), numbers([2, 3])]],
    [[tensor([], { dtype: 'float32' }), numbers([2, 3])]],
    [[numbers([2]), integers([2])]],
    [[integers([2]), truths([2])]],
    [[strided(numbers([2, 3])), numbers([3, 2]).t()], -1],
    [[numbers([2, 3]), numbers([2, 2])]],
    [[numbers([]), numbers([])]],
  ],
  stack: [
    [[numbers([2, 3]), numbers([2, 3], -2, 2, 2)]],
    [[numbers([2, 3]), numbers([2, 3], -2, 2, 2)], -1],
    [[numbers([]), numbers([], -2, 2, 2)]],
    [[numbers([0]), numbers([0])], 1],
    [[numbers([2]), numbers([3])]],
  ],
};

export const errorSamples: ErrorSamples<typeof joining> = {
  cat: [
    [[[]], 'ArgumentError', 'cat: needs at least one tensor'],
    [
      [[numbers([2, 3]), numbers([2, 4])]],
      'ShapeError',
      'cat: sizes must agree except in dimension 0 (got [2, 3] and [2, 4])',
    ],
    [
      [[numbers([2, 3]), numbers([2])]],
      'ShapeError',
      'cat: sizes must agree except in dimension 0 (got [2, 3] and [2])',
    ],
    [[[numbers([]), numbers([])]], 'ShapeError', 'cat: scalars cannot be joined; use stack'],
    [
      [[numbers([2, 3]), numbers([2, 3])], 2],
      'IndexError',
      'cat: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions',
    ],
  ],
  stack: [
    [[[]], 'ArgumentError', 'stack: needs at least one tensor'],
    [
      [[numbers([2, 3]), numbers([3, 2])]],
      'ShapeError',
      'stack: all tensors must have one shape (got [2, 3] and [3, 2])',
    ],
    [
      [[numbers([2, 3]), numbers([2, 3])], 3],
      'IndexError',
      'stack: dimension 3 is outside [-3, 2] of a tensor with 3 dimensions',
    ],
  ],
};
