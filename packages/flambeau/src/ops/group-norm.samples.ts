import type * as groupNorm from './group-norm.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const weight = (n: number) => numbers([n], 0.5, 2, 2);
const bias = (n: number) => numbers([n], -1, 1, 3);
const mean = (n: number) => numbers([n], -1, 1, 4);
const spread = (n: number) => numbers([n], 0.5, 2, 5);
const running = 'the calls share the running statistics';

export const samples: Samples<typeof groupNorm> = {
  groupNorm: [
    [numbers([2, 4, 3]), 2],
    [numbers([2, 4]), 2, { weight: weight(4) }],
    [numbers([2, 4, 2, 2]), 2, { weight: weight(4), bias: bias(4) }],
    [numbers([1, 6, 2, 3]), 3, { weight: weight(6), bias: bias(6), eps: 0.1 }],
    [numbers([2, 3, 4]), 1, { weight: weight(3) }],
    [strided(numbers([2, 4, 3])), 4],
    [numbers([2, 40, 5, 7]), 8, { weight: weight(40), bias: bias(40) }],
    [numbers([0, 4, 3]), 2],
    [numbers([2, 4, 3]), 3],
    [numbers([2, 4, 3]), 2, { weight: weight(2) }],
  ],
  localResponseNorm: [
    [numbers([2, 5, 3]), 3],
    [numbers([1, 4, 2, 2]), 2, { alpha: 0.5, beta: 0.6, k: 2 }],
    [numbers([2, 5]), 3],
  ],
  instanceNorm: [
    [numbers([2, 3, 4])],
    [numbers([2, 3, 2, 2]), { weight: weight(3), bias: bias(3) }],
    [numbers([2, 2, 5]), { eps: 0.1 }],
    [strided(numbers([1, 3, 2, 2])), { weight: weight(3) }],
    [numbers([2, 19, 5, 3]), { weight: weight(19), bias: bias(19) }],
    {
      args: [numbers([2, 3, 4]), { runningMean: mean(3), runningVar: spread(3), momentum: 0.3 }],
      constant: [1, 2],
      skip: { strided: running },
    },
    {
      args: [
        numbers([2, 3, 4]),
        { runningMean: mean(3), runningVar: spread(3), weight: weight(3), bias: bias(3), useInputStats: false },
      ],
      constant: [1, 2],
    },
    [numbers([2, 3, 1])],
    [numbers([2, 3])],
    [numbers([2, 3, 4]), { useInputStats: false }],
  ],
};

export const errorSamples: ErrorSamples<typeof groupNorm> = {
  localResponseNorm: [
    [[numbers([2, 5]), 3], 'ShapeError', 'localResponseNorm: the input must be (N, C, …) (got [2, 5])'],
  ],
  groupNorm: [
    [[numbers([2]), 1], 'ShapeError', 'groupNorm: the input must be (N, C, …) (got [2])'],
    [[numbers([2, 3, 4]), 2], 'ArgumentError', 'groupNorm: 3 channels do not fall into 2 groups'],
    [[numbers([1, 4]), 4], 'ShapeError', 'groupNorm: a group needs more than one value (got [1, 4])'],
    [
      [numbers([2, 4, 2]), 2, { weight: numbers([2]) }],
      'ShapeError',
      'groupNorm: weight must be [4] for this input (got [2] and [2, 4, 2])',
    ],
    [
      [numbers([2, 4, 2]), 2, { bias: numbers([4]).double() }],
      'DTypeError',
      "groupNorm: bias must have the input's dtype float32, not float64",
    ],
    [
      [numbers([2, 4, 2]), 2, { epsilon: 1 } as never],
      'TypeError',
      "groupNorm: unknown option 'epsilon'; did you mean 'eps'? (it takes weight, bias, eps)",
    ],
  ],
  instanceNorm: [
    [[numbers([2, 3])], 'ShapeError', 'instanceNorm: the input must be (N, C, …) (got [2, 3])'],
    [[numbers([2, 3, 1])], 'ShapeError', 'instanceNorm: a channel needs more than one value (got [2, 3, 1])'],
    [
      [numbers([2, 3, 4]), { runningMean: numbers([3]) }],
      'ArgumentError',
      'instanceNorm: give both running statistics or none',
    ],
    [
      [numbers([2, 3, 4]), { useInputStats: false }],
      'ArgumentError',
      'instanceNorm: without the statistics of the input the running ones are needed',
    ],
  ],
};
