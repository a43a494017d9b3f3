import type * as linear from './linear.js';
import { numbers, type Samples, strided } from './sampling.testing.js';

const w = (...shape: number[]) => numbers(shape, -2, 2, 2);

export const samples: Samples<typeof linear> = {
  linear: [
    [numbers([2, 3]), w(4, 3), numbers([4])],
    [numbers([2, 3]), w(4, 3)],
    [numbers([3]), w(4, 3), numbers([4])],
    [numbers([2, 2, 3]), w(4, 3), numbers([4])],
    [numbers([0, 3]), w(4, 3), numbers([4])],
    [strided(numbers([2, 3])), strided(w(4, 3)), strided(numbers([4]))],
    [numbers([3, 2]).t(), w(3, 4).t(), numbers([4])],
    [numbers([33, 70]), w(9, 70), numbers([9])],
    [numbers([2, 3]), w(4, 2)],
  ],
};
