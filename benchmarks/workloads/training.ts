import * as fl from 'flambeau';
import { CNN } from 'flambeau-course/04-digits/net';
import { Net as Housing } from 'flambeau-course/04-housing/net';
import { integers, normal } from '../harness/inputs.js';
import { training } from '../harness/net.js';
import { group } from '../harness/workload.js';

const { crossEntropy, mseLoss } = fl.nn.functional;

const classified = {
  loss: (answer: fl.Tensor, { y }: { y: fl.Tensor }) => crossEntropy(answer, y),
  pythonLoss: 'F.cross_entropy(answer, y)',
};

export const trainingSteps = group('training', [
  training('housing, 496 rows', {
    net: () => new Housing(13, 1),
    pythonNet: 'nets.Housing()',
    inputs: { x: normal(496, 13), y: normal(496) },
    ours: (net, { x }) => net(x).squeeze(),
    theirs: 'net(x).squeeze()',
    loss: (answer, { y }) => mseLoss(answer, y).mul(0.001),
    pythonLoss: 'F.mse_loss(answer, y) * 0.001',
  }),
  training('digits, batch 64', {
    net: () => new CNN(),
    pythonNet: 'nets.Digits()',
    inputs: { x: normal(64, 1, 28, 28), y: integers(10, 64) },
    ours: (net, { x }) => net(x),
    theirs: 'net(x)',
    ...classified,
    lr: 0.01,
  }),
]);
