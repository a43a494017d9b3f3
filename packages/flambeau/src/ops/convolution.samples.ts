import type * as convolution from './convolution.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const w = (...shape: number[]) => numbers(shape, -1, 1, 2);
const bias = (n: number) => numbers([n], -1, 1, 3);

export const samples: Samples<Pick<typeof convolution, 'conv1d' | 'conv2d'>> = {
  conv1d: [
    [x(2, 3, 7), w(4, 3, 3)],
    [x(2, 3, 7), w(4, 3, 3), { bias: bias(4), padding: 1 }],
    [x(3, 7), w(2, 3, 2), { bias: bias(2), stride: 2 }],
    [x(1, 4, 9), w(4, 2, 3), { groups: 2, dilation: 2 }],
    [x(1, 2, 6), w(2, 2, 4), { padding: 'same' }],
    [x(1, 2, 6), w(2, 2, 3), { padding: 'valid', stride: [2] }],
    [x(1, 3, 6), w(3, 1, 3), { groups: 3, padding: 1 }],
    [x(2, 2, 4), w(3, 2, 1)],
    [strided(x(1, 2, 5)), strided(w(2, 2, 2))],
    [x(2, 9, 20), w(7, 9, 5), { padding: 2, bias: bias(7) }],
    [x(1, 2, 2), w(2, 2, 3)],
    [x(1, 2, 4, 4), w(2, 2, 3)],
  ],
  conv2d: [
    [x(2, 2, 4, 4), w(3, 2, 3, 3)],
    [x(1, 2, 4, 4), w(3, 2, 3, 3), { bias: bias(3), padding: 1 }],
    [x(2, 3, 4), w(2, 2, 2, 2)],
    [x(2, 3, 4), w(3, 2, 2, 2), { bias: bias(3) }],
    [x(1, 1, 5, 6), w(2, 1, 3, 2), { stride: 2 }],
    [x(1, 2, 5, 5), w(2, 2, 3, 3), { stride: [2, 1], padding: [1, 2], dilation: [1, 2] }],
    [x(1, 4, 3, 3), w(4, 2, 2, 2), { groups: 2, bias: bias(4) }],
    [x(1, 3, 4, 4), w(3, 1, 3, 3), { groups: 3, padding: 1 }],
    [x(1, 2, 3, 3), w(2, 2, 1, 1)],
    [x(1, 1, 4, 4), w(1, 1, 3, 3), { padding: 'same' }],
    [x(1, 1, 4, 5), w(1, 1, 2, 2), { padding: 'same' }],
    [x(1, 1, 4, 4), w(1, 1, 3, 3), { padding: 'valid' }],
    [x(2, 1, 6, 5), w(3, 1, 2, 5), { bias: bias(3) }],
    [x(2, 1, 7, 5), w(3, 1, 3, 5), { stride: [2, 3], padding: [1, 0], dilation: [2, 1] }],
    [strided(x(1, 2, 4, 4)), strided(w(2, 2, 3, 3))],
    [x(1, 4, 4, 2).permute(0, 3, 1, 2), w(3, 2, 3, 3)],
    [x(0, 2, 4, 4), w(3, 2, 3, 3)],
    [x(2, 9, 11, 10), w(7, 9, 3, 3), { padding: 1 }],
    [x(1, 3, 4, 4), w(3, 2, 3, 3)],
    [x(1, 2, 2, 2), w(3, 2, 3, 3)],
  ],
};

export const errorSamples: ErrorSamples<Pick<typeof convolution, 'conv1d' | 'conv2d'>> = {
  conv1d: [
    [
      [numbers([2, 3, 8]), numbers([4, 5, 3])],
      'ShapeError',
      'conv1d: the weight takes 5 channels (groups 1), but the input has 3 (got [2, 3, 8] and [4, 5, 3])',
    ],
    [[numbers([8]), numbers([4, 3, 3])], 'ShapeError', 'conv1d: the input must be (N, C, L) or (C, L) (got [8])'],
  ],
  conv2d: [
    [
      [numbers([1, 3, 8, 8]), numbers([4, 2, 3, 3])],
      'ShapeError',
      'conv2d: the weight takes 2 channels (groups 1), but the input has 3 (got [1, 3, 8, 8] and [4, 2, 3, 3])',
    ],
    [
      [numbers([1, 3, 8]), numbers([4, 3, 3])],
      'ShapeError',
      'conv2d: the weight must be (out, in / groups, height, width) (got [4, 3, 3])',
    ],
    [
      [numbers([1, 3, 2, 2]), numbers([4, 3, 3, 3])],
      'ShapeError',
      'conv2d: a window of 3 × 3 pixels does not fit the input with padding [0, 0] (got [1, 3, 2, 2] and [4, 3, 3, 3])',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { bias: numbers([3]) }],
      'ShapeError',
      'conv2d: the bias must have 4 elements, one for each output channel (got [3])',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { bias: numbers([4]).double() }],
      'DTypeError',
      'conv2d: weight and bias must have one dtype, not float32 and float64',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]).double()],
      'DTypeError',
      'conv2d: input and weight must have one dtype, not float32 and float64',
    ],
    [
      [integers([1, 3, 8, 8]), integers([4, 3, 3, 3])],
      'DTypeError',
      "conv2d: the input must be floating-point, not int64; convert with .to('float32')",
    ],
    [
      [numbers([1, 4, 8, 8]), numbers([4, 2, 3, 3]), { groups: 0 }],
      'ArgumentError',
      'conv2d: groups is a whole number from 1, not 0',
    ],
    [
      [numbers([1, 4, 8, 8]), numbers([3, 2, 3, 3]), { groups: 2 }],
      'ShapeError',
      'conv2d: 3 output channels do not fall into 2 groups (got [3, 2, 3, 3])',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { stride: 0 }],
      'ArgumentError',
      'conv2d: stride is a whole number from 1 or [height, width] of them, not 0',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { stride: [1, 2, 3] as never }],
      'ArgumentError',
      'conv2d: stride is a whole number from 1 or [height, width] of them, not [1,2,3]',
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { padding: 'same', stride: 2 }],
      'ArgumentError',
      "conv2d: padding 'same' needs stride 1, not [2, 2]",
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { padding: 'full' as never }],
      'ArgumentError',
      "conv2d: padding is a number, a list of them, 'same' or 'valid', not 'full'",
    ],
    [
      [numbers([1, 3, 8, 8]), numbers([4, 3, 3, 3]), { dilations: 2 } as never],
      'TypeError',
      "conv2d: unknown option 'dilations'; did you mean 'dilation'? (it takes bias, stride, padding, dilation, groups)",
    ],
  ],
};
