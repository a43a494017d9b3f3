import type * as normalization from './normalization.js';
import { numbers, type Samples, strided } from './sampling.testing.js';

const weight = (n: number) => numbers([n], 0.5, 2, 2);
const bias = (n: number) => numbers([n], -1, 1, 3);
const mean = (n: number) => numbers([n], -1, 1, 4);
const spread = (n: number) => numbers([n], 0.5, 2, 5);
export const samples: Samples<typeof normalization> = {
  batchNorm: [
    [numbers([4, 3]), null, null, { training: true }],
    [numbers([4, 3]), null, null, { training: true, weight: weight(3), bias: bias(3) }],
    [numbers([2, 3, 2, 2]), null, null, { training: true, weight: weight(3), bias: bias(3) }],
    [numbers([2, 2, 5]), null, null, { training: true, eps: 0.1 }],
    [strided(numbers([2, 3, 2, 2])), null, null, { training: true, weight: weight(3) }],
    { args: [numbers([2, 3, 2, 2]), mean(3), spread(3), { weight: weight(3), bias: bias(3) }], constant: [1, 2] },
    { args: [numbers([4, 3]), mean(3), spread(3)], constant: [1, 2] },
    [numbers([1, 3]), null, null, { training: true }],
    [numbers([4, 3]), null, null, { training: true, weight: weight(2) }],
  ],
  layerNorm: [
    [numbers([3, 4]), [4]],
    [numbers([3, 4]), 4, { weight: weight(4), bias: bias(4) }],
    [numbers([2, 3, 4]), [3, 4], { weight: numbers([3, 4], 0.5, 2, 2) }],
    [numbers([3, 4]), [4], { eps: 0.1, bias: bias(4) }],
    [numbers([2, 40]), [40]],
    [strided(numbers([3, 4])), [4]],
    [numbers([0, 4]), [4]],
    [numbers([3, 4]), [3]],
  ],
};
