import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
import type * as scatter from './scatter.js';

const places = (...rows: number[][]): Tensor => tensor(rows);
const ONE_EACH = () => places([0, 2, 1, 0], [1, 0, 2, 2]);

export const samples: Samples<Omit<typeof scatter, 'checkBounds' | 'positions'>> = {
  gather: [
    [numbers([3, 4]), 0, ONE_EACH()],
    [numbers([3, 4]), 1, places([3, 0], [1, 1])],
    [numbers([3]), -1, tensor([2, 2, 0])],
    [numbers([]), 0, tensor([0])],
    [strided(numbers([3, 4])), 0, ONE_EACH()],
    [numbers([3]), 0, tensor([3])],
    [integers([3]), 0, tensor([1])],
    [numbers([3, 4]), 0, integers([0, 4], 0, 3)],
  ],
  scatter: [
    [numbers([3, 4]), 0, ONE_EACH(), numbers([2, 4], -2, 2, 2)],
    [numbers([3, 4]), 0, ONE_EACH(), 1.5],
    [numbers([3, 4]), 1, places([3, 0]), numbers([1, 2], -2, 2, 2)],
    [numbers([3]), 0, tensor([3]), 1],
    [integers([4]), 0, tensor([1, 3]), 7],
  ],
  scatterAdd: [
    [numbers([3, 4]), 0, places([0, 0, 0, 0], [0, 1, 2, 0]), numbers([2, 4], -2, 2, 2)],
    [numbers([3, 4]), 1, places([3, 3]), numbers([1, 2], -2, 2, 2)],
    [integers([3]), 0, tensor([1, 1, 0]), integers([3])],
    [numbers([3]), 0, tensor([-4]), numbers([1])],
  ],
  indexSelect: [
    [numbers([3, 4]), 0, tensor([2, 0, 2])],
    [numbers([3, 4]), -1, tensor([1])],
    [numbers([3, 4]), 0, integers([0])],
    [numbers([]), 0, tensor([0])],
    [numbers([3, 4]).t(), 1, tensor([2, 2])],
    [numbers([3]), 0, tensor([5])],
  ],
  maskedFill: [
    [numbers([3, 4]), truths([3, 4]), 0.5],
    [numbers([3, 4]), truths([4]), -1],
    [numbers([3]), truths([3]), numbers([], -2, 2, 2)],
    [integers([3]), truths([3]), 7],
    [numbers([0]), truths([1]), 1],
    [numbers([2]), integers([2], 0, 2), 1],
  ],
  maskedSelect: [
    [numbers([3, 4]), truths([3, 4])],
    [numbers([3, 4]), truths([4])],
    [numbers([4]), truths([3, 4])],
    [numbers([0]), truths([0])],
    [strided(numbers([3, 4])), truths([3, 1])],
  ],
  nonzero: [
    [integers([3, 4], 0, 2)],
    [truths([5])],
    [numbers([2, 2, 2], -1, 1)],
    [integers([], 1, 2)],
    [integers([0, 3])],
    [integers([4], 0, 1)],
  ],
};

export const errorSamples: ErrorSamples<Omit<typeof scatter, 'checkBounds' | 'positions'>> = {
  gather: [
    [[numbers([2, 3]), 1, numbers([2, 1])], 'DTypeError', 'gather: the index must be int64, not float32'],
    [[numbers([2, 3]), 1, tensor([[3]])], 'IndexError', 'gather: index 3 is outside a dimension of size 3'],
    [
      [numbers([2, 3]), 1, tensor([0])],
      'ShapeError',
      'gather: the index must have as many dimensions as the input (got [1] and [2, 3])',
    ],
    [
      [numbers([2, 3]), 1, integers([3, 1], 0, 3)],
      'ShapeError',
      'gather: the index is larger than what it indexes in dimension 0 (got [3, 1] and [2, 3])',
    ],
    [
      [numbers([2, 3]), 2, tensor([[0]])],
      'IndexError',
      'gather: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions',
    ],
  ],
  scatter: [
    [[numbers([2, 3]), 1, tensor([[3]]), 1], 'IndexError', 'scatter: index 3 is outside a dimension of size 3'],
    [
      [numbers([2, 3]), 1, tensor([[0, 1]]), numbers([1, 1])],
      'ShapeError',
      'scatter: the index is larger than what it indexes in dimension 1 (got [1, 2] and [1, 1])',
    ],
  ],
  scatterAdd: [
    [
      [numbers([2, 3]), 1, tensor([[0]]), numbers([1, 1]).double()],
      'DTypeError',
      'scatterAdd: both tensors must have one dtype, not float32 and float64',
    ],
  ],
  indexSelect: [
    [[numbers([2, 3]), 0, tensor([2])], 'IndexError', 'indexSelect: index 2 is outside a dimension of size 2'],
    [[numbers([2, 3]), 0, tensor([[0]])], 'ShapeError', 'indexSelect: the index must be one-dimensional (got [1, 1])'],
    [[numbers([2, 3]), 0, numbers([1])], 'DTypeError', 'indexSelect: the index must be int64, not float32'],
  ],
  maskedFill: [
    [[numbers([2, 3]), integers([2, 3]), 0], 'DTypeError', 'maskedFill: the mask must be bool, not int64'],
    [
      [numbers([2, 3]), truths([2]), 0],
      'ShapeError',
      'maskedFill: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [2, 3])',
    ],
  ],
  maskedSelect: [
    [[numbers([2, 3]), numbers([2, 3])], 'DTypeError', 'maskedSelect: the mask must be bool, not float32'],
    [
      [numbers([2, 3]), truths([2])],
      'ShapeError',
      'maskedSelect: size 3 cannot broadcast with 2 at dimension -1 (got [2, 3] and [2])',
    ],
  ],
};
