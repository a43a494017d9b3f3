import { tensor } from './creation.js';
import type * as reduction from './reduction.js';
import { distinct, extremes, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

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
