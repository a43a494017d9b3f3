import { tensor } from './creation.js';
import type * as loss from './loss.js';
import { integers, numbers, type Samples, strided } from './sampling.testing.js';

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
