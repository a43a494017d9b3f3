import { tensor } from './creation.js';
import type * as joining from './joining.js';
import { integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

export const samples: Samples<typeof joining> = {
  cat: [
    [[numbers([2, 3]), numbers([1, 3], -2, 2, 2)]],
    [[numbers([2, 3]), numbers([2, 1], -2, 2, 2), numbers([2, 2], -2, 2, 3)], 1],
    [[numbers([0, 3]), numbers([2, 3])]],
    [[tensor([], { dtype: 'float32' }), numbers([2, 3])]],
    [[numbers([2]), integers([2])]],
    [[integers([2]), truths([2])]],
    [[strided(numbers([2, 3])), numbers([3, 2]).t()], -1],
    [[numbers([2, 3]), numbers([2, 2])]],
    [[numbers([]), numbers([])]],
  ],
  stack: [
    [[numbers([2, 3]), numbers([2, 3], -2, 2, 2)]],
    [[numbers([2, 3]), numbers([2, 3], -2, 2, 2)], -1],
    [[numbers([]), numbers([], -2, 2, 2)]],
    [[numbers([0]), numbers([0])], 1],
    [[numbers([2]), numbers([3])]],
  ],
};
