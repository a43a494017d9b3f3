import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import type * as pooling from './pooling.js';
import { distinct, type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

type Indexed<Op, Options> = Op extends (input: Tensor, size: infer Size, options?: infer _) => unknown
  ? readonly [input: Tensor, size: Size, options: Options & { returnIndices: true }]
  : never;
interface Overloads {
  maxPool1d: Indexed<typeof pooling.maxPool1d, pooling.MaxPool1dOptions>;
  maxPool2d: Indexed<typeof pooling.maxPool2d, pooling.MaxPool2dOptions>;
  adaptiveMaxPool1d: Indexed<typeof pooling.adaptiveMaxPool1d, pooling.WithIndices>;
  adaptiveMaxPool2d: Indexed<typeof pooling.adaptiveMaxPool2d, pooling.WithIndices>;
}

export const samples: Samples<typeof pooling, Overloads> = {
  maxPool2d: [
    [distinct([2, 2, 4, 4]), 2],
    [distinct([2, 5, 6]), 2],
    [distinct([1, 2, 5, 5]), 3, { stride: 2, padding: 1 }],
    [distinct([1, 1, 5, 6]), [2, 3], { stride: [1, 2] }],
    [distinct([1, 1, 6, 6]), 2, { dilation: 2 }],
    [distinct([1, 1, 5, 5]), 2, { ceilMode: true }],
    [distinct([1, 2, 4, 4]), 2, { returnIndices: true }],
    [strided(distinct([1, 2, 4, 4])), 2],
    [distinct([1, 4, 4, 3]).permute(0, 3, 1, 2), 2],
    [distinct([1, 1, 2, 2]), 3],
  ],
  avgPool2d: [
    [numbers([2, 2, 4, 4]), 2],
    [numbers([2, 5, 6]), 2],
    [numbers([1, 2, 5, 5]), 3, { stride: 2, padding: 1 }],
    [numbers([1, 2, 5, 5]), 3, { stride: 2, padding: 1, countIncludePad: false }],
    [numbers([1, 1, 5, 6]), [2, 3], { stride: [1, 2] }],
    [numbers([1, 1, 5, 5]), 2, { ceilMode: true }],
    [numbers([1, 1, 4, 4]), 2, { divisorOverride: 3 }],
    [strided(numbers([1, 2, 4, 4])), 2],
    [numbers([1, 1, 2, 2]), 3],
  ],
  adaptiveAvgPool2d: [
    [numbers([2, 2, 4, 4]), 2],
    [numbers([2, 5, 6]), [2, 3]],
    [numbers([1, 2, 5, 5]), 1],
    [numbers([1, 1, 5, 7]), 3],
    [strided(numbers([1, 2, 4, 4])), 2],
    [numbers([1, 2, 3, 3]), 5],
  ],
  maxPool1d: [
    [distinct([2, 2, 7]), 2],
    [distinct([2, 7]), [3], { stride: 2, padding: 1 }],
    [distinct([1, 1, 7]), 2, { dilation: 3, ceilMode: true, stride: 2 }],
    [distinct([1, 2, 6]), 2, { returnIndices: true }],
    [strided(distinct([1, 2, 4])), 2],
    [distinct([1, 1, 2]), 3],
  ],
  avgPool1d: [
    [numbers([2, 2, 7]), 2],
    [numbers([2, 7]), 3, { stride: 2, padding: 1, countIncludePad: false }],
    [numbers([1, 1, 7]), 2, { ceilMode: true }],
    [strided(numbers([1, 2, 4])), 2],
  ],
  adaptiveAvgPool1d: [
    [numbers([2, 2, 7]), 3],
    [numbers([2, 5]), 1],
    [strided(numbers([1, 2, 4])), 6],
  ],
  adaptiveMaxPool1d: [
    [distinct([2, 2, 7]), 3],
    [distinct([2, 5]), 2, { returnIndices: true }],
    [strided(distinct([1, 2, 4])), 3],
  ],
  adaptiveMaxPool2d: [
    [distinct([2, 2, 4, 4]), 2],
    [distinct([2, 5, 6]), [2, 3], { returnIndices: true }],
    [distinct([1, 1, 5, 7]), [3, null]],
    [strided(distinct([1, 2, 4, 4])), 3],
  ],
  maxUnpool1d: [
    [
      numbers([1, 2, 3]),
      tensor([
        [
          [0, 3, 5],
          [1, 2, 4],
        ],
      ]),
      2,
    ],
    [
      numbers([2, 2]),
      tensor([
        [1, 4],
        [0, 3],
      ]),
      2,
      { stride: 3, outputSize: [6] },
    ],
  ],
  maxUnpool2d: [
    [
      numbers([1, 1, 2, 2]),
      tensor([
        [
          [
            [0, 3],
            [9, 14],
          ],
        ],
      ]),
      2,
    ],
    [
      numbers([1, 1, 2, 2]),
      tensor([
        [
          [
            [0, 3],
            [11, 22],
          ],
        ],
      ]),
      2,
      { outputSize: [5, 5] },
    ],
    [numbers([1, 1, 2]), tensor([[[1, 4]]]), [2, 3], { outputSize: [1, 6] }],
  ],
  lpPool1d: [
    [numbers([1, 2, 6], 0.5, 2), 2, 2],
    [numbers([2, 7], 0.5, 2), 3, 3, { stride: 2, ceilMode: true }],
  ],
  lpPool2d: [
    [numbers([1, 2, 4, 4], 0.5, 2), 2, 2],
    [numbers([2, 5, 6], 0.5, 2), 1, [2, 3], { stride: [1, 2] }],
  ],
};

export const errorSamples: ErrorSamples<typeof pooling, Overloads> = {
  maxPool1d: [
    [[numbers([4]), 2], 'ShapeError', 'maxPool1d: the input must be (N, C, L) or (C, L) (got [4])'],
    [[numbers([1, 1, 2]), 3], 'ShapeError', 'maxPool1d: a window [3] does not fit the input (got [1, 1, 2])'],
    [
      [numbers([1, 1, 2]), [1, 1] as never],
      'ArgumentError',
      'maxPool1d: kernelSize is a whole number from 1, not [1,1]',
    ],
  ],
  maxUnpool2d: [
    [
      [numbers([1, 1, 2, 2]), integers([1, 1, 2, 2], 0, 1), 2, { outputSize: [7, 4] }],
      'ArgumentError',
      'maxUnpool2d: outputSize [7, 4] is not what was pooled: about [4, 4]',
    ],
    [
      [numbers([1, 1, 2, 2]), integers([1, 1, 2], 0, 1), 2],
      'ShapeError',
      'maxUnpool2d: there must be one index for each number (got [1, 1, 2, 2] and [1, 1, 2])',
    ],
  ],
  maxPool2d: [
    [[numbers([4, 4]), 2], 'ShapeError', 'maxPool2d: the input must be (N, C, H, W) or (C, H, W) (got [4, 4])'],
    [[numbers([1, 1, 2, 2]), 3], 'ShapeError', 'maxPool2d: a window [3, 3] does not fit the input (got [1, 1, 2, 2])'],
    [
      [numbers([1, 1, 4, 4]), 2, { padding: 2 }],
      'ArgumentError',
      'maxPool2d: padding [2, 2] is more than half the window [2, 2]',
    ],
    [
      [numbers([1, 1, 4, 4]), 0],
      'ArgumentError',
      'maxPool2d: kernelSize is a whole number from 1 or [height, width] of them, not 0',
    ],
    [
      [numbers([1, 1, 4, 4]), 2, { strides: 1 } as never],
      'TypeError',
      "maxPool2d: unknown option 'strides'; did you mean 'stride'? (it takes stride, padding, dilation, ceilMode, returnIndices)",
    ],
  ],
  avgPool2d: [
    [
      [numbers([1, 1, 4, 4]), 2, { divisorOverride: 0 }],
      'ArgumentError',
      'avgPool2d: divisorOverride 0 would divide by zero',
    ],
    [
      [numbers([1, 1, 4, 4]), [2, 2, 2] as never],
      'ArgumentError',
      'avgPool2d: kernelSize is a whole number from 1 or [height, width] of them, not [2,2,2]',
    ],
    [[integers([1, 1, 4, 4]), 2], 'DTypeError', 'avgPool2d: not implemented for int64; there is float32, float64'],
  ],
  adaptiveAvgPool2d: [
    [[numbers([4, 4]), 2], 'ShapeError', 'adaptiveAvgPool2d: the input must be (N, C, H, W) or (C, H, W) (got [4, 4])'],
    [
      [numbers([1, 1, 4, 4]), 0],
      'ArgumentError',
      'adaptiveAvgPool2d: outputSize is a whole number from 1 or [height, width] of them, not [0,0]',
    ],
  ],
};
