import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
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

export const errorSamples: ErrorSamples<typeof triangular> = {
  tril: [[[numbers([3])], 'ShapeError', 'tril: needs a matrix, or a batch of them (got [3])']],
  triu: [
    [
      [numbers([3, 3]), { offset: 1 } as never],
      'TypeError',
      "triu: unknown option 'offset'; did you mean 'diagonal'? (it takes diagonal)",
    ],
  ],
  diagonal: [
    [[numbers([3])], 'ShapeError', 'diagonal: needs at least two dimensions (got [3])'],
    [[numbers([2, 3]), { dim1: 0, dim2: 0 }], 'IndexError', 'diagonal: dim1 and dim2 are both dimension 0'],
    [
      [numbers([2, 3]), { dim1: 2 }],
      'IndexError',
      'diagonal: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions',
    ],
  ],
  diag: [[[numbers([2, 3, 4])], 'ShapeError', 'diag: needs a vector or a matrix (got [2, 3, 4])']],
};
