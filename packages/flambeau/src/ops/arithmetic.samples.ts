import type * as arithmetic from './arithmetic.js';
import { tensor } from './creation.js';
import {
  distinct,
  type ErrorSamples,
  extremes,
  integers,
  numbers,
  type Samples,
  strided,
  truths,
} from './sampling.testing.js';

const EDGES = { differences: 'at infinities and kinks', second: 'at infinities and kinks' } as const;
const STEPS = { differences: 'jumps at multiples', second: 'jumps at multiples' } as const;

/** Pairs of floating-point tensors: equal shapes, broadcasting either way, scalars, empty, strided and expanded. */
const pairs = (low = -2, high = 2) =>
  [
    [numbers([3, 4], low, high), numbers([3, 4], low, high, 2)],
    [numbers([3, 4], low, high), numbers([4], low, high, 2)],
    [numbers([3, 1], low, high), numbers([2, 1, 4], low, high, 2)],
    [numbers([], low, high), numbers([2, 2], low, high, 2)],
    [numbers([2, 2], low, high), numbers([], low, high, 2)],
    [numbers([0, 3], low, high), numbers([1], low, high, 2)],
    [strided(numbers([2, 3], low, high)), numbers([3, 2], low, high, 2).t()],
    [numbers([3, 1], low, high).expand([3, 4]), numbers([3, 4], low, high, 2)],
  ] as const;

const whole = () =>
  [
    [integers([2, 3]), integers([3], 1, 5, 'int64', 2)],
    [integers([4], -9, 9, 'int32'), integers([4], 1, 5, 'int64', 2)],
    [integers([4], 0, 200, 'uint8'), integers([4], 1, 5, 'int32', 2)],
    [integers([4]), 3],
  ] as const;

const mixed = () =>
  [
    [numbers([3], 0.5, 3), integers([3], 1, 5)],
    [integers([3], 1, 5), 0.5],
    [integers([3], 1, 5), numbers([], 0.5, 3)],
    [truths([3]), integers([3], 1, 5)],
    [truths([3]), 2],
    [numbers([3], 0.5, 3), true],
  ] as const;

const singular = () => [{ args: [extremes(), extremes().flip(0)], skip: EDGES }] as const;

export const samples: Samples<typeof arithmetic> = {
  add: [
    ...pairs(),
    ...whole(),
    ...mixed(),
    ...singular(),
    [numbers([3]), numbers([3], 0, 1, 2), { alpha: -2.5 }],
    [truths([4]), truths([4], 2)],
  ],
  sub: [...pairs(), ...whole(), ...mixed(), ...singular(), [numbers([3]), 0.5, { alpha: 2 }]],
  rsub: [...pairs(), ...whole(), [numbers([3]), 1.5]],
  mul: [...pairs(), ...whole(), ...mixed(), ...singular(), [numbers([3]), -1.5], [truths([4]), truths([4], 2)]],
  div: [
    ...pairs(0.5, 3),
    ...whole(),
    ...mixed(),
    ...singular(),
    [numbers([3]), 0.25],
    [truths([4]), integers([4], 1, 3)],
    { args: [numbers([4], -9, 9), numbers([4], 1, 3, 2), { roundingMode: 'floor' }], skip: STEPS },
    { args: [numbers([4], -9, 9), numbers([4], 1, 3, 2), { roundingMode: 'trunc' }], skip: STEPS },
    [integers([6], -9, 9), 4, { roundingMode: 'floor' }],
    [integers([6], -9, 9), 4, { roundingMode: 'trunc' }],
    { args: [extremes(), extremes().flip(0), { roundingMode: 'floor' }], skip: EDGES },
  ],
  floorDivide: [
    ...whole(),
    [integers([6], -9, 9), -4],
    { args: [numbers([5], -9, 9), numbers([5], 1, 3, 2)], skip: STEPS },
  ],
  remainder: [
    ...pairs(0.5, 3),
    ...whole(),
    ...mixed(),
    [integers([6], -9, 9), -4],
    [numbers([6], -9, 9), 2.5],
    { args: [extremes(), 2], skip: EDGES },
  ],
  fmod: [...pairs(0.5, 3), ...whole(), [integers([6], -9, 9), -4], [numbers([6], -9, 9), 2.5]],
  pow: [
    ...pairs(0.5, 2),
    [numbers([4]), 2],
    [numbers([4]), 3],
    [numbers([4], 0.5, 3), -1.5],
    [numbers([4], 0.5, 3), 0.5],
    { args: [numbers([4]), 0], skip: { second: 'zero' } },
    [integers([5]), 3],
    [integers([5], 0, 4), integers([5], 0, 4, 'int64', 2)],
    [integers([3], 1, 5), 0.5],
    { args: [tensor([0, 0, 2, -2, NaN, Infinity]), tensor([0, 2, 0, 3, 0, -1], { dtype: 'float32' })], skip: EDGES },
  ],
  atan2: [
    ...pairs(0.5, 3),
    [numbers([4]), numbers([4], -2, -1, 2)],
    {
      args: [extremes(), extremes().flip(0)],
      skip: { ...EDGES, gradient: 'NaN at infinities in both, by different formulas' },
    },
  ],
  hypot: [
    ...pairs(0.5, 3),
    {
      args: [tensor([0, 3e30], { dtype: 'float32' }), tensor([0, 4e30], { dtype: 'float32' })],
      skip: { ...EDGES, float64: 'the overflow is of float32', gradient: 'at the origin it is 0 here, NaN in PyTorch' },
    },
  ],
  maximum: [
    ...pairs(),
    [distinct([4]), distinct([4], 2)],
    ...singular(),
    [integers([4]), integers([4], -3, 3, 'int64', 2)],
    [truths([4]), truths([4], 2)],
  ],
  minimum: [
    ...pairs(),
    [distinct([4]), distinct([4], 2)],
    ...singular(),
    [integers([4]), integers([4], -3, 3, 'int64', 2)],
    [truths([4]), truths([4], 2)],
  ],
  clamp: [
    [numbers([3, 4]), -1.1, 0.7],
    [numbers([3, 4]), { min: 0.1 }],
    [numbers([3, 4]), { max: 0.1 }],
    [numbers([0]), 0, 1],
    [strided(numbers([3, 2])), -0.3, 0.3],
    [integers([6]), -1, 2],
    [integers([6]), 0.5, 2],
    { args: [extremes(), -1, 1], skip: EDGES },
  ],
  clampMin: [
    [numbers([6]), 0.1],
    [integers([6]), 1],
  ],
  clampMax: [
    [numbers([6]), 0.1],
    [integers([6]), 1],
  ],
  addcmul: [
    [numbers([3, 4]), numbers([3, 4], -2, 2, 2), numbers([4], -2, 2, 3), { value: 0.5 }],
    [numbers([]), numbers([3]), numbers([3], -2, 2, 2)],
    [integers([3]), integers([3], 0, 4), integers([3], 1, 4)],
  ],
  addcdiv: [
    [numbers([3, 4]), numbers([3, 4], -2, 2, 2), numbers([4], 0.5, 2, 3), { value: 0.5 }],
    [numbers([]), numbers([3]), numbers([3], 1, 2, 2)],
  ],
  lerp: [
    [numbers([3, 4]), numbers([3, 4], -2, 2, 2), 0.25],
    [numbers([3, 4]), numbers([4], -2, 2, 2), numbers([3, 1], 0, 1, 3)],
    [numbers([3]), numbers([3], -2, 2, 2), 0.75],
  ],
};

