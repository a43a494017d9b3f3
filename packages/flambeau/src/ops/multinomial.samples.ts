import { tensor } from './creation.js';
import type * as multinomial from './multinomial.js';
import { type ErrorSamples, integers, numbers, type Samples, strided } from './sampling.testing.js';

const weights = (...shape: number[]) => numbers(shape, 0, 1);
const others = { skip: { value: 'without replacement PyTorch draws by its own exponential numbers' } };

export const samples: Samples<typeof multinomial> = {
  multinomial: [
    [weights(5), 40, { replacement: true }],
    [weights(3, 4), 20, { replacement: true }],
    [strided(weights(3, 4)), 20, { replacement: true }],
    [tensor([0, 1, 0], { dtype: 'float32' }), 3, { replacement: true }],
    { args: [tensor([0, 1, 0], { dtype: 'float32' }), 1] },
    { args: [weights(5), 5], ...others },
  ],
};

export const errorSamples: ErrorSamples<typeof multinomial> = {
  multinomial: [
    [[integers([2], 0, 5), 1], 'DTypeError', 'multinomial: weights are floating-point, not int64'],
    [[weights(2, 2, 2), 1], 'ShapeError', 'multinomial: the weights must be (n) or (rows, n) (got [2, 2, 2])'],
    [[weights(2), 0], 'ArgumentError', 'multinomial: numSamples must be a positive integer, but is 0'],
    [
      [tensor([1, -1], { dtype: 'float32' }), 1],
      'ArgumentError',
      'multinomial: weights are finite and not negative, but one is -1',
    ],
    [
      [tensor([0, 0], { dtype: 'float32' }), 1],
      'ArgumentError',
      'multinomial: the sum of the weights must be positive',
    ],
    [
      [tensor([0, 1], { dtype: 'float32' }), 2],
      'ArgumentError',
      'multinomial: only 1 weights are positive, but 2 are to be drawn; pass { replacement: true }',
    ],
  ],
};
