import * as fl from 'flambeau';
import { integers, normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const SIDE = 2048;
const square = { x: normal(SIDE, SIDE) };
const pictures = { x: normal(64, 64, 56, 56) };
const pictureBytes = 8 * 64 * 64 * 56 * 56;

export const movement = group('copies', [
  op('clone 2048²', { inputs: square, ours: ({ x }) => x.clone(), theirs: 'x.clone()', bytes: 8 * SIDE ** 2 }),
  op('transpose 2048²', {
    inputs: square,
    ours: ({ x }) => x.t().contiguous(),
    theirs: 'x.t().contiguous()',
    bytes: 8 * SIDE ** 2,
  }),
  op('transpose 64 of 128²', {
    inputs: { x: normal(64, 128, 128) },
    ours: ({ x }) => x.transpose(1, 2).contiguous(),
    theirs: 'x.transpose(1, 2).contiguous()',
    bytes: 8 * 64 * 128 ** 2,
  }),
  op('NCHW → NHWC 64×64×56×56', {
    inputs: pictures,
    ours: ({ x }) => x.permute(0, 2, 3, 1).contiguous(),
    theirs: 'x.permute(0, 2, 3, 1).contiguous()',
    bytes: pictureBytes,
  }),
  op('heads of attention 16×128×8×32', {
    inputs: { x: normal(16, 128, 8, 32) },
    ours: ({ x }) => x.transpose(1, 2).contiguous(),
    theirs: 'x.transpose(1, 2).contiguous()',
    bytes: 8 * 16 * 128 * 8 * 32,
  }),
  op('every second column 2048²', {
    inputs: square,
    ours: ({ x }) => x.slice(1, { step: 2 }).contiguous(),
    theirs: 'x[:, ::2].contiguous()',
    bytes: 4 * SIDE ** 2,
  }),
  op('cat of 4 along channels 128×96×3×3', {
    inputs: { a: normal(128, 96, 3, 3), b: normal(128, 96, 3, 3), c: normal(128, 96, 3, 3), d: normal(128, 96, 3, 3) },
    ours: ({ a, b, c, d }) => fl.cat([a, b, c, d], 1),
    theirs: 'torch.cat([a, b, c, d], 1)',
    bytes: 8 * 4 * 128 * 96 * 9,
  }),
  op('stack of 2 2048²', {
    inputs: { x: normal(SIDE, SIDE), y: normal(SIDE, SIDE) },
    ours: ({ x, y }) => fl.stack([x, y]),
    theirs: 'torch.stack([x, y])',
    bytes: 16 * SIDE ** 2,
  }),
  op('expand a row to 2048²', {
    inputs: { x: normal(SIDE) },
    ours: ({ x }) => x.expand(SIDE, SIDE).contiguous(),
    theirs: `x.expand(${SIDE}, ${SIDE}).contiguous()`,
    bytes: 4 * SIDE ** 2,
  }),
  op('flip columns 2048²', { inputs: square, ours: ({ x }) => x.flip(1), theirs: 'x.flip(1)', bytes: 8 * SIDE ** 2 }),
  op('pad 128×64×28×28 by 1', {
    inputs: { x: normal(128, 64, 28, 28) },
    ours: ({ x }) => fl.nn.functional.pad(x, [1, 1, 1, 1]),
    theirs: 'F.pad(x, [1, 1, 1, 1])',
    bytes: 4 * 128 * 64 * (28 ** 2 + 30 ** 2),
  }),
  op('float32 → float64 2048²', {
    inputs: square,
    ours: ({ x }) => x.to('float64'),
    theirs: 'x.double()',
    bytes: 12 * SIDE ** 2,
  }),
  op('int64 → float32 2048²', {
    inputs: { x: integers(256, SIDE, SIDE) },
    ours: ({ x }) => x.to('float32'),
    theirs: 'x.float()',
    bytes: 12 * SIDE ** 2,
  }),
  op('zeros 2048²', {
    inputs: {},
    ours: () => fl.zeros(SIDE, SIDE),
    theirs: `torch.zeros(${SIDE}, ${SIDE})`,
    bytes: 4 * SIDE ** 2,
  }),
]);
