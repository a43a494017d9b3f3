import * as fl from 'flambeau';
import { integers, normal, uniform } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const { binaryCrossEntropyWithLogits, crossEntropy, mseLoss } = fl.nn.functional;

const SHAPES: readonly [shape: readonly number[], dim: number][] = [
  [[128, 10], 1],
  [[2048, 1000], 1],
  [[64, 128, 128], 2],
  [[64, 100, 49], 1],
];

const alone = SHAPES.flatMap(([shape, dim]) => {
  const inputs = { x: normal(...shape) };
  const bytes = 8 * shape.reduce((size, next) => size * next, 1);
  const where = `${shape.join('×')} along ${dim}`;
  return [
    op(`softmax ${where}`, { inputs, ours: ({ x }) => x.softmax(dim), theirs: `x.softmax(${dim})`, bytes }),
    op(`log softmax ${where}`, { inputs, ours: ({ x }) => x.logSoftmax(dim), theirs: `x.log_softmax(${dim})`, bytes }),
    op(`softmax, forward + backward ${where}`, {
      inputs,
      ours: ({ x }) => x.softmax(dim),
      theirs: `x.softmax(${dim})`,
      grads: ['x'],
    }),
  ];
});

const losses = [
  ...(
    [
      [128, 10],
      [2048, 1000],
    ] as const
  ).map(([n, classes]) =>
    op(`cross entropy ${n}×${classes}`, {
      inputs: { x: normal(n, classes), y: integers(classes, n) },
      ours: ({ x, y }) => crossEntropy(x, y),
      theirs: 'F.cross_entropy(x, y)',
      grads: ['x'],
    }),
  ),
  op('mean squared error 2²⁰', {
    inputs: { x: normal(2 ** 20), y: normal(2 ** 20) },
    ours: ({ x, y }) => mseLoss(x, y),
    theirs: 'F.mse_loss(x, y)',
    grads: ['x'],
  }),
  op('binary cross entropy of logits 2²⁰', {
    inputs: { x: normal(2 ** 20), y: uniform(2 ** 20) },
    ours: ({ x, y }) => binaryCrossEntropyWithLogits(x, y),
    theirs: 'F.binary_cross_entropy_with_logits(x, y)',
    grads: ['x'],
  }),
];

export const softmaxAndLosses = group('softmax and losses', [...alone, ...losses]);
