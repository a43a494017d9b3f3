/** The nets of chapters 4 and 6 and of text, as workloads: each with its Python twin in torch_nets.py and what it is fed with. */
import * as fl from 'flambeau';
import { CNN } from 'flambeau-course/04-digits/net';
import { Net as HousingNet } from 'flambeau-course/04-housing/net';
import { type Input, integers, normal } from '../harness/inputs.js';
import type { TrainingSpec } from '../harness/net.js';
import { InceptionNet } from './inception.js';
import { MobileNet } from './mobilenet.js';
import { ResNet } from './resnet.js';
import { BiLSTM, TextCNN, TransformerClassifier } from './text.js';
import { VGG } from './vgg.js';

const { crossEntropy, mseLoss } = fl.nn.functional;

/** A net that answers one tensor with another. */
type Net = fl.nn.Module<[fl.Tensor], fl.Tensor>;
type Fed = { x: Input; y: Input };

/** A net with inputs for a batch of any size. */
export interface NetWorkload {
  readonly name: string;
  readonly spec: (batch: number) => TrainingSpec<Net, Fed>;
}

/** A net that tells ten classes apart, fed with `input(batch)`. */
function classifier(
  name: string,
  net: () => Net,
  python: string,
  input: (batch: number) => Input,
  lr = 0.001,
): NetWorkload {
  return {
    name,
    spec: (batch) => ({
      net,
      pythonNet: `nets.${python}()`,
      inputs: { x: input(batch), y: integers(10, batch) },
      ours: (model, { x }) => model(x),
      theirs: 'net(x)',
      loss: (answer, { y }) => crossEntropy(answer, y),
      pythonLoss: 'F.cross_entropy(answer, y)',
      lr,
    }),
  };
}

const picture = (batch: number): Input => normal(batch, 3, 28, 28);
/** Sentences of so many words. */
const sentence =
  (words: number) =>
  (batch: number): Input =>
    integers(5000, batch, words);

export const housing: NetWorkload = {
  name: 'housing',
  spec: (batch) => ({
    net: () => new HousingNet(13, 1),
    pythonNet: 'nets.Housing()',
    inputs: { x: normal(batch, 13), y: normal(batch) },
    ours: (net, { x }) => net(x).squeeze(),
    theirs: 'net(x).squeeze()',
    loss: (answer, { y }) => mseLoss(answer, y).mul(0.001),
    pythonLoss: 'F.mse_loss(answer, y) * 0.001',
  }),
};

export const digits = classifier(
  'digits',
  () => new CNN(),
  'Digits',
  (batch) => normal(batch, 1, 28, 28),
  0.01,
);

export const pictures: readonly NetWorkload[] = [
  classifier('VGG', () => new VGG(), 'VGG', picture),
  classifier('ResNet', () => new ResNet(), 'ResNet', picture),
  classifier('MobileNet', () => new MobileNet(), 'MobileNet', picture),
  classifier('Inception', () => new InceptionNet(), 'InceptionNet', picture),
];

export const bilstm = classifier('BiLSTM', () => new BiLSTM(), 'BiLSTM', sentence(32));
export const textcnn = classifier('TextCNN', () => new TextCNN(), 'TextCNN', sentence(32));
export const transformer = classifier(
  'Transformer',
  () => new TransformerClassifier(),
  'TransformerClassifier',
  sentence(128),
);
