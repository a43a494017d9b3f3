import type * as activation from './activation.js';
import { extremes, numbers, type Samples, strided } from './sampling.testing.js';

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