export const errorSamples: ErrorSamples<typeof arithmetic> = {
  add: [
    [
      [numbers([2, 3]), numbers([4])],
      'ShapeError',
      'add: size 3 cannot broadcast with 4 at dimension -1 (got [2, 3] and [4])',
    ],
    [
      [numbers([2]), 1, { alfa: 2 } as never],
      'TypeError',
      "add: unknown option 'alfa'; did you mean 'alpha'? (it takes alpha)",
    ],
    [[integers([2]), 1, { alpha: 0.5 }], 'ArgumentError', 'add: alpha 0.5 is no whole number, but the result is int64'],
  ],
  sub: [[[truths([2]), truths([2])], 'DTypeError', 'sub: booleans have no difference; use logicalXor or logicalNot']],
  mul: [
    [
      [numbers([2, 3]), numbers([3, 2])],
      'ShapeError',
      'mul: size 3 cannot broadcast with 2 at dimension -1 (got [2, 3] and [3, 2])',
    ],
  ],
  div: [
    [
      [numbers([2]), 2, { roundingMode: 'up' as never }],
      'ArgumentError',
      "div: roundingMode is 'trunc' or 'floor', not 'up'",
    ],
  ],
  floorDivide: [[[integers([2]), 0], 'ArgumentError', 'floorDivide: integer division by zero']],
  remainder: [[[integers([2]), tensor([1, 0])], 'ArgumentError', 'remainder: integer division by zero']],
  fmod: [
    [
      [truths([2]), truths([2])],
      'DTypeError',
      'fmod: not implemented for bool; there is float32, float64, int64, int32, uint8',
    ],
  ],
  pow: [
    [
      [integers([2]), -1],
      'ArgumentError',
      "pow: integers have no negative powers (exponent -1); convert with .to('float32')",
    ],
  ],
  hypot: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'hypot: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  maximum: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'maximum: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  clamp: [
    [[numbers([2])], 'ArgumentError', 'clamp: give min, max or both'],
    [
      [numbers([2]), { minimum: 0 } as never],
      'TypeError',
      "clamp: unknown option 'minimum'; did you mean 'min'? (it takes min, max)",
    ],
  ],
  addcmul: [
    [
      [numbers([2]), numbers([3]), numbers([2])],
      'ShapeError',
      'addcmul: size 3 cannot broadcast with 2 at dimension -1 (got [3] and [2])',
    ],
  ],
  addcdiv: [
    [
      [numbers([2]), numbers([2]), numbers([2]), { alpha: 2 } as never],
      'TypeError',
      "addcdiv: unknown option 'alpha'; did you mean 'value'? (it takes value)",
    ],
  ],
  lerp: [
    [
      [numbers([2]), numbers([3]), 0.5],
      'ShapeError',
      'lerp: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
};
