import type * as matmul from './matmul.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const a = (...shape: number[]) => numbers(shape);
const b = (...shape: number[]) => numbers(shape, -2, 2, 2);
const matrices = () =>
  [
    [a(2, 3), b(3, 4)],
    [a(3, 2).t(), b(4, 3).t()],
    [strided(a(2, 3)), strided(b(3, 2))],
    [a(0, 3), b(3, 2)],
    [a(2, 0), b(0, 3)],
    [a(1, 3), b(3, 1)],
    [a(7, 33), b(33, 19)],
    [a(2, 3), b(4, 2)],
  ] as const;

export const samples: Samples<typeof matmul> = {
  mm: matrices(),
  bmm: [
    [a(2, 2, 3), b(2, 3, 4)],
    [a(2, 3, 2).transpose(1, 2), b(2, 3, 4)],
    [a(0, 2, 3), b(0, 3, 2)],
    [a(2, 2, 0), b(2, 0, 2)],
    [a(1, 2, 3).expand([3, 2, 3]), b(3, 3, 2)],
    [a(2, 2, 3), b(3, 3, 2)],
  ],
  matmul: [
    ...matrices(),
    [a(3), b(3)],
    [a(2, 3), b(3)],
    [a(3), b(3, 2)],
    [a(2, 2, 3), b(3, 2)],
    [a(2, 2, 3), b(3)],
    [a(3), b(2, 3, 2)],
    [a(2, 1, 2, 3), b(3, 3, 2)],
    [a(2, 2, 3), b(1, 3, 2)],
    [a(), b(3)],
  ],
  mv: [
    [a(2, 3), b(3)],
    [a(3, 2).t(), b(3)],
    [a(2, 3), b(2)],
  ],
  dot: [
    [a(4), b(4)],
    [a(0), b(0)],
    [a(4), b(3)],
  ],
  outer: [
    [a(3), b(2)],
    [a(0), b(2)],
    [a(2, 2), b(2)],
  ],
  addmm: [
    [a(4), a(2, 3), b(3, 4)],
    [a(2, 4), a(2, 3), b(3, 4), { beta: 0.5, alpha: 2 }],
    [a(2, 4).mul(Number.NaN), a(2, 3), b(3, 4), { beta: 0 }],
  ],
};

export const errorSamples: ErrorSamples<typeof matmul> = {
  mm: [
    [
      [numbers([2, 3]), numbers([4, 5])],
      'ShapeError',
      'mm: cannot multiply [2, 3] by [4, 5]: the inner sizes 3 and 4 differ',
    ],
    [
      [numbers([2, 2, 3]), numbers([3, 5])],
      'ShapeError',
      'mm: multiplies matrices; use matmul for batches and vectors (got [2, 2, 3] and [3, 5])',
    ],
  ],
  bmm: [
    [
      [numbers([2, 3]), numbers([3, 4])],
      'ShapeError',
      'bmm: multiplies two batches of as many matrices; use matmul to broadcast (got [2, 3] and [3, 4])',
    ],
    [
      [numbers([2, 2, 3]), numbers([3, 3, 4])],
      'ShapeError',
      'bmm: multiplies two batches of as many matrices; use matmul to broadcast (got [2, 2, 3] and [3, 3, 4])',
    ],
  ],
  matmul: [
    [
      [numbers([2, 3]), numbers([4, 5])],
      'ShapeError',
      'matmul: cannot multiply [2, 3] by [4, 5]: the inner sizes 3 and 4 differ',
    ],
    [[numbers([]), numbers([2])], 'ShapeError', 'matmul: scalars have no matrix product; use mul (got [] and [2])'],
    [
      [numbers([2, 2, 3]), numbers([3, 3, 4])],
      'ShapeError',
      'matmul: the batches [2] and [3] do not broadcast (got [2, 2, 3] and [3, 3, 4])',
    ],
    [
      [numbers([2, 3]), numbers([3]).double()],
      'DTypeError',
      "matmul: both matrices must have one dtype, not float32 and float64; convert one with .to('float32')",
    ],
  ],
  mv: [
    [
      [numbers([2, 3]), numbers([2])],
      'ShapeError',
      'mv: cannot multiply [2, 3] by [2]: the inner sizes 3 and 2 differ',
    ],
  ],
  dot: [[[numbers([2]), numbers([3])], 'ShapeError', 'dot: needs two vectors of one length (got [2] and [3])']],
  outer: [[[numbers([2, 2]), numbers([2])], 'ShapeError', 'outer: needs two vectors (got [2, 2] and [2])']],
  addmm: [
    [
      [numbers([2, 2]), numbers([2, 3]), numbers([3, 4])],
      'ShapeError',
      'addmm: size 4 cannot broadcast with 2 at dimension -1 (got [2, 4] and [2, 2])',
    ],
    [
      [numbers([2, 2]), numbers([2, 3]), numbers([3, 2]), { gamma: 1 } as never],
      'TypeError',
      "addmm: unknown option 'gamma'; did you mean 'beta'? (it takes beta, alpha)",
    ],
  ],
};
