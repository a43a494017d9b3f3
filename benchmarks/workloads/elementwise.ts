import * as fl from 'flambeau';
import { type Input, normal, uniform } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

/** In the caches of a core, in those of the machine, and in memory. */
const SIZES: readonly [name: string, n: number][] = [
  ['2¹⁴', 2 ** 14],
  ['2¹⁸', 2 ** 18],
  ['2²³', 2 ** 23],
];

type Unary = [theirs: string, ours: (x: fl.Tensor) => fl.Tensor, input?: (n: number) => Input];

/** Functions of one tensor; `x` is normally distributed unless something else is said. */
const UNARY: readonly Unary[] = [
  ['x.relu()', (x) => x.relu()],
  ['x * 2', (x) => x.mul(2)],
  ['x.exp()', (x) => x.exp()],
  ['x.log()', (x) => x.log(), uniform],
  ['x.tanh()', (x) => x.tanh()],
  ['x.sigmoid()', (x) => x.sigmoid()],
  ['x.sqrt()', (x) => x.sqrt(), uniform],
  ['x.erf()', (x) => x.erf()],
  ['F.gelu(x)', (x) => x.gelu()],
  ['F.silu(x)', (x) => x.silu()],
  ['x.clamp(-1, 1)', (x) => x.clamp(-1, 1)],
  ['x.sin()', (x) => x.sin()],
];

const unary = SIZES.flatMap(([size, n]) =>
  UNARY.map(([theirs, ours, input = normal]) =>
    op(`${theirs} ${size}`, { inputs: { x: input(n) }, ours: ({ x }) => ours(x), theirs, bytes: 8 * n }),
  ),
);

const binary = SIZES.flatMap(([size, n]) => {
  const inputs = { x: normal(n), y: normal(n) };
  const bytes = 12 * n;
  return [
    op(`x + y ${size}`, { inputs, ours: ({ x, y }) => x.add(y), theirs: 'x + y', bytes }),
    op(`x * y ${size}`, { inputs, ours: ({ x, y }) => x.mul(y), theirs: 'x * y', bytes }),
    op(`x / y ${size}`, { inputs, ours: ({ x, y }) => x.div(y), theirs: 'x / y', bytes }),
    op(`x += y ${size}`, {
      inputs: { x: normal(n), y: normal(n) },
      ours: ({ x, y }) => x.add_(y),
      theirs: 'x.add_(y)',
      bytes,
    }),
    op(`x > y ${size}`, { inputs, ours: ({ x, y }) => x.gt(y), theirs: 'x > y', bytes: 9 * n }),
  ];
});

const SIDE = 2048;
const pair = { x: normal(SIDE, SIDE), y: normal(SIDE, SIDE) };
const shaped = [
  op('x + row 2048²', {
    inputs: { x: normal(SIDE, SIDE), y: normal(SIDE) },
    ours: ({ x, y }) => x.add(y),
    theirs: 'x + y',
    bytes: 8 * SIDE ** 2,
  }),
  op('x + column 2048²', {
    inputs: { x: normal(SIDE, SIDE), y: normal(SIDE, 1) },
    ours: ({ x, y }) => x.add(y),
    theirs: 'x + y',
    bytes: 8 * SIDE ** 2,
  }),
  op('row + column 2048²', {
    inputs: { x: normal(1, SIDE), y: normal(SIDE, 1) },
    ours: ({ x, y }) => x.add(y),
    theirs: 'x + y',
    bytes: 4 * SIDE ** 2,
  }),
  op('x + y.t() 2048²', { inputs: pair, ours: ({ x, y }) => x.add(y.t()), theirs: 'x + y.t()', bytes: 12 * SIDE ** 2 }),
  op('where(x > 0, x, y) 2048²', {
    inputs: pair,
    ours: ({ x, y }) => fl.where(x.gt(0), x, y),
    theirs: 'torch.where(x > 0, x, y)',
    bytes: 18 * SIDE ** 2,
  }),
];

export const elementwise = group('elementwise', [...unary, ...binary, ...shaped]);
