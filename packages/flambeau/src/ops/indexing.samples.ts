import { tensor } from './creation.js';
import type * as indexing from './indexing.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

const x = () => numbers([3, 4]);
const cube = () => numbers([2, 3, 4]);

export const samples: Samples<Omit<typeof indexing, 'setAt' | 'indexPut_'>> = {
  at: [
    [x(), 1],
    [x(), -1, 2],
    [x(), ':', '1:3'],
    [x(), '::2'],
    [x(), '-2:', ':-1'],
    [cube(), '...', 1],
    [cube(), 0, null, '1:'],
    [cube(), ':', 1, ':'],
    [x(), tensor([2, 0])],
    [x(), tensor([-1, 0]), tensor([1, 2])],
    [x(), ':', tensor([1, 1, 0])],
    [x(), tensor([[0], [2]]), tensor([1, 3])],
    [cube(), tensor([1, 0]), ':', tensor([2, 2])],
    [cube(), 0, ':', tensor([2, 2])],
    [x(), truths([3, 4])],
    [x(), truths([3])],
    [x(), ':', truths([4])],
    [strided(x()), '1:'],
    [integers([4]), '1:3'],
    [x(), 3],
    [x(), tensor([3])],
    [x(), 0, 0, 0],
    [x(), truths([4])],
  ],
  indexAdd: [
    [x(), 0, tensor([2, 0]), numbers([2, 4], -2, 2, 2)],
    [x(), 1, tensor([1, 1]), numbers([3, 2], -2, 2, 2), { alpha: 2 }],
    [x(), 0, tensor([3]), numbers([1, 4])],
  ],
  indexCopy: [
    [x(), 0, tensor([2, 0]), numbers([2, 4], -2, 2, 2)],
    [x(), -1, tensor([1]), numbers([3, 1], -2, 2, 2)],
  ],
  indexFill: [
    [x(), 0, tensor([2, 0]), 1.5],
    [x(), 1, tensor([3]), -1],
    [integers([4]), 0, tensor([1]), 7],
    [x(), 0, integers([0]), 1],
  ],
  take: [
    [x(), tensor([0, 11, -1])],
    [x(), tensor([[5, 5]])],
    [strided(x()), tensor([7])],
    [x(), tensor([12])],
  ],
  takeAlongDim: [
    [x(), tensor([[0, 1, 2, 0]]), 0],
    [x(), tensor([[3], [0], [1]]), { dim: 1 }],
    [x(), tensor([7, 0])],
  ],
};

export const errorSamples: ErrorSamples<Omit<typeof indexing, 'setAt' | 'indexPut_'>> = {
  at: [
    [[numbers([2, 3]), 2], 'IndexError', 'at: index 2 is outside dimension 0 of size 2'],
    [[numbers([2, 3]), 0, 0, 0], 'IndexError', 'at: 3 indices for a tensor of 2 dimensions (shape [2, 3])'],
    [
      [numbers([2, 3]), '1:2:0'],
      'ArgumentError',
      'at: step 0 is no whole number from 1; turn a dimension round with `.flip(dim)`',
    ],
    [
      [numbers([2, 3]), 'rows'],
      'IndexError',
      "at: 'rows' is no slice; write ':', 'start:end', 'start:end:step' or '...'",
    ],
    [[numbers([2, 3]), '...', '...'], 'IndexError', "at: '...' can stand only once"],
    [
      [numbers([2, 3]), numbers([2])],
      'DTypeError',
      'at: an index tensor is int64, int32 or (a mask) bool, not float32',
    ],
    [[numbers([2, 3]), tensor([0, 2])], 'IndexError', 'at: index 2 is outside a dimension of size 2'],
    [
      [numbers([2, 3]), truths([3])],
      'IndexError',
      'at: a mask of shape [3] does not fit dimensions 0 to 0 of sizes [2]',
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), tensor([0, 1, 2])],
      'ShapeError',
      'at: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  indexAdd: [
    [
      [numbers([2, 3]), 0, tensor([0, 2]), numbers([2, 3])],
      'IndexError',
      'indexAdd: index 2 is outside a dimension of size 2',
    ],
    [
      [numbers([2, 3]), 0, tensor([[0]]), numbers([1, 3])],
      'ShapeError',
      'indexAdd: the index must be one-dimensional (got [1, 1])',
    ],
    [
      [numbers([2, 3]), 0, tensor([0]), numbers([2, 3])],
      'ShapeError',
      'indexAdd: the source must be [1, 3] for this tensor and index (got [2, 3] and [2, 3])',
    ],
  ],
  indexCopy: [
    [
      [numbers([2, 3]), 2, tensor([0]), numbers([1, 3])],
      'IndexError',
      'indexCopy: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions',
    ],
  ],
  indexFill: [
    [
      [numbers([2, 3]), 1, numbers([2]), 0],
      'DTypeError',
      'indexFill: an index tensor is int64, int32 or (a mask) bool, not float32',
    ],
  ],
  take: [
    [[numbers([2, 3]), tensor([6])], 'IndexError', 'take: index 6 is outside a dimension of size 6'],
    [[numbers([2, 3]), numbers([2])], 'DTypeError', 'take: the index must be int64, not float32'],
  ],
  takeAlongDim: [
    [
      [numbers([2, 3]), numbers([2, 1]), 1],
      'DTypeError',
      'takeAlongDim: an index tensor is int64, int32 or (a mask) bool, not float32',
    ],
    [
      [numbers([2, 3]), tensor([[0, 1]]), 2],
      'IndexError',
      'takeAlongDim: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions',
    ],
  ],
};
