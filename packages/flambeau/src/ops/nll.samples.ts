import { tensor } from './creation.js';
import type * as nll from './nll.js';
import { integers, numbers, type Samples, strided } from './sampling.testing.js';

export const samples: Samples<Pick<typeof nll, 'nllLoss'>> = {
  nllLoss: [
    [numbers([3, 4]), tensor([1, 0, 3])],
    [numbers([3, 4]), tensor([1, 0, 3]), { reduction: 'sum' }],
    [numbers([3, 4]), tensor([1, 0, 3]), { reduction: 'none' }],
    [numbers([4]), tensor(2)],
    [numbers([2, 3, 4]), integers([2, 4], 0, 3)],
    { args: [numbers([3, 4]), tensor([1, 0, 3]), { weight: numbers([4], 0.5, 2, 3) }], constant: [1] },
    [numbers([3, 4]), tensor([1, -100, 3])],
    [numbers([3, 4]), tensor([0, 0, 0]), { ignoreIndex: 0 }],
    [strided(numbers([3, 4])), tensor([1, 0, 3])],
    [numbers([3, 4]), tensor([1, 0, 4])],
  ],
};
