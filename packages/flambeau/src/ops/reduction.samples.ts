import { tensor } from './creation.js';
import type * as reduction from './reduction.js';
import {
  distinct,
  type ErrorSamples,
  extremes,
  integers,
  numbers,
  type Samples,
  strided,
  truths,
} from './sampling.testing.js';

const EDGES = { differences: 'at infinities', second: 'at infinities', gradient: 'NaN times infinity' } as const;

const floats = () =>
  [
    [distinct([3, 4])],
    [distinct([3, 4]), 1],
    [distinct([3, 4]), -2, { keepdim: true }],
    [distinct([2, 3, 4]), [0, 2]],
    [distinct([2, 3, 4]), { dim: [1, 2], keepdim: true }],
    [distinct([])],
    [strided(distinct([3, 5])), 0],
    [distinct([3, 5]).t(), 0],
    [numbers([3, 1]).expand([3, 4]), 0],
    [numbers([40, 30]), 0],
  ] as const;

const one = () =>
  [
    [distinct([3, 4])],
    [distinct([3, 4]), 1],
    [distinct([3, 4]), -2, { keepdim: true }],
    [distinct([])],
    [strided(distinct([3, 5])), 0],
    [distinct([3, 5]).t(), 0],
  ] as const;

const whole = () =>
  [
    [integers([3, 4])],
    [integers([3, 4], -5, 6, 'int32'), 1],
    [integers([3, 4], 0, 255, 'uint8')],
    [truths([3, 4]), 0],
  ] as const;
const nothing = () => [[numbers([0])], [numbers([0, 3]), 0], [numbers([2, 0]), 0]] as const;
const odd = () => [{ args: [extremes()], skip: EDGES }] as const;
const shapes = () =>
  [
    [truths([3, 4])],
    [truths([3, 4]), 1],
    [truths([3, 4]), { dim: 0, keepdim: true }],
    [numbers([3, 4]), 1],
    [integers([6], 0, 2)],
    [truths([0])],
    [truths([0, 2]), 0],
    [truths([])],
    [integers([3], 0, 2, 'uint8')],
    [extremes()],
  ] as const;

export const samples: Samples<Omit<typeof reduction, 'variance'>> = {
  sum: [
    ...floats(),
    ...whole(),
    ...nothing(),
    ...odd(),
    [integers([3]), { dtype: 'float32' }],
    [numbers([3]), { dtype: 'float64' }],
  ],
  mean: [...floats(), ...nothing(), ...odd(), [integers([3]), { dtype: 'float32' }], [integers([3])]],
  prod: [
    ...one(),
    ...whole(),
    [numbers([0])],
    [tensor([2, 0, 3.5])],
    [tensor([2.5, 0, 0])],
    [
      tensor([
        [1.5, 0],
        [2, 3],
      ]),
      1,
    ],
  ],
  amax: [...floats(), ...whole(), { args: [tensor([1.5, 3, 3, 2])], skip: { differences: 'tie', second: 'tie' } }],
  amin: [...floats(), ...whole()],
  any: shapes(),
  all: shapes(),
  var: [
    ...floats(),
    [numbers([3, 4]), { correction: 0 }],
    [numbers([3, 4]), 1, { correction: 2 }],
    [numbers([1])],
    [numbers([4]).add(10000)],
  ],
  std: [...floats().filter((_, i) => i !== 5 && i !== 8), [numbers([3, 4]), { correction: 0 }], [numbers([1])]],
  argmax: [
    ...one().filter((_, i) => i !== 2),
    [distinct([3, 4]), { dim: 0, keepdim: true }],
    [integers([6], 0, 2)],
    [tensor([1, Number.NaN, 3, Number.NaN])],
    [numbers([0])],
  ],
  argmin: [
    ...one().filter((_, i) => i !== 2),
    [distinct([3, 4]), { dim: 0, keepdim: true }],
    [integers([6], 0, 2)],
    [tensor([1, Number.NaN, 3, Number.NaN])],
    [numbers([0])],
  ],
  cumsum: [
    [numbers([3, 4]), 1],
    [numbers([3, 4]), -2],
    [numbers([]), 0],
    [numbers([0, 2]), 0],
    [strided(numbers([2, 3])), 1],
    [integers([4], -3, 3, 'int32'), 0],
    [truths([4]), 0],
    [numbers([2, 3, 2]), 1],
  ],
  cumprod: [
    [numbers([3, 4], 0.5, 2), 1],
    [numbers([3, 4], 0.5, 2), -2],
    [numbers([], 0.5, 2), 0],
    [numbers([0, 2]), 0],
    [strided(numbers([2, 3], 0.5, 2)), 1],
    [integers([4], 1, 4, 'int32'), 0],
    [tensor([2, 0, 3.5, 1.5]), 0],
    [tensor([0, 2, 0, 1.5]), 0],
  ],
  logsumexp: [
    [numbers([3, 4]), 1],
    [numbers([3, 4]), [0, 1]],
    [numbers([3, 4]), 0, { keepdim: true }],
    [numbers([3]).add(1000), 0],
    [strided(numbers([2, 3])), 1],
    { args: [tensor([-Infinity, -Infinity]), 0], skip: EDGES },
    { args: [tensor([Infinity, 1.5]), 0], skip: EDGES },
    [numbers([]), 0],
  ],
  norm: [
    [numbers([3, 4])],
    [numbers([3, 4]), 1, { dim: 1 }],
    [numbers([3, 4]), 2, { dim: 0, keepdim: true }],
    [distinct([3, 4]), Infinity, { dim: 1 }],
    [distinct([3, 4]), -Infinity, { dim: 1 }],
    [numbers([3, 4]), 3, { dim: 1 }],
    [numbers([3, 4]), 0, { dim: 1 }],
    { args: [tensor([0, 0], { dtype: 'float32' })], skip: { differences: 'kink', second: 'kink' } },
  ],
  sumToSize: [
    [numbers([3, 4]), [1, 4]],
    [numbers([2, 3, 4]), [3, 1]],
    [numbers([3, 4]), [3, 4]],
    [numbers([3, 4]), []],
  ],
};

