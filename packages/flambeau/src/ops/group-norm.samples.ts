import type * as groupNorm from './group-norm.js';
import { numbers, type Samples, strided } from './sampling.testing.js';

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
