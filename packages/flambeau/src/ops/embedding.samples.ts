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
    [integers([0]), numbers([3, 4])],
    [tensor([3]), numbers([3, 4])],
  ],
  oneHot: [[tensor([0, 2, 1])], [tensor([0, 2, 1]), 5], [tensor([[0], [1]]), 2], [tensor([3]), 2]],
};
