import { tensor } from './creation.js';
import type * as nll from './nll.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

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

export const errorSamples: ErrorSamples<Pick<typeof nll, 'nllLoss'>> = {
  nllLoss: [
    [
      [numbers([2, 3]), numbers([2])],
      'DTypeError',
      'nllLoss: the target holds class indices in int64, not float32; convert with .long()',
    ],
    [[numbers([2, 3]), tensor([0, 3])], 'IndexError', 'nllLoss: target 3 is none of the 3 classes'],
    [
      [numbers([2, 3]), tensor([0])],
      'ShapeError',
      'nllLoss: the target must be [2] for this input (got [1] and [2, 3])',
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { weight: numbers([2]) }],
      'ShapeError',
      'nllLoss: the weight must have one element for each of the 3 classes (got [2])',
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { weight: numbers([3]).double() }],
      'DTypeError',
      "nllLoss: the weight must have the input's dtype float32, not float64",
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { reduction: 'batchmean' as never }],
      'ArgumentError',
      "nllLoss: reduction is 'mean', 'sum' or 'none', not 'batchmean'",
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { ignore_index: 0 } as never],
      'TypeError',
      "nllLoss: unknown option 'ignore_index'; did you mean 'ignoreIndex'? (it takes weight, ignoreIndex, reduction)",
    ],
  ],
};
