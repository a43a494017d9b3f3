import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import type * as extremes from './extremes.js';
import { distinct, type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

interface Overloads {
  max: readonly [self: Tensor, dim?: number, options?: { keepdim?: boolean }];
  min: readonly [self: Tensor, dim?: number, options?: { keepdim?: boolean }];
}

const NAN = { differences: 'NaN', second: 'NaN' } as const;

const inputs = () =>
  [
    [distinct([3, 4])],
    [distinct([3, 4]), 1],
    [distinct([3, 4]), -2, { keepdim: true }],
    [distinct([2, 3, 4]), 1],
    [distinct([])],
    [distinct([]), 0],
    [strided(distinct([3, 5])), 0],
    [distinct([3, 5]).t(), 1],
    [integers([6], 0, 3), 0],
    [integers([6], 0, 3, 'uint8'), 0],
    [truths([6]), 0],
    { args: [tensor([1, Number.NaN, 3, Number.NaN]), 0], skip: NAN },
    { args: [tensor([1, Number.NaN, 3, Number.NaN])], skip: NAN },
    { args: [tensor([2.5, 3.5, 3.5, 2.5]), 0], skip: { differences: 'tie', second: 'tie' } },
    [distinct([0, 3])],
    [distinct([0, 3]), 0],
    [distinct([0, 3]), 1],
  ] as const;

export const samples: Samples<typeof extremes, Overloads> = {
  max: [...inputs(), [distinct([3, 4]), distinct([4], 2)]],
  min: [...inputs(), [distinct([3, 4]), distinct([4], 2)]],
};

export const errorSamples: ErrorSamples<typeof extremes, Overloads> = {
  max: [
    [[numbers([2, 0]), 1], 'IndexError', 'max: nothing to choose from along dimension 1 of size 0'],
    [[numbers([0])], 'ShapeError', 'max: nothing to choose from in a tensor without elements (got [0])'],
    [[numbers([2, 3]), 2], 'IndexError', 'max: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'max: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  min: [
    [
      [numbers([2, 3]), 0, { keepDim: true } as never],
      'TypeError',
      "min: unknown option 'keepDim'; did you mean 'keepdim'? (it takes keepdim)",
    ],
  ],
};
