import type * as interpolation from './interpolation.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

export const samples: Samples<typeof interpolation> = {
  interpolate: [
    [numbers([1, 2, 5]), { size: 8 }],
    [numbers([1, 1, 3, 4]), { scaleFactor: 2 }],
    [numbers([1, 1, 3, 4]), { scaleFactor: [1.7, 0.6] }],
    [numbers([1, 1, 5, 4]), { size: [3, 7], mode: 'nearest-exact' }],
    [numbers([2, 1, 5]), { size: 7, mode: 'linear' }],
    [numbers([1, 1, 3, 4]), { size: [5, 6], mode: 'bilinear' }],
    [numbers([1, 1, 3, 4]), { scaleFactor: 2, mode: 'bilinear', alignCorners: true }],
    [numbers([1, 1, 3, 4]), { scaleFactor: 1.7, mode: 'bilinear', recomputeScaleFactor: true }],
    [numbers([1, 1, 3, 4]), { scaleFactor: 1.7, mode: 'bilinear' }],
    [numbers([1, 1, 4, 4]), { size: [1, 6], mode: 'bicubic', alignCorners: true }],
    [numbers([1, 1, 4, 4]), { scaleFactor: 1.5, mode: 'bicubic' }],
    [numbers([1, 1, 5, 4]), { size: [3, 2], mode: 'area' }],
    [strided(numbers([1, 1, 3, 2])), { scaleFactor: 2 }],
    [numbers([1, 2, 5]), { size: 8, mode: 'bilinear' }],
    [numbers([1, 2, 5]), { size: 8, alignCorners: true }],
    [numbers([1, 2, 5]), {}],
  ],
  pixelShuffle: [
    [numbers([1, 8, 2, 3]), 2],
    [numbers([9, 1, 2]), 3],
    [numbers([1, 6, 2, 2]), 2],
  ],
  pixelUnshuffle: [
    [numbers([1, 2, 4, 6]), 2],
    [numbers([1, 3, 6]), 3],
    [numbers([1, 2, 3, 4]), 2],
  ],
};

export const errorSamples: ErrorSamples<typeof interpolation> = {
  interpolate: [
    [[numbers([1, 2, 5]), {}], 'ArgumentError', 'interpolate: give either size or scaleFactor'],
    [
      [numbers([1, 2, 5]), { size: 8, mode: 'bilinear' }],
      'ShapeError',
      "interpolate: mode 'bilinear' takes 4 dimensions (got [1, 2, 5])",
    ],
    [
      [numbers([1, 2, 5]), { size: 8, alignCorners: true }],
      'ArgumentError',
      "interpolate: alignCorners has no meaning for mode 'nearest'",
    ],
    [
      [numbers([1, 2, 5]), { size: [4, 4] }],
      'ArgumentError',
      'interpolate: 1 numbers are needed for this input, not 2',
    ],
    [
      [numbers([1, 2, 5]), { scaleFactor: 0.1 }],
      'ShapeError',
      'interpolate: sizes [0] must be whole numbers from 1 (got [1, 2, 5])',
    ],
    [
      [numbers([1, 2, 5]), { size: 8, mode: 'cubic' as never }],
      'ArgumentError',
      "interpolate: mode is one of nearest, nearest-exact, area, linear, bilinear, bicubic, not 'cubic'",
    ],
  ],
  pixelShuffle: [
    [
      [numbers([1, 6, 2, 2]), 2],
      'ShapeError',
      'pixelShuffle: 6 channels do not fall into squares of 2 (got [1, 6, 2, 2])',
    ],
  ],
  pixelUnshuffle: [
    [
      [numbers([1, 2, 3, 4]), 2],
      'ShapeError',
      'pixelUnshuffle: 3 × 4 pixels do not fall into squares of 2 (got [1, 2, 3, 4])',
    ],
  ],
};
