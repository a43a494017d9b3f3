import { tensor } from './creation.js';
import type * as embedding from './embedding.js';
import { integers, numbers, type Samples } from './sampling.testing.js';

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
