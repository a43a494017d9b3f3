import type * as activation from './activation.js';
import { type ErrorSamples, extremes, numbers, type Samples, strided, truths } from './sampling.testing.js';

const EDGES = { differences: 'at infinities and kinks', second: 'at infinities and kinks' } as const;

const inputs = (skip: { value?: string; gradient?: string } = {}) =>
  [
    [numbers([3, 4], -4, 4)],
    [numbers([], -4, 4)],
    [numbers([0, 2])],
    [strided(numbers([2, 3], -4, 4, 2))],
    [numbers([2, 1], -4, 4).expand([2, 3])],
    [numbers([5, 7], -30, 30, 3)],
    { args: [extremes()], skip: { ...EDGES, ...skip } },
  ] as const;

export const samples: Samples<typeof activation> = {
  relu: inputs(),
  sigmoid: inputs(),
  tanh: inputs(),
  logSigmoid: inputs(),
  softplus: [...inputs(), [numbers([6], -4, 4), { beta: 2, threshold: 3 }]],
  leakyRelu: [...inputs(), [numbers([6], -4, 4), { negativeSlope: 0.25 }]],
  elu: [...inputs({ gradient: 'PyTorch passes NaN in float64 only' }), [numbers([6], -4, 4), { alpha: 0.5 }]],
  silu: inputs(),
  gelu: [
    ...inputs({ value: 'PyTorch gives NaN at infinity in float32 only' }),
    [numbers([6], -4, 4), { approximate: 'tanh' }],
    [numbers([3, 5], -4, 4), { approximate: 'none' }],
  ],
  hardtanh: [...inputs(), [numbers([6], -4, 4), { minVal: -0.5, maxVal: 2 }]],
  relu6: [...inputs(), [numbers([6], -4, 12)]],
};

export const errorSamples: ErrorSamples<typeof activation> = {
  softplus: [
    [
      [numbers([2]), { betta: 2 } as never],
      'TypeError',
      "softplus: unknown option 'betta'; did you mean 'beta'? (it takes beta, threshold)",
    ],
  ],
  leakyRelu: [
    [
      [numbers([2]), { negative_slope: 0.2 } as never],
      'TypeError',
      "leakyRelu: unknown option 'negative_slope'; did you mean 'negativeSlope'? (it takes negativeSlope)",
    ],
  ],
  elu: [
    [
      [numbers([2]), { scale: 2 } as never],
      'TypeError',
      "elu: unknown option 'scale'; did you mean 'alpha'? (it takes alpha)",
    ],
  ],
  gelu: [
    [
      [numbers([2]), { approximate: 'erf' as never }],
      'ArgumentError',
      "gelu: approximate is 'none' or 'tanh', not 'erf'",
    ],
  ],
  hardtanh: [
    [
      [numbers([2]), { min: 0 } as never],
      'TypeError',
      "hardtanh: unknown option 'min'; did you mean 'minVal'? (it takes minVal, maxVal)",
    ],
  ],
  relu: [
    [[truths([2])], 'DTypeError', 'relu: not implemented for bool; there is float32, float64, int64, int32, uint8'],
  ],
};
