import { tensor } from './creation.js';
import type * as like from './like.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

const shapes = () =>
  [
    [numbers([2, 3])],
    [numbers([])],
    [integers([0, 2])],
    [truths([3])],
    [numbers([2, 3]).t()],
    [numbers([2]), { dtype: 'int32' }],
  ] as const;
const converted = () =>
  [
    [numbers([3])],
    [integers([3], 0, 300)],
    [integers([3], 0, 9, 'uint8')],
    [truths([3])],
    [strided(numbers([2, 3], 0, 9))],
    [numbers([0])],
    [numbers([])],
    [tensor([-1.7, 2.9, 0.4])],
  ] as const;
/** PyTorch leaves open what a negative number becomes as uint8, and what NaN becomes as any integer. */
const nonNegative = () =>
  [[numbers([3], 0, 9)], [integers([3], 0, 300)], [truths([3])], [strided(numbers([2, 3], 0, 9))]] as const;

export const samples: Samples<Omit<typeof like, 'emptyLike'>> = {
  zerosLike: shapes(),
  onesLike: shapes(),
  fullLike: [
    [numbers([2, 3]), 0.5],
    [integers([2]), 7],
    [truths([2]), true],
    [numbers([]), 2, { dtype: 'int64' }],
  ],
  newZeros: [
    [numbers([2]), [2, 3]],
    [integers([2]), []],
    [truths([2]), [0]],
  ],
  newOnes: [
    [numbers([2]), [2, 3]],
    [integers([2]), []],
    [truths([2]), [0]],
  ],
  to: [
    [numbers([3]), 'float64'],
    [numbers([3]), 'float32'],
    [numbers([3]), 'int64'],
    [integers([3]), 'bool'],
    [truths([3]), 'float32'],
    [strided(numbers([3])), 'float64'],
    [numbers([3]), 'float32', { copy: true }],
  ],
  float: converted(),
  double: converted(),
  long: converted(),
  int: converted(),
  bool: converted(),
  byte: nonNegative(),
  typeAs: [
    [numbers([3]), integers([1])],
    [integers([3]), numbers([])],
  ],
  cpu: [[numbers([3])]],
};

export const errorSamples: ErrorSamples<Omit<typeof like, 'emptyLike'>> = {
  zerosLike: [
    [
      [numbers([2]), { dtype: 'half' as never }],
      'DTypeError',
      "zerosLike: 'half' is no dtype; there are float32, float64, int64, int32, uint8, bool",
    ],
  ],
  onesLike: [
    [
      [numbers([2]), { shape: [2] } as never],
      'TypeError',
      "onesLike: unknown option 'shape'; did you mean 'dtype'? (it takes dtype, device, requiresGrad)",
    ],
  ],
  fullLike: [
    [
      [numbers([2]), 1, { device: 'cuda' as never }],
      'ArgumentError',
      "fullLike: device 'cuda' is not available; there is 'cpu'",
    ],
  ],
  newZeros: [
    [[numbers([2]), [-1]], 'ShapeError', 'newZeros: -1 is no size; sizes are whole numbers from 0 (got [-1])'],
  ],
  to: [
    [
      [numbers([2]), 'float16' as never],
      'DTypeError',
      "to: 'float16' is no dtype; there are float32, float64, int64, int32, uint8, bool",
    ],
    [
      [numbers([2]), 'cuda' as never],
      'DTypeError',
      "to: 'cuda' is no dtype; there are float32, float64, int64, int32, uint8, bool",
    ],
    [
      [numbers([2]), 'float64', { clone: true } as never],
      'TypeError',
      "to: unknown option 'clone'; did you mean 'copy'? (it takes copy)",
    ],
  ],
};
