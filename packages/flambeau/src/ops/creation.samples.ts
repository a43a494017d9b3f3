import type * as creation from './creation.js';
import type { Samples } from './sampling.testing.js';

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
