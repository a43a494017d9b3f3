import * as fl from 'flambeau';
import { type Input, normal } from '../harness/inputs.js';
import { inference, type NetSpec } from '../harness/net.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const { nn } = fl;
const { conv1d, scaledDotProductAttention } = nn.functional;

const HEADS = [16, 8, 128, 32];
const attention = [false, true].flatMap((isCausal) => {
  const spec = {
    inputs: { q: normal(...HEADS), k: normal(...HEADS), v: normal(...HEADS) },
    ours: ({ q, k, v }: { q: fl.Tensor; k: fl.Tensor; v: fl.Tensor }) =>
      scaledDotProductAttention(q, k, v, { isCausal }),
    theirs: `F.scaled_dot_product_attention(q, k, v, is_causal=${isCausal ? 'True' : 'False'})`,
  };
  const name = `attention${isCausal ? ', causal' : ''} ${HEADS.join('×')}`;
  return [op(`${name}, forward`, spec), op(`${name}, forward + backward`, { ...spec, grads: ['q', 'k', 'v'] })];
});

const signals = op('convolution of signals 64→64, 3 taps, 32×256', {
  inputs: { x: normal(32, 64, 256), w: normal(64, 64, 3) },
  ours: ({ x, w }) => conv1d(x, w, { padding: 1 }),
  theirs: 'F.conv1d(x, w, padding=1)',
  grads: ['x', 'w'],
  flops: 3 * 2 * 32 * 256 * 64 * 64 * 3,
});

type Layer = fl.nn.LSTM | fl.nn.GRU | fl.nn.RNN;
const layer = (name: string, net: () => Layer): NetSpec<Layer, { x: Input }> => ({
  net,
  pythonNet: `nn.${name}(128, 256, batch_first=True)`,
  inputs: { x: normal(64, 32, 128) },
  ours: (recurrent, { x }) => (recurrent as fl.nn.GRU)(x)[0],
  theirs: 'net(x)[0]',
});

const recurrent = [
  inference(
    'LSTM 128→256, 64×32, forward',
    layer('LSTM', () => new nn.LSTM(128, 256, { batchFirst: true })),
  ),
  inference(
    'GRU 128→256, 64×32, forward',
    layer('GRU', () => new nn.GRU(128, 256, { batchFirst: true })),
  ),
  inference(
    'RNN 128→256, 64×32, forward',
    layer('RNN', () => new nn.RNN(128, 256, { batchFirst: true })),
  ),
];

export const sequences = group('sequences', [...attention, signals, ...recurrent]);
