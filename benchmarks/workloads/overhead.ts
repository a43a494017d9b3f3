import { normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

/** Ops so small that only the way to the kernel and back counts. */
const without = [
  op('add', { inputs: { x: normal(4, 4), y: normal(4, 4) }, ours: ({ x, y }) => x.add(y), theirs: 'x.add(y)' }),
  op('mul by a number', { inputs: { x: normal(4, 4) }, ours: ({ x }) => x.mul(2), theirs: 'x.mul(2)' }),
  op('relu', { inputs: { x: normal(4, 4) }, ours: ({ x }) => x.relu(), theirs: 'x.relu()' }),
  op('add a row', { inputs: { x: normal(4, 4), y: normal(4) }, ours: ({ x, y }) => x.add(y), theirs: 'x.add(y)' }),
  op('sum', { inputs: { x: normal(4, 4) }, ours: ({ x }) => x.sum(), theirs: 'x.sum()' }),
  op('matmul', {
    inputs: { x: normal(4, 4), y: normal(4, 4) },
    ours: ({ x, y }) => x.matmul(y),
    theirs: 'x.matmul(y)',
  }),
  op('transpose', { inputs: { x: normal(4, 4) }, ours: ({ x }) => x.transpose(0, 1), theirs: 'x.transpose(0, 1)' }),
  op('select', { inputs: { x: normal(4, 4) }, ours: ({ x }) => x.select(0, 1), theirs: 'x.select(0, 1)' }),
];

/** Forward and the way back, to be compared with two of the rows above. */
const withGradients = [
  op('add, forward + backward', {
    inputs: { x: normal(4, 4), y: normal(4, 4) },
    ours: ({ x, y }) => x.add(y),
    theirs: 'x.add(y)',
    grads: ['x', 'y'],
  }),
  op('mul, forward + backward', {
    inputs: { x: normal(4, 4), y: normal(4, 4) },
    ours: ({ x, y }) => x.mul(y),
    theirs: 'x.mul(y)',
    grads: ['x', 'y'],
  }),
  op('relu, forward + backward', {
    inputs: { x: normal(4, 4) },
    ours: ({ x }) => x.relu(),
    theirs: 'x.relu()',
    grads: ['x'],
  }),
  op('matmul, forward + backward', {
    inputs: { x: normal(4, 4), y: normal(4, 4) },
    ours: ({ x, y }) => x.matmul(y),
    theirs: 'x.matmul(y)',
    grads: ['x', 'y'],
  }),
  op('ten ops in a chain, forward + backward', {
    inputs: { x: normal(4, 4) },
    ours: ({ x }) => x.add(1).mul(2).relu().sub(1).mul(0.5).add(1).mul(2).relu().sub(1).mul(0.5),
    theirs: 'x.add(1).mul(2).relu().sub(1).mul(0.5).add(1).mul(2).relu().sub(1).mul(0.5)',
    grads: ['x'],
  }),
];

export const overhead = group('overhead', [...without, ...withGradients]);
