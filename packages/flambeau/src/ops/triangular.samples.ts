import { integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
import type * as triangular from './triangular.js';

const inputs = () =>
  [
    [numbers([3, 4])],
    [numbers([3, 4]), 1],
    [numbers([3, 4]), -1],
    [numbers([2, 3, 3]), { diagonal: 1 }],
    [strided(numbers([3, 3]))],
    [numbers([0, 3])],
    [integers([3, 3])],
    [truths([3, 3])],
    [numbers([3])],
  ] as const;

export const samples: Samples<typeof triangular> = {
  tril: inputs(),
  triu: inputs(),
  diagonal: [
    [numbers([3, 4])],
    [numbers([3, 4]), 1],
    [numbers([3, 4]), -2],
    [numbers([2, 3, 3]), { dim1: 1, dim2: 2 }],
    [numbers([2, 3, 4]), { offset: 1, dim1: -1, dim2: 0 }],
    [numbers([3, 4]), 9],
  ],
  diag: [[numbers([3])], [numbers([3]), 1], [numbers([3, 4])], [numbers([3, 4]), -1], [numbers([0])]],
};
