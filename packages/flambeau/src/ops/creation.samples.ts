import type * as creation from './creation.js';
import type { ErrorSamples, Samples } from './sampling.testing.js';

/** `empty` holds whatever lay there; `fromTypedArray` and `asTensor` have no twin in PyTorch. Their tests are in creation.test.ts. */
type WithoutTwin = 'empty' | 'fromTypedArray' | 'asTensor' | 'fillWith';
type Kept = Omit<typeof creation, WithoutTwin>;

const sizes = () =>
  [
    [2, 3],
    [[2, 3]],
    [[]],
    [0, 2],
    [[2], { dtype: 'int64' }],
    [[2], { dtype: 'bool' }],
    [[2], { dtype: 'float64' }],
  ] as const;

export const samples: Samples<Kept> = {
  zeros: sizes() as never,
  ones: sizes() as never,
  full: [
    [[2, 3], 0.5],
    [[2], 7],
    [[2], true],
    [[], 1.5],
    [[2], 3, { dtype: 'float32' }],
  ],
  eye: [[3], [2, 4], [4, 2], [0], [2, { dtype: 'int64' }]],
  arange: [[5], [2, 6], [5, 0, -2], [0, 1, 0.25], [0.5, 3], [4, { dtype: 'float64' }], [0]],
  linspace: [
    [0, 1, 5],
    [-2, 3, 4],
    [1, 2, 1],
    [3, 1, 3],
    [0, 1, 0],
    [0, 1, 7, { dtype: 'float64' }],
  ],
  tensor: [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [[1.5, 2]],
    [[true, false]],
    [3],
    [[]],
    [[[], []]],
    [[1, 0.5]],
    [[1, 2], { dtype: 'uint8' }],
    [0.5, { dtype: 'float64' }],
    [[0, 2], { dtype: 'bool' }],
    [[1, true]],
  ],
};

export const errorSamples: ErrorSamples<Kept> = {
  zeros: [
    [[2, -1], 'ShapeError', 'zeros: -1 is no size; sizes are whole numbers from 0 (got [2, -1])'],
    [[[2.5]], 'ShapeError', 'zeros: 2.5 is no size; sizes are whole numbers from 0 (got [2.5])'],
    [
      [[2], { dtype: 'float16' as never }],
      'DTypeError',
      "zeros: 'float16' is no dtype; there are float32, float64, int64, int32, uint8, bool",
    ],
  ],
  ones: [[[[2], { device: 'cuda' as never }], 'ArgumentError', "ones: device 'cuda' is not available; there is 'cpu'"]],
  full: [
    [
      [[2], 1, { type: 'int64' } as never],
      'TypeError',
      "full: unknown option 'type'; did you mean 'dtype'? (it takes dtype, device, requiresGrad)",
    ],
  ],
  eye: [[[-1], 'ShapeError', 'eye: -1 is no size; sizes are whole numbers from 0 (got [-1, -1])']],
  arange: [
    [[0, 5, -1], 'ArgumentError', 'arange: no steps of -1 lead from 0 to 5'],
    [[0, 5, 0], 'ArgumentError', 'arange: no steps of 0 lead from 0 to 5'],
  ],
  linspace: [[[0, 1, -2], 'ArgumentError', 'linspace: steps is a whole number from 0, not -2']],
  tensor: [
    [[[[1, 2], [3]]], 'ShapeError', 'tensor: the arrays have different lengths at dimension 1: expected 2, found 1'],
    [[[[1], 2] as never], 'ShapeError', 'tensor: the arrays have different depths at dimension 1'],
    [[[1.5, 'a'] as never], 'ArgumentError', 'tensor: elements are numbers, bigints or booleans, not string (a)'],
    [
      [[2 ** 60], { dtype: 'int64' }],
      'RangeError',
      'tensor: 1152921504606847000 is no exact int64; pass integers past 2^53 as bigint',
    ],
  ],
};
