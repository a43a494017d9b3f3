import type * as matmul from './matmul.js';
import { numbers, type Samples, strided } from './sampling.testing.js';

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
