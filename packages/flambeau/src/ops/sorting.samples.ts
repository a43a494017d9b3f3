import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import { distinct, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
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
