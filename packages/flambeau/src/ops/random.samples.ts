import type * as random from './random.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

/** Bit for bit. */
const exact = { tolerance: 0 };
/** One unit in the last place: logarithm and cosine differ by that from library to library. */
const ulp = { tolerance: 1.2e-7 };

/** Drawn in the order of memory, as in PyTorch. */
const ORDER = { skip: { strided: 'drawn in the order of memory' } };

const shapes = () =>
  [
    [2, 3],
    [[2, 3]],
    [[]],
    [0, 2],
    [15],
    [16],
    [3, 7],
    [[21], { dtype: 'float64' }],
    [[3], { dtype: 'float64' }],
  ] as const;
const likes = () =>
  [
    [numbers([2, 3])],
    [numbers([])],
    [numbers([0, 2])],
    [numbers([4, 5])],
    [strided(numbers([4, 5]))],
    [numbers([2]), { dtype: 'float64' }],
  ] as const;

export const samples: Samples<typeof random> = {
  rand: shapes().map((args) => ({ args, ...exact })) as never,
  randn: shapes().map((args) => ({ args, ...ulp })) as never,
  randint: [
    [10, [5]],
    [-5, 5, [2, 3]],
    [1, [3]],
    [2, []],
    [7, [0]],
    [2 ** 40, [6]],
    [9, [4], { dtype: 'int32' }],
    [9, [4], { dtype: 'float32' }],
    [200, [4], { dtype: 'uint8' }],
  ],
  randperm: [[6], [0], [1], [40], [7, { dtype: 'int32' }], [7, { dtype: 'float32' }]],
  normal: [
    { args: [1.5, 0.5, [5]], ...ulp },
    { args: [-2.5, 3.5, [4, 5]], ...ulp },
    { args: [numbers([5]), 0.5], constant: [0], ...ulp },
    { args: [0.5, numbers([2, 3], 0, 2)], constant: [0], ...ulp },
    { args: [numbers([2, 3]), numbers([2, 3], 0, 2, 2)], constant: [0, 1], ...ulp },
    { args: [numbers([20]), numbers([20], 0, 2, 2)], constant: [0, 1], ...ulp },
  ],
  randLike: [
    { args: [numbers([5, 4]).t()], ...exact, ...ORDER },
    ...likes().map((args) => ({ args, ...exact })),
    [integers([3]), { dtype: 'float32' }],
  ],
  randnLike: [
    { args: [numbers([5, 4]).t()], ...ulp, ...ORDER },
    ...likes().map((args) => ({ args, ...ulp })),
    [integers([3]), { dtype: 'float32' }],
  ],
};

export const errorSamples: ErrorSamples<typeof random> = {
  rand: [
    [[[2], { dtype: 'int64' }], 'DTypeError', 'rand: not implemented for int64; there is float32, float64'],
    [[2, -1], 'ShapeError', 'rand: -1 is no size; sizes are whole numbers from 0 (got [2, -1])'],
  ],
  randn: [
    [
      [[2], { seed: 0 } as never],
      'TypeError',
      "randn: unknown option 'seed'; did you mean 'dtype'? (it takes dtype, device, requiresGrad, generator)",
    ],
  ],
  randint: [
    [[5, 5, [2]], 'ArgumentError', 'randint: there is no integer from 5 up to 5'],
    [[0, [2]], 'ArgumentError', 'randint: there is no integer from 0 up to 0'],
  ],
  randperm: [
    [[-1], 'ArgumentError', 'randperm: n is a whole number from 0, not -1'],
    [[2.5], 'ArgumentError', 'randperm: n is a whole number from 0, not 2.5'],
  ],
  normal: [[[0, -1, [2]], 'ArgumentError', 'normal: std must not be negative, but is -1']],
  randLike: [[[integers([2])], 'DTypeError', 'randLike: not implemented for int64; there is float32, float64']],
  randnLike: [
    [
      [numbers([2]), { like: 1 } as never],
      'TypeError',
      "randnLike: unknown option 'like'; did you mean 'dtype'? (it takes dtype, device, requiresGrad, generator)",
    ],
  ],
};
