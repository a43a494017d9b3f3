import { tensor } from './creation.js';
import type * as loss from './loss.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const y = (...shape: number[]) => numbers(shape, -2, 2, 2);
const probable = (...shape: number[]) => numbers(shape, 0.05, 0.95);
const target = (...shape: number[]) => numbers(shape, 0.05, 0.95, 2);
const weight = (...shape: number[]) => numbers(shape, 0.5, 2, 3);

const pairs = () =>
  [
    [x(3, 4), y(3, 4)],
    [x(3, 4), y(3, 4), { reduction: 'sum' }],
    [x(3, 4), y(3, 4), { reduction: 'none' }],
    [x(), y()],
    [strided(x(2, 3)), y(3, 2).t()],
    [x(0, 3), y(0, 3), { reduction: 'sum' }],
    [x(3).mul(20), y(3)],
  ] as const;

export const samples: Samples<Omit<typeof loss, 'nllLoss'>> = {
  mseLoss: pairs(),
  l1Loss: pairs(),
  smoothL1Loss: [...pairs(), [x(3, 4), y(3, 4), { beta: 0.3 }]],
  huberLoss: [...pairs(), [x(3, 4), y(3, 4), { delta: 0.3 }]],
  crossEntropy: [
    [x(3, 4), tensor([1, 0, 3])],
    [x(3, 4), tensor([1, 0, 3]), { reduction: 'sum' }],
    [x(3, 4), tensor([1, 0, 3]), { reduction: 'none' }],
    [x(4), tensor(2)],
    [x(2, 3, 4), integers([2, 4], 0, 3)],
    [x(2, 3, 2, 2), integers([2, 2, 2], 0, 3)],
    { args: [x(3, 4), tensor([1, 0, 3]), { weight: weight(4) }], constant: [1] },
    [x(3, 4), tensor([1, -100, 3])],
    [x(3, 4), tensor([1, 0, 3]), { ignoreIndex: 0 }],
    [x(3, 4), tensor([1, 0, 3]), { labelSmoothing: 0.1 }],
    { args: [x(3, 4), tensor([1, 0, 3]), { weight: weight(4), labelSmoothing: 0.1, ignoreIndex: 0 }], constant: [1] },
    [x(3, 4), target(3, 4)],
    [x(3, 4), target(3, 4), { labelSmoothing: 0.2, reduction: 'sum' }],
    [strided(x(3, 4)), tensor([1, 0, 3])],
    [x(3, 4).mul(1000), tensor([1, 0, 3])],
    [x(3, 4), tensor([1, 0, 4])],
    [x(3, 4), tensor([1, 0])],
  ],
  binaryCrossEntropy: [
    [probable(3, 4), target(3, 4)],
    [probable(3, 4), target(3, 4), { reduction: 'sum' }],
    { args: [probable(3, 4), target(3, 4), { weight: weight(4), reduction: 'none' }], constant: [2] },
    {
      args: [tensor([0, 1, 0.5]), tensor([1, 0, 1], { dtype: 'float32' })],
      constant: [1],
      skip: { differences: 'at the ends of [0, 1]' },
    },
    [numbers([3], 1, 2), target(3)],
    [probable(3), target(2)],
  ],
  binaryCrossEntropyWithLogits: [
    [x(3, 4), target(3, 4)],
    [x(3, 4).mul(100), target(3, 4), { reduction: 'sum' }],
    { args: [x(3, 4), target(3, 4), { weight: weight(4), reduction: 'none' }], constant: [2] },
    { args: [x(3, 4), target(3, 4), { posWeight: weight(4) }], constant: [2] },
    [x(3), target(2)],
  ],
  klDiv: [
    [x(3, 4), target(3, 4)],
    [x(3, 4), target(3, 4), { reduction: 'batchmean' }],
    [x(3, 4), y(3, 4), { reduction: 'sum', logTarget: true }],
    { args: [x(3), tensor([0, 0.5, 0.5])], constant: [1] },
  ],
};

