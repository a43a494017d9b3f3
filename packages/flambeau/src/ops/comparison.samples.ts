import type * as comparison from './comparison.js';
import { type ErrorSamples, extremes, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

const pairs = () =>
  [
    [integers([3, 4], 0, 3), integers([3, 4], 0, 3, 'int64', 2)],
    [numbers([3, 4]), numbers([4], -2, 2, 2)],
    [numbers([]), numbers([3])],
    [numbers([3]), 0.5],
    [numbers([0, 3]), 1],
    [strided(numbers([2, 3])), numbers([3, 2]).t()],
    [extremes(), extremes().flip(0)],
    [extremes(), extremes()],
    [integers([4], 0, 4, 'uint8'), integers([4], -2, 4, 'int32')],
    [integers([4], -2, 3), 0.5],
    [truths([4]), truths([4], 2)],
    [truths([4]), true],
  ] as const;

const alone = () =>
  [
    [extremes()],
    [numbers([2, 2])],
    [numbers([])],
    [numbers([0])],
    [integers([3])],
    [truths([3])],
    [strided(numbers([3]))],
  ] as const;

const close = () =>
  [
    [numbers([4]), numbers([4]).add(1e-6)],
    [numbers([4]), numbers([4]).add(1e-3)],
    [numbers([4]), numbers([4]).add(1e-3), { atol: 0.01 }],
    [numbers([4]), numbers([4]).mul(1.01), { rtol: 0.1 }],
    [extremes(), extremes()],
    [extremes(), extremes(), { equalNan: true }],
    [numbers([0]), numbers([0])],
  ] as const;

export const samples: Samples<typeof comparison> = {
  eq: pairs(),
  ne: pairs(),
  lt: pairs(),
  le: pairs(),
  gt: pairs(),
  ge: pairs(),
  logicalAnd: pairs().filter((pair) => typeof pair[1] === 'object'),
  logicalOr: pairs().filter((pair) => typeof pair[1] === 'object'),
  logicalXor: pairs().filter((pair) => typeof pair[1] === 'object'),
  logicalNot: alone(),
  isnan: alone(),
  isinf: alone(),
  isfinite: alone(),
  equal: [
    [numbers([3]), numbers([3])],
    [numbers([3]), numbers([3], -2, 2, 2)],
    [numbers([3]), numbers([3, 1])],
    [extremes(), extremes()],
    [numbers([0]), numbers([0])],
    [strided(numbers([2, 2])), numbers([2, 2])],
  ],
  isclose: close(),
  allclose: close(),
  where: [
    [truths([3, 4]), numbers([3, 4]), numbers([3, 4], -2, 2, 2)],
    [truths([4]), numbers([3, 1]), numbers([], -2, 2, 2)],
    [truths([4]), numbers([4]), 0.5],
    [truths([4]), 0.5, numbers([4])],
    [truths([0]), numbers([0]), numbers([1])],
    [truths([4]), integers([4]), numbers([4])],
  ],
};

export const errorSamples: ErrorSamples<typeof comparison> = {
  eq: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'eq: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  lt: [
    [
      [numbers([2, 3]), numbers([2, 4])],
      'ShapeError',
      'lt: size 3 cannot broadcast with 4 at dimension -1 (got [2, 3] and [2, 4])',
    ],
  ],
  logicalAnd: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'logicalAnd: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  isclose: [
    [
      [numbers([2]), numbers([2]), { tolerance: 1 } as never],
      'TypeError',
      "isclose: unknown option 'tolerance'; did you mean 'rtol'? (it takes rtol, atol, equalNan)",
    ],
  ],
  allclose: [
    [
      [numbers([2]), numbers([3])],
      'ShapeError',
      'allclose: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  where: [
    [[numbers([2]), 1, 0], 'DTypeError', 'where: the condition must be bool, not float32; compare, as in .ne(0)'],
    [
      [truths([2]), numbers([3]), 0],
      'ShapeError',
      'where: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
};
