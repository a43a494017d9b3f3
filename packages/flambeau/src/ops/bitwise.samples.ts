import type * as bitwise from './bitwise.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

const pairs = () =>
  [
    [integers([3, 4], -99, 99), integers([4], -99, 99, 'int64', 2)],
    [integers([4], 0, 255, 'uint8'), integers([4], 0, 255, 'uint8', 2)],
    [integers([4], -99, 99, 'int32'), 12],
    [strided(integers([2, 3])), integers([3, 2]).t()],
    [truths([4]), truths([4], 2)],
    [integers([0]), integers([1])],
  ] as const;

export const samples: Samples<typeof bitwise> = {
  bitwiseAnd: pairs(),
  bitwiseOr: pairs(),
  bitwiseXor: pairs(),
  bitwiseNot: [
    [integers([3, 4])],
    [integers([4], 0, 255, 'uint8')],
    [integers([4], -9, 9, 'int32')],
    [truths([4])],
    [integers([])],
  ],
};

export const errorSamples: ErrorSamples<typeof bitwise> = {
  bitwiseAnd: [[[numbers([2]), 3], 'DTypeError', "bitwiseAnd: bits are an integer's or a boolean's, not of float32"]],
  bitwiseOr: [
    [[integers([2]), numbers([2])], 'DTypeError', "bitwiseOr: bits are an integer's or a boolean's, not of float32"],
  ],
  bitwiseXor: [
    [
      [integers([2]), integers([3])],
      'ShapeError',
      'bitwiseXor: size 2 cannot broadcast with 3 at dimension -1 (got [2] and [3])',
    ],
  ],
  bitwiseNot: [[[numbers([2])], 'DTypeError', "bitwiseNot: bits are an integer's or a boolean's, not of float32"]],
};
