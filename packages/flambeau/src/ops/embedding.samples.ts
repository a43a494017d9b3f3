import { tensor } from './creation.js';
import type * as embedding from './embedding.js';
import { type ErrorSamples, integers, numbers, type Samples } from './sampling.testing.js';

export const samples: Samples<typeof embedding> = {
  embedding: [
    [tensor([2, 0, 2]), numbers([3, 4])],
    [
      tensor([
        [1, 0],
        [2, 2],
      ]),
      numbers([3, 2]),
    ],
    [tensor(1), numbers([3, 2])],
    {
      args: [tensor([2, 0, 2]), numbers([3, 4]), { paddingIdx: 2 }],
      skip: { differences: 'the padding row has no gradient by design' },
    },
    {
      args: [tensor([2, 0, 2, 2, 1]), numbers([3, 2]), { scaleGradByFreq: true }],
      skip: { differences: 'the gradient is divided by frequencies by design' },
    },
    {
      args: [integers([2, 2], 0, 3, 'int32'), numbers([3, 2]), { paddingIdx: -1, scaleGradByFreq: true }],
      skip: { differences: 'the padding row has no gradient by design' },
    },
    [integers([0]), numbers([3, 4])],
    [tensor([3]), numbers([3, 4])],
  ],
  embeddingBag: [
    [integers([3, 4], 0, 5), numbers([5, 3])],
    [integers([3, 4], 0, 5), numbers([5, 3]), { mode: 'max' }],
    [tensor([2, 0, 2, 1, 4]), numbers([5, 17]), { offsets: tensor([0, 2, 2, 3]), mode: 'sum' }],
    [tensor([2, 0, 2, 1, 4]), numbers([5, 3]), { offsets: tensor([0, 2, 2, 3]), mode: 'sum' }],
    [tensor([2, 0, 2, 1, 4]), numbers([5, 3]), { offsets: tensor([0, 2, 2]), mode: 'max' }],
    [tensor([2, 0, 2, 1, 4]), numbers([5, 3]), { offsets: tensor([0, 3, 5]), includeLastOffset: true }],
    [
      tensor([2, 0, 2, 1, 4]),
      numbers([5, 3]),
      { offsets: tensor([0, 3]), mode: 'sum', perSampleWeights: numbers([5], 0, 2) },
    ],
    [integers([2, 2], 0, 5), numbers([5, 3]), { mode: 'sum', perSampleWeights: numbers([2, 2]) }],
    {
      args: [tensor([2, 0, 2, 1, 2]), numbers([5, 2]), { offsets: tensor([0, 2]), mode: 'sum', scaleGradByFreq: true }],
      skip: { differences: 'the gradient is divided by frequencies by design' },
    },
    ...(['sum', 'mean', 'max'] as const).map((mode) => ({
      args: [
        tensor([2, 0, 2, 1, 4, 2]),
        numbers([5, 3]),
        { offsets: tensor([0, 3, 5]), mode, paddingIdx: -3 },
      ] as const,
      skip: { differences: 'the padding row has no gradient by design' },
    })),
    [integers([0]), numbers([3, 4]), { offsets: tensor([0, 0]), mode: 'sum' }],
    [tensor([0, 1, 3]), numbers([3, 4]), { offsets: tensor([0]) }],
    [tensor([0, 1]), numbers([3, 4]), { offsets: tensor([1]) }],
    [tensor([0, 1]), numbers([3, 4])],
  ],
  oneHot: [[tensor([0, 2, 1])], [tensor([0, 2, 1]), 5], [tensor([[0], [1]]), 2], [tensor([3]), 2]],
};

export const errorSamples: ErrorSamples<typeof embedding> = {
  embedding: [
    [
      [numbers([2]), numbers([5, 3])],
      'DTypeError',
      'embedding: the input holds row numbers in int64 or int32, not float32',
    ],
    [[integers([2], 0, 5), numbers([5])], 'ShapeError', 'embedding: the weight must be (rows, size) (got [5])'],
    [[tensor([0, 5]), numbers([5, 3])], 'IndexError', 'embedding: index 5 is outside a dimension of size 5'],
    [[tensor([0, -1]), numbers([5, 3])], 'IndexError', 'embedding: index -1 is outside a dimension of size 5'],
    [
      [tensor([0]), numbers([5, 3]), { paddingIdx: 5 }],
      'ArgumentError',
      'embedding: paddingIdx 5 is none of the 5 rows',
    ],
    [
      [tensor([0]), numbers([5, 3]), { sparse: true as never }],
      'ArgumentError',
      'embedding: sparse gradients are not there; leave the option out',
    ],
    [
      [tensor([0]), numbers([5, 3]), { padding: 1 } as never],
      'TypeError',
      "embedding: unknown option 'padding'; did you mean 'paddingIdx'? (it takes paddingIdx, maxNorm, normType, scaleGradByFreq, sparse)",
    ],
  ],
  oneHot: [
    [[numbers([2])], 'DTypeError', 'oneHot: class indices are int64, not float32; convert with .long()'],
    [[tensor([0, 3]), 3], 'IndexError', 'oneHot: index 3 is outside a dimension of size 3'],
    [[tensor([0, -1])], 'IndexError', 'oneHot: index -1 is outside a dimension of size 1'],
  ],
  embeddingBag: [
    [
      [tensor([0, 1]), numbers([5, 3])],
      'ArgumentError',
      'embeddingBag: a 1-D input needs `offsets`, a 1-D tensor of int64 or int32: where each bag begins',
    ],
    [
      [tensor([0, 5]), numbers([5, 3]), { offsets: tensor([0]) }],
      'IndexError',
      'embeddingBag: index 5 is outside a dimension of size 5',
    ],
    [
      [tensor([[0, 1]]), numbers([5, 3]), { offsets: tensor([0]) }],
      'ArgumentError',
      'embeddingBag: a 2-D input has a bag in each row; leave the offsets out',
    ],
    [
      [tensor([[0, 1]]), numbers([5, 3]), { mode: 'min' as never }],
      'ArgumentError',
      "embeddingBag: mode must be 'sum', 'mean' or 'max', not 'min'",
    ],
    [
      [tensor([[0, 1]]), numbers([5, 3]), { perSampleWeights: numbers([2]), mode: 'sum' }],
      'ShapeError',
      "embeddingBag: perSampleWeights must have the input's shape (got [2] and [1, 2])",
    ],
    [
      [tensor([0, 1]), numbers([5, 3]), { offsets: tensor([1]) }],
      'ArgumentError',
      'embeddingBag: the first offset must be 0, but is 1',
    ],
  ],
};
