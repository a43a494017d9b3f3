import type * as fl from 'flambeau';
import { normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const SHAPE = [128, 256, 128];
const BYTES = 4 * SHAPE.reduce((size, next) => size * next, 1);

/** Reductions of everything and along each of three dimensions. */
const ALONG: readonly [
  name: string,
  ours: (x: fl.Tensor, dim: number | undefined) => fl.Tensor,
  where?: 'all' | 'dims',
][] = [
  ['sum', (x, dim) => x.sum(dim)],
  ['mean', (x, dim) => x.mean(dim)],
  ['amax', (x, dim) => x.amax(dim)],
  ['argmax', (x, dim) => x.argmax(dim)],
  ['std', (x, dim) => x.std(dim)],
  ['cumsum', (x, dim) => x.cumsum(dim as number), 'dims'],
  ['logsumexp', (x, dim) => x.logsumexp(dim as number), 'dims'],
  ['norm', (x) => x.norm(), 'all'],
];

const DIMS: Record<'all' | 'dims' | 'both', readonly (number | undefined)[]> = {
  all: [undefined],
  dims: [0, 1, 2],
  both: [undefined, 0, 1, 2],
};

const rows = ALONG.flatMap(([name, ours, where]) =>
  DIMS[where ?? 'both'].map((dim) =>
    op(`${name} ${dim === undefined ? 'of all' : `along ${dim}`} ${SHAPE.join('×')}`, {
      inputs: { x: normal(...SHAPE) },
      ours: ({ x }) => ours(x, dim),
      theirs: `x.${name}(${dim ?? ''})`,
      bytes: name === 'cumsum' ? 2 * BYTES : BYTES,
    }),
  ),
);

const pictures = [
  op('sum over batch and pixels 128×64×28×28', {
    inputs: { x: normal(128, 64, 28, 28) },
    ours: ({ x }) => x.sum([0, 2, 3]),
    theirs: 'x.sum([0, 2, 3])',
    bytes: 4 * 128 * 64 * 28 * 28,
  }),
  op('sum of 100 numbers', { inputs: { x: normal(100) }, ours: ({ x }) => x.sum(), theirs: 'x.sum()' }),
];

export const reductions = group('reductions', [...rows, ...pictures]);
