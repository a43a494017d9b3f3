import type * as normalization from './normalization.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

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

export const errorSamples: ErrorSamples<typeof normalization> = {
  batchNorm: [
    [[numbers([3]), null, null, { training: true }], 'ShapeError', 'batchNorm: the input must be (N, C, …) (got [3])'],
    [
      [numbers([2, 3]), null, null],
      'ArgumentError',
      'batchNorm: outside of training the running statistics are needed',
    ],
    [[numbers([2, 3]), numbers([3]), null], 'ArgumentError', 'batchNorm: give both running statistics or none'],
    [
      [numbers([1, 3]), null, null, { training: true }],
      'ShapeError',
      'batchNorm: training needs more than one value per channel (got [1, 3])',
    ],
    [
      [numbers([2, 3]), numbers([2]), numbers([2])],
      'ShapeError',
      'batchNorm: runningMean must be [3] for this input (got [2] and [2, 3])',
    ],
    [
      [numbers([2, 3]), numbers([3]), numbers([3]), { weight: numbers([2]) }],
      'ShapeError',
      'batchNorm: weight must be [3] for this input (got [2] and [2, 3])',
    ],
    [
      [numbers([2, 3]), numbers([3]), numbers([3]), { bias: numbers([3]).double() }],
      'DTypeError',
      "batchNorm: bias must have the input's dtype float32, not float64",
    ],
    [
      [numbers([2, 3]), numbers([3]), numbers([3]), { train: true } as never],
      'TypeError',
      "batchNorm: unknown option 'train'; did you mean 'training'? (it takes weight, bias, training, momentum, eps)",
    ],
  ],
  layerNorm: [
    [[numbers([2, 3]), 2], 'ShapeError', "layerNorm: the input's last sizes must be [2] (got [2, 3])"],
    [[numbers([2, 3]), []], 'ArgumentError', 'layerNorm: normalizedShape needs at least one size'],
    [
      [numbers([2, 3]), [3], { weight: numbers([2]) }],
      'ShapeError',
      'layerNorm: weight must be [3] for this input (got [2] and [2, 3])',
    ],
    [[integers([2, 3]), 3], 'DTypeError', 'layerNorm: not implemented for int64; there is float32, float64'],
  ],
};
