import type * as padding from './padding.js';
import { integers, numbers, type Samples, strided } from './sampling.testing.js';

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
