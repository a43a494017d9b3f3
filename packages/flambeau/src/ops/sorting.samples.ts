import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import { distinct, type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
import type * as sorting from './sorting.js';

interface Overloads {
  median: readonly [self: Tensor];
  unique: readonly [self: Tensor, options: sorting.UniqueOptions];
}
const NAN = { differences: 'NaN' } as const;
const odd = () => tensor([2, Number.NaN, -Infinity, 1, Infinity, -0.5, Number.NaN], { dtype: 'float32' });

const ordered = () =>
  [
    [distinct([3, 5])],
    [distinct([3, 5]), 0],
    [distinct([3, 5]), -1, { descending: true }],
    [distinct([2, 3, 4]), 1],
    [distinct([])],
    [distinct([0, 3]), 0],
    [strided(distinct([3, 5])), 1],
    { args: [odd(), 0], skip: NAN },
    { args: [odd(), 0, { descending: true }], skip: NAN },
    [integers([9], 0, 4), { dim: 0, stable: true }],
    [integers([9], 0, 4), { dim: 0, stable: true, descending: true }],
    [integers([9], 0, 4, 'uint8'), { dim: 0, stable: true }],
    [distinct([70]), 0],
  ] as const;

export const samples: Samples<typeof sorting, Overloads> = {
  sort: [...ordered(), [truths([6]), { dim: 0, stable: true }]],
  argsort: ordered(),
  topk: [
    [distinct([3, 5]), 2],
    [distinct([3, 5]), 2, 0],
    [distinct([3, 5]), 3, { largest: false }],
    [distinct([5]), 0],
    [distinct([]), 1],
    [distinct([3]), 4],
    { args: [odd(), 3], skip: NAN },
  ],
  kthvalue: [
    [distinct([3, 5]), 2],
    [distinct([3, 5]), 1, 0],
    [distinct([3, 5]), 3, 1, { keepdim: true }],
    [distinct([]), 1],
    [distinct([3]), 4],
    [distinct([3]), 0],
  ],
  median: [
    [distinct([3, 5])],
    [distinct([4])],
    [distinct([3, 5]), 0],
    [distinct([3, 4]), 1, { keepdim: true }],
    [distinct([])],
    [integers([7])],
    { args: [odd()], skip: { ...NAN, gradient: 'two NaNs share it in PyTorch' } },
    { args: [odd(), 0], skip: { ...NAN, value: 'which of two NaNs is named differs' } },
  ],
  unique: [
    [integers([9], 0, 4)],
    [integers([3, 3], 0, 4)],
    [numbers([3])],
    [integers([9], 0, 4), { returnInverse: true, returnCounts: true }],
    [integers([0])],
    [truths([5])],
  ],
  bincount: [
    [integers([9], 0, 5)],
    [integers([9], 0, 5), { minlength: 8 }],
    { args: [integers([4], 0, 3), numbers([4])], constant: [0] },
    [integers([0])],
    [integers([3], -3, 0)],
  ],
};

export const errorSamples: ErrorSamples<typeof sorting, Overloads> = {
  sort: [
    [[numbers([2, 3]), 2], 'IndexError', 'sort: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
    [
      [numbers([2, 3]), { reverse: true } as never],
      'TypeError',
      "sort: unknown option 'reverse'; did you mean 'stable'? (it takes dim, descending, stable)",
    ],
  ],
  argsort: [
    [[numbers([2, 3]), -3], 'IndexError', 'argsort: dimension -3 is outside [-2, 1] of a tensor with 2 dimensions'],
  ],
  topk: [
    [[numbers([2, 3]), 4], 'ArgumentError', 'topk: there are not 4 entries along a dimension of size 3'],
    [
      [numbers([2, 3]), 1, { sort: true } as never],
      'TypeError',
      "topk: unknown option 'sort'; did you mean 'sorted'? (it takes dim, largest, sorted)",
    ],
  ],
  kthvalue: [
    [[numbers([3]), 0], 'ArgumentError', 'kthvalue: there is no entry number 0 along a dimension of size 3'],
    [[numbers([3]), 4], 'ArgumentError', 'kthvalue: there is no entry number 4 along a dimension of size 3'],
  ],
  median: [
    [[numbers([2, 0]), 1], 'ShapeError', 'median: nothing to choose from along a dimension of size 0 (got [2, 0])'],
    [[numbers([2, 3]), 2], 'IndexError', 'median: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
  ],
  unique: [
    [
      [numbers([2]), { returnCount: true } as never],
      'TypeError',
      "unique: unknown option 'returnCount'; did you mean 'returnCounts'? (it takes sorted, returnInverse, returnCounts)",
    ],
  ],
  bincount: [
    [[numbers([3])], 'DTypeError', 'bincount: counts integers, not float32'],
    [[integers([2, 2])], 'ShapeError', 'bincount: the input must be one-dimensional (got [2, 2])'],
    [[tensor([1, -1])], 'ArgumentError', 'bincount: counts no negative numbers, but there is -1'],
    [
      [tensor([1, 2]), numbers([3])],
      'ShapeError',
      'bincount: there must be one weight for each number (got [3] and [2])',
    ],
  ],
};
