import type * as convTranspose from './conv-transpose.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const w = (...shape: number[]) => numbers(shape, -1, 1, 2);
const bias = (n: number) => numbers([n], -1, 1, 3);

export const samples: Samples<typeof convTranspose> = {
  convTranspose1d: [
    [x(2, 3, 5), w(3, 2, 3)],
    [x(1, 3, 4), w(3, 2, 3), { stride: 2, padding: 1, outputPadding: 1, bias: bias(2) }],
    [x(3, 4), w(3, 2, 2), { bias: bias(2), stride: [3] }],
    [x(1, 4, 4), w(4, 1, 3), { groups: 2, dilation: 2, outputPadding: 1 }],
    [strided(x(1, 2, 3)), strided(w(2, 2, 2))],
    [x(1, 2, 4), w(2, 2, 2), { outputPadding: 1 }],
    [x(1, 3, 4), w(2, 2, 2)],
  ],
  convTranspose2d: [
    [x(1, 2, 3, 3), w(2, 2, 3, 3)],
    [x(2, 2, 2, 3), w(2, 3, 3, 2), { bias: bias(3), stride: 2 }],
    [x(1, 2, 3, 3), w(2, 1, 3, 3), { stride: 2, padding: 1, outputPadding: 1 }],
    [x(2, 2, 3), w(2, 2, 2, 2), { bias: bias(2), stride: [1, 2], outputPadding: [0, 1] }],
    [x(1, 4, 2, 2), w(4, 2, 2, 2), { groups: 2, bias: bias(4) }],
    [x(1, 2, 2, 3), w(2, 1, 2, 2), { dilation: [1, 2], padding: [0, 1], outputPadding: [0, 1] }],
    [x(1, 3, 2, 2), w(3, 1, 3, 3), { groups: 3, stride: 2 }],
    [x(1, 3, 3, 2).permute(0, 3, 1, 2), w(2, 2, 2, 2)],
    [strided(x(1, 2, 2, 2)), strided(w(2, 2, 2, 2))],
    [x(1, 9, 6, 5), w(9, 7, 4, 4), { stride: 2, padding: 1, bias: bias(7) }],
    [x(1, 2, 2, 2), w(2, 2, 2, 2), { outputPadding: 1 }],
    [x(1, 3, 2, 2), w(2, 2, 2, 2)],
    [x(1, 2, 1, 1), w(2, 2, 2, 2), { padding: 1 }],
  ],
};

export const errorSamples: ErrorSamples<typeof convTranspose> = {
  convTranspose1d: [
    [
      [numbers([2, 3]), numbers([3, 2, 2, 2])],
      'ShapeError',
      'convTranspose1d: the weight must be (in, out / groups, length) (got [3, 2, 2, 2])',
    ],
    [
      [numbers([2, 4, 5]), numbers([3, 2, 2])],
      'ShapeError',
      'convTranspose1d: the weight takes 3 channels, but the input has 4 (got [2, 4, 5] and [3, 2, 2])',
    ],
  ],
  convTranspose2d: [
    [
      [numbers([1, 4, 5, 5]), numbers([3, 2, 3, 3])],
      'ShapeError',
      'convTranspose2d: the weight takes 3 channels, but the input has 4 (got [1, 4, 5, 5] and [3, 2, 3, 3])',
    ],
    [
      [numbers([1, 4, 5, 5]), numbers([4, 2, 3, 3]), { groups: 3 }],
      'ShapeError',
      'convTranspose2d: 4 input channels do not fall into 3 groups (got [1, 4, 5, 5])',
    ],
    [
      [numbers([1, 4, 5, 5]), numbers([4, 2, 3, 3]), { outputPadding: 2 }],
      'ArgumentError',
      'convTranspose2d: outputPadding 2 must be less than the stride 1 or the dilation 1',
    ],
    [
      [numbers([1, 4, 1, 1]), numbers([4, 2, 3, 3]), { padding: 2 }],
      'ShapeError',
      'convTranspose2d: padding [2, 2] leaves nothing of the result (got [1, 4, 1, 1] and [4, 2, 3, 3])',
    ],
    [
      [numbers([1, 4, 5, 5]), numbers([4, 2, 3, 3]).double()],
      'DTypeError',
      'convTranspose2d: input and weight must have one dtype, not float32 and float64',
    ],
    [
      [numbers([1, 4, 5, 5]), numbers([4, 2, 3, 3]), { bias: numbers([3]) }],
      'ShapeError',
      'convTranspose2d: the bias must have 2 elements, one for each output channel (got [3])',
    ],
    [
      [numbers([1, 4, 5, 5]), numbers([4, 2, 3, 3]), { strides: 2 } as never],
      'TypeError',
      "convTranspose2d: unknown option 'strides'; did you mean 'stride'? (it takes bias, stride, padding, outputPadding, groups, dilation)",
    ],
  ],
};
