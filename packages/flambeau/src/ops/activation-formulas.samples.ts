import type * as formulas from './activation-formulas.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const inputs = [
  [numbers([3, 4], -4, 4)],
  [numbers([], -4, 4)],
  [numbers([0, 2])],
  [strided(numbers([2, 3], -4, 4, 2))],
  [numbers([5, 7], -30, 30, 3)],
] as const;

export const samples: Samples<Omit<typeof formulas, 'rrelu'>> = {
  hardsigmoid: [
    ...inputs.map((args) => ({ args, skip: { float64: "PyTorch's sixth is rounded to float32 in its gradient" } })),
    { args: [numbers([6], -4, 4)], skip: { gradient: 'likewise' } },
  ],
  hardswish: inputs,
  mish: inputs,
  celu: [...inputs, [numbers([6], -4, 4), { alpha: 0.5 }]],
  selu: inputs,
  glu: [[numbers([3, 4])], [numbers([2, 3]), 0], [numbers([2, 2, 3]), { dim: 1 }], [numbers([3, 3])]],
  prelu: [
    [numbers([2, 3, 2]), numbers([3], 0, 1, 2)],
    [numbers([4]), numbers([1], 0, 1, 2)],
    [numbers([2, 3]), numbers([1], 0, 1, 2)],
    [numbers([2, 3]), numbers([2], 0, 1, 2)],
  ],
  softsign: inputs,
  tanhshrink: inputs,
  softshrink: [...inputs, [numbers([6], -4, 4), 1.5], [numbers([6], -4, 4), { lambd: 0 }]],
  hardshrink: [...inputs, [numbers([6], -4, 4), 1.5]],
  threshold: [
    [numbers([3, 4], -4, 4), 0.5, -1],
    [strided(numbers([2, 3])), 0, 2],
  ],
};

export const errorSamples: ErrorSamples<typeof formulas> = {
  celu: [[[numbers([2]), { alpha: 0 }], 'ArgumentError', 'celu: alpha 0 would divide by zero']],
  glu: [
    [[numbers([])], 'ShapeError', 'glu: a scalar has no halves (got [])'],
    [[numbers([3, 3])], 'ShapeError', 'glu: size 3 has no halves (got [3, 3])'],
  ],
  prelu: [
    [
      [numbers([2, 3]), numbers([2])],
      'ShapeError',
      'prelu: there is 1 weight, or one for each of 3 channels (got [2] and [2, 3])',
    ],
  ],
  softshrink: [[[numbers([2]), -1], 'ArgumentError', 'softshrink: lambd is not negative, but -1']],
  rrelu: [[[numbers([2]), { lower: 1, upper: 0 }], 'ArgumentError', 'rrelu: lower 1 must not exceed upper 0']],
};
