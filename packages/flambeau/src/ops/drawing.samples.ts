import type * as drawing from './drawing.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

/** What was in the tensor is gone, and its gradient with it. Bit for bit where no more is said. */
const filled = <Args extends readonly unknown[]>(...args: Args) => ({ args, constant: [0], tolerance: 0 });
/** Logarithm and cosine differ by a unit in the last place from library to library. */
const normal = <Args extends readonly unknown[]>(...args: Args) => ({ args, constant: [0], tolerance: 1.2e-7 });
/** Bit for bit. */
const step = <Args extends readonly unknown[]>(...args: Args) => ({
  args,
  tolerance: 0,
  skip: { differences: 'a step function', second: 'a step function' },
});
/** As in PyTorch, which also draws sixteen normal numbers and more otherwise where they do not lie side by side. */
const ORDER = { skip: { strided: 'drawn in the order of memory', differences: 'drawn in the order of memory' } };

export const samples: Samples<typeof drawing> = {
  uniform_: [
    filled(numbers([2, 3])),
    filled(numbers([])),
    filled(numbers([0])),
    filled(numbers([5]), -2, 3),
    filled(numbers([4, 5]), { from: 0.5, to: 0.75 }),
    { ...filled(numbers([4, 5]).t()), ...ORDER },
    filled(strided(numbers([4, 5]))),
  ],
  normal_: [
    normal(numbers([2, 3])),
    normal(numbers([])),
    normal(numbers([0])),
    normal(numbers([5]), -2, 3),
    { ...normal(numbers([4, 5]), { mean: 0.5, std: 0.25 }), ...ORDER },
    { ...normal(numbers([4, 5]).t()), ...ORDER },
    { ...normal(strided(numbers([4, 5]))), ...ORDER },
  ],
  random_: [
    filled(numbers([6])),
    filled(integers([6])),
    filled(integers([6], 0, 5, 'int32')),
    filled(integers([6], 0, 5, 'uint8')),
    filled(truths([6])),
    filled(integers([6]), 10),
    filled(integers([2, 3]), -3, 3),
    filled(numbers([6]), 10),
    { ...filled(integers([2, 3]).t(), 100), ...ORDER },
    filled(strided(integers([2, 3])), 100),
    filled(integers([0])),
  ],
  bernoulli_: [
    filled(numbers([6])),
    filled(numbers([2, 3]), 0.25),
    filled(integers([6]), 0.75),
    filled(truths([6])),
    filled(numbers([4]), 0),
    filled(numbers([4]), 1),
    filled(numbers([])),
    filled(strided(numbers([2, 3]))),
    { args: [numbers([2, 3]), numbers([2, 3], 0, 1, 2)], constant: [0, 1], tolerance: 0 },
    { args: [numbers([2, 3]), numbers([3], 0, 1, 2)], constant: [0, 1], tolerance: 0 },
    { args: [numbers([2, 3]).t(), numbers([3, 2], 0, 1, 2)], constant: [0, 1], tolerance: 0, ...ORDER },
  ],
  bernoulli: [
    step(numbers([6], 0, 1)),
    step(numbers([2, 3], 0, 1).t()),
    step(numbers([], 0, 1)),
    step(numbers([0], 0, 1)),
    step(strided(numbers([2, 3], 0, 1))),
    filled(numbers([2, 3]), 0.25),
    filled(integers([5]), 0.5),
  ],
  dropout: [
    [numbers([2, 3])],
    [numbers([4, 5]), 0.25],
    { args: [numbers([3, 4]).t(), 0.25], ...ORDER },
    [strided(numbers([2, 3])), 0.5],
    [numbers([6]), { p: 0.75 }],
    [numbers([]), 0.5],
    [numbers([0]), 0.5],
    [numbers([4]), 1],
    [numbers([4]), 0],
    [numbers([4]), { p: 0.5, training: false }],
  ],
};

export const errorSamples: ErrorSamples<typeof drawing> = {
  uniform_: [
    [[numbers([2]), 1, 0], 'ArgumentError', 'uniform_: from 1 must not exceed to 0'],
    [
      [numbers([2]), { low: 0 } as never],
      'TypeError',
      "uniform_: unknown option 'low'; did you mean 'to'? (it takes from, to, generator)",
    ],
    [[integers([2])], 'DTypeError', 'uniform_: not implemented for int64; there is float32, float64'],
  ],
  normal_: [
    [[numbers([2]), 0, -1], 'ArgumentError', 'normal_: std must not be negative, but is -1'],
    [[integers([2])], 'DTypeError', 'normal_: not implemented for int64; there is float32, float64'],
  ],
  random_: [[[numbers([2]), 3, 3], 'ArgumentError', 'random_: from 3 must be less than to 3']],
  bernoulli_: [[[numbers([2]), 1.5], 'ArgumentError', 'bernoulli_: a probability lies between 0 and 1, but p is 1.5']],
  bernoulli: [
    [[integers([2])], 'DTypeError', 'bernoulli: probabilities are floating-point, not int64'],
    [[numbers([2]), -0.5], 'ArgumentError', 'bernoulli: a probability lies between 0 and 1, but p is -0.5'],
  ],
  dropout: [
    [[numbers([2]), 1.5], 'ArgumentError', 'dropout: a probability lies between 0 and 1, but p is 1.5'],
    [
      [numbers([2]), { train: true } as never],
      'TypeError',
      "dropout: unknown option 'train'; did you mean 'training'? (it takes p, training, generator)",
    ],
  ],
};
