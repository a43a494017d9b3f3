import * as fl from 'flambeau';
import { normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group, type Workload } from '../harness/workload.js';

const { adaptiveAvgPool2d, avgPool2d, maxPool2d } = fl.nn.functional;

/** Name, Flambeau and PyTorch, sizes. All with their gradients, as they stand in training. */
const POOLS: readonly [name: string, ours: (x: fl.Tensor) => fl.Tensor, theirs: string, shape: readonly number[]][] = [
  ['max 2×2', (x) => maxPool2d(x, 2), 'F.max_pool2d(x, 2)', [64, 32, 28, 28]],
  ['max 2×2', (x) => maxPool2d(x, 2), 'F.max_pool2d(x, 2)', [128, 64, 28, 28]],
  ['max 3×3 /1', (x) => maxPool2d(x, 3, { stride: 1, padding: 1 }), 'F.max_pool2d(x, 3, 1, 1)', [128, 128, 6, 6]],
  ['max 3×3 /2', (x) => maxPool2d(x, 3, { stride: 2, padding: 1 }), 'F.max_pool2d(x, 3, 2, 1)', [32, 64, 56, 56]],
  ['average 2×2', (x) => avgPool2d(x, 2), 'F.avg_pool2d(x, 2)', [128, 64, 28, 28]],
  ['average to one pixel', (x) => adaptiveAvgPool2d(x, 1), 'F.adaptive_avg_pool2d(x, 1)', [128, 512, 7, 7]],
];

const rows = POOLS.map(
  ([name, ours, theirs, shape]): Omit<Workload, 'group'> =>
    op(`${name} ${shape.join('×')}`, {
      inputs: { x: normal(...shape) },
      ours: ({ x }) => ours(x),
      theirs,
      grads: ['x'],
    }),
);

export const pools = group('pooling', rows);
