import { tensor } from './creation.js';
import type * as indexing from './indexing.js';
import { integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

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
