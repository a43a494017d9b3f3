import type { Tensor } from '../tensor/tensor.js';
import type * as pooling from './pooling.js';
import { distinct, numbers, type Samples, strided } from './sampling.testing.js';

interface Overloads {
  maxPool2d: readonly [
    input: Tensor,
    size: number | [number, number],
    options: pooling.MaxPool2dOptions & { returnIndices: true },
  ];
}

export const samples: Samples<typeof pooling, Overloads> = {
  maxPool2d: [
    [distinct([2, 2, 4, 4]), 2],
    [distinct([2, 5, 6]), 2],
    [distinct([1, 2, 5, 5]), 3, { stride: 2, padding: 1 }],
    [distinct([1, 1, 5, 6]), [2, 3], { stride: [1, 2] }],
    [distinct([1, 1, 6, 6]), 2, { dilation: 2 }],
    [distinct([1, 1, 5, 5]), 2, { ceilMode: true }],
    [distinct([1, 2, 4, 4]), 2, { returnIndices: true }],
    [strided(distinct([1, 2, 4, 4])), 2],
    [distinct([1, 4, 4, 3]).permute(0, 3, 1, 2), 2],
    [distinct([1, 1, 2, 2]), 3],
  ],
  avgPool2d: [
    [numbers([2, 2, 4, 4]), 2],
    [numbers([2, 5, 6]), 2],
    [numbers([1, 2, 5, 5]), 3, { stride: 2, padding: 1 }],
    [numbers([1, 2, 5, 5]), 3, { stride: 2, padding: 1, countIncludePad: false }],
    [numbers([1, 1, 5, 6]), [2, 3], { stride: [1, 2] }],
    [numbers([1, 1, 5, 5]), 2, { ceilMode: true }],
    [numbers([1, 1, 4, 4]), 2, { divisorOverride: 3 }],
    [strided(numbers([1, 2, 4, 4])), 2],
    [numbers([1, 1, 2, 2]), 3],
  ],
  adaptiveAvgPool2d: [
    [numbers([2, 2, 4, 4]), 2],
    [numbers([2, 5, 6]), [2, 3]],
    [numbers([1, 2, 5, 5]), 1],
    [numbers([1, 1, 5, 7]), 3],
    [strided(numbers([1, 2, 4, 4])), 2],
    [numbers([1, 2, 3, 3]), 5],
  ],
};