export const errorSamples: ErrorSamples<Omit<typeof reduction, 'variance'>> = {
  sum: [
    [[numbers([2, 3]), 2], 'IndexError', 'sum: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
    [[numbers([2, 3]), [0, 0]], 'IndexError', 'sum: dimension given twice in [0, 0]'],
    [
      [numbers([2]), { keepDim: true } as never],
      'TypeError',
      "sum: unknown option 'keepDim'; did you mean 'keepdim'? (it takes dim, keepdim, dtype)",
    ],
    [
      [numbers([2]), { dtype: 'half' as never }],
      'DTypeError',
      "sum: 'half' is no dtype; there are float32, float64, int64, int32, uint8, bool",
    ],
  ],
  mean: [
    [
      [integers([2])],
      'DTypeError',
      "mean: of int64 there is no mean; convert with .to('float32') or pass { dtype: 'float32' }",
    ],
  ],
  prod: [[[numbers([2, 3]), -3], 'IndexError', 'prod: dimension -3 is outside [-2, 1] of a tensor with 2 dimensions']],
  amax: [
    [[numbers([0])], 'ShapeError', 'amax: nothing to choose from in a tensor without elements (got [0])'],
    [[numbers([2, 0]), 1], 'ShapeError', 'amax: nothing to choose from in a tensor without elements (got [2, 0])'],
  ],
  any: [[[numbers([2]), 1], 'IndexError', 'any: dimension 1 is outside [-1, 0] of a tensor with 1 dimension']],
  std: [[[integers([2])], 'DTypeError', "std: of int64 there is no variance; convert with .to('float32')"]],
  argmax: [
    [[numbers([0])], 'ArgumentError', 'argmax: nothing to choose from in an empty tensor'],
    [[numbers([2, 0]), 1], 'IndexError', 'argmax: nothing to choose from along dimension 1 of size 0'],
  ],
  argmin: [
    [
      [numbers([2]), { axis: 0 } as never],
      'TypeError',
      "argmin: unknown option 'axis'; did you mean 'dim'? (it takes dim, keepdim)",
    ],
  ],
  cumsum: [[[numbers([2]), 1], 'IndexError', 'cumsum: dimension 1 is outside [-1, 0] of a tensor with 1 dimension']],
  cumprod: [[[numbers([2]), 1], 'IndexError', 'cumprod: dimension 1 is outside [-1, 0] of a tensor with 1 dimension']],
  logsumexp: [
    [[numbers([2]), 1], 'IndexError', 'logsumexp: dimension 1 is outside [-1, 0] of a tensor with 1 dimension'],
  ],
  norm: [
    [[integers([2])], 'DTypeError', "norm: of int64 there is no norm; convert with .to('float32')"],
    [
      [numbers([2]), 2, { dims: 0 } as never],
      'TypeError',
      "norm: unknown option 'dims'; did you mean 'dim'? (it takes p, dim, keepdim)",
    ],
  ],
  sumToSize: [[[numbers([2, 3]), [2]], 'ShapeError', 'sumToSize: 3 elements do not fit the shape [2] (got [1, 3])']],
};
