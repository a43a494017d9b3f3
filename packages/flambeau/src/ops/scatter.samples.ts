import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import { integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
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
