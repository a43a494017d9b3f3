import * as fl from 'flambeau';
import { normal, uniform } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const { batchNorm, groupNorm, instanceNorm, layerNorm } = fl.nn.functional;

const product = (shape: readonly number[]): number => shape.reduce((size, next) => size * next, 1);
/** Forward reads and writes each element once; the way back reads two and writes one. */
const FORWARD = 2 * 4;
const BOTH = 5 * 4;

const PICTURES: readonly (readonly number[])[] = [
  [128, 64, 28, 28],
  [128, 128, 14, 14],
  [128, 512, 4, 4],
];

const training = [...PICTURES, [128, 512]].map((shape) =>
  op(`batch norm ${shape.join('×')}`, {
    inputs: {
      x: normal(...shape),
      w: uniform(shape[1]),
      b: uniform(shape[1]),
      m: uniform(shape[1]),
      v: uniform(shape[1]),
    },
    ours: ({ x, w, b, m, v }) => batchNorm(x, m, v, { weight: w, bias: b, training: true }),
    theirs: 'F.batch_norm(x, m, v, w, b, training=True)',
    grads: ['x', 'w', 'b'],
    bytes: BOTH * product(shape),
  }),
);

const evaluating = PICTURES.slice(0, 1).map((shape) =>
  op(`batch norm, eval ${shape.join('×')}`, {
    inputs: {
      x: normal(...shape),
      w: uniform(shape[1]),
      b: uniform(shape[1]),
      m: uniform(shape[1]),
      v: uniform(shape[1]),
    },
    ours: ({ x, w, b, m, v }) => batchNorm(x, m, v, { weight: w, bias: b }),
    theirs: 'F.batch_norm(x, m, v, w, b)',
    bytes: FORWARD * product(shape),
  }),
);

const layers = (
  [
    [2048, 256],
    [128, 4096],
  ] as const
).flatMap((shape) => {
  const size = shape[1];
  const spec = {
    inputs: { x: normal(...shape), w: uniform(size), b: uniform(size) },
    ours: ({ x, w, b }: { x: fl.Tensor; w: fl.Tensor; b: fl.Tensor }) => layerNorm(x, size, { weight: w, bias: b }),
    theirs: `F.layer_norm(x, [${size}], w, b)`,
  };
  return [
    op(`layer norm, forward ${shape.join('×')}`, { ...spec, bytes: FORWARD * product(shape) }),
    op(`layer norm ${shape.join('×')}`, { ...spec, grads: ['x', 'w', 'b'], bytes: BOTH * product(shape) }),
  ];
});

const shape = [32, 64, 28, 28];
const parts = [
  op(`group norm, 8 groups ${shape.join('×')}`, {
    inputs: { x: normal(...shape), w: uniform(shape[1]), b: uniform(shape[1]) },
    ours: ({ x, w, b }) => groupNorm(x, 8, { weight: w, bias: b }),
    theirs: 'F.group_norm(x, 8, w, b)',
    grads: ['x', 'w', 'b'],
    bytes: BOTH * product(shape),
  }),
  op(`instance norm ${shape.join('×')}`, {
    inputs: { x: normal(...shape), w: uniform(shape[1]), b: uniform(shape[1]) },
    ours: ({ x, w, b }) => instanceNorm(x, { weight: w, bias: b }),
    theirs: 'F.instance_norm(x, weight=w, bias=b)',
    grads: ['x', 'w', 'b'],
    bytes: BOTH * product(shape),
  }),
];

export const norms = group('norms', [...training, ...evaluating, ...layers, ...parts]);