export const errorSamples: ErrorSamples<Omit<typeof loss, 'nllLoss'>> = {
  mseLoss: [
    [
      [numbers([2, 3]), numbers([2])],
      'ShapeError',
      'mseLoss: input and target must have one shape: reshape one, or .expand it where broadcasting is meant (got [2, 3] and [2])',
    ],
    [
      [numbers([2]), integers([2])],
      'DTypeError',
      "mseLoss: the target must be floating-point, not int64; convert with .to('float32')",
    ],
    [[integers([2]), integers([2])], 'DTypeError', 'mseLoss: the input must be floating-point, not int64'],
    [
      [numbers([2]), numbers([2]), { reduction: 'average' as never }],
      'ArgumentError',
      "mseLoss: reduction is 'mean', 'sum' or 'none', not 'average'",
    ],
  ],
  l1Loss: [
    [
      [numbers([2]), numbers([2]), { reduce: true } as never],
      'TypeError',
      "l1Loss: unknown option 'reduce'; did you mean 'reduction'? (it takes reduction)",
    ],
  ],
  smoothL1Loss: [
    [[numbers([2]), numbers([2]), { beta: -1 }], 'ArgumentError', 'smoothL1Loss: beta must not be negative, but is -1'],
  ],
  huberLoss: [
    [[numbers([2]), numbers([2]), { delta: 0 }], 'ArgumentError', 'huberLoss: delta must be positive, but is 0'],
  ],
  crossEntropy: [
    [
      [numbers([2, 3]), numbers([2])],
      'ShapeError',
      "crossEntropy: a floating-point target holds probabilities in the input's shape; for class indices convert the target with .long() (got [2] and [2, 3])",
    ],
    [[numbers([2, 3]), tensor([0, 3])], 'IndexError', 'crossEntropy: target 3 is none of the 3 classes'],
    [
      [numbers([2, 3]), tensor([0, 1, 2])],
      'ShapeError',
      'crossEntropy: class indices must be [2] for this input (got [3] and [2, 3])',
    ],
    [
      [numbers([2, 3]), numbers([2, 4])],
      'ShapeError',
      "crossEntropy: a floating-point target holds probabilities in the input's shape (got [2, 4] and [2, 3])",
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { weight: numbers([2]) }],
      'ShapeError',
      'crossEntropy: the weight must have one element for each of the 3 classes (got [2])',
    ],
    [
      [numbers([2, 3]), tensor([0, 1]), { labelSmoothing: 2 }],
      'ArgumentError',
      'crossEntropy: labelSmoothing lies between 0 and 1, but is 2',
    ],
    [[numbers([]), tensor(0)], 'ShapeError', 'crossEntropy: the input must be (N, C), (C) or (N, C, …) (got [])'],
  ],
  binaryCrossEntropy: [
    [
      [numbers([2]), numbers([2])],
      'ArgumentError',
      'binaryCrossEntropy: the input holds probabilities, between 0 and 1; for logits use binaryCrossEntropyWithLogits',
    ],
    [
      [numbers([2], 0, 1), numbers([3])],
      'ShapeError',
      'binaryCrossEntropy: input and target must have one shape: reshape one, or .expand it where broadcasting is meant (got [2] and [3])',
    ],
  ],
  binaryCrossEntropyWithLogits: [
    [
      [numbers([2]), integers([2])],
      'DTypeError',
      "binaryCrossEntropyWithLogits: the target must be floating-point, not int64; convert with .to('float32')",
    ],
    [
      [numbers([2]), numbers([2]), { posweight: numbers([2]) } as never],
      'TypeError',
      "binaryCrossEntropyWithLogits: unknown option 'posweight'; did you mean 'posWeight'? (it takes weight, reduction, posWeight)",
    ],
  ],
  klDiv: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'klDiv: input and target must have one shape: reshape one, or .expand it where broadcasting is meant (got [2] and [3])',
    ],
    [
      [numbers([2]), numbers([2]), { reduction: 'batchMean' as never }],
      'ArgumentError',
      "klDiv: reduction is 'mean', 'sum', 'batchmean' or 'none', not 'batchMean'",
    ],
  ],
};
