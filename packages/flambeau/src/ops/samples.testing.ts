import * as activation from './activation.js';
import { samples as activationSamples } from './activation.samples.js';
import type { Op } from './apply.js';
import * as arithmetic from './arithmetic.js';
import { samples as arithmeticSamples } from './arithmetic.samples.js';
import * as bitwise from './bitwise.js';
import { samples as bitwiseSamples } from './bitwise.samples.js';
import * as comparison from './comparison.js';
import { samples as comparisonSamples } from './comparison.samples.js';
import * as convTranspose from './conv-transpose.js';
import { samples as convTransposeSamples } from './conv-transpose.samples.js';
import * as convolution from './convolution.js';
import { samples as convolutionSamples } from './convolution.samples.js';
import * as creation from './creation.js';
import { samples as creationSamples } from './creation.samples.js';
import * as drawing from './drawing.js';
import { samples as drawingSamples } from './drawing.samples.js';
import * as embedding from './embedding.js';
import { samples as embeddingSamples } from './embedding.samples.js';
import * as extremes from './extremes.js';
import { samples as extremesSamples } from './extremes.samples.js';
import * as groupNorm from './group-norm.js';
import { samples as groupNormSamples } from './group-norm.samples.js';
import * as indexing from './indexing.js';
import { samples as indexingSamples } from './indexing.samples.js';
import * as joining from './joining.js';
import { samples as joiningSamples } from './joining.samples.js';
import * as like from './like.js';
import { samples as likeSamples } from './like.samples.js';
import * as linear from './linear.js';
import { samples as linearSamples } from './linear.samples.js';
import * as loss from './loss.js';
import { samples as lossSamples } from './loss.samples.js';
import * as matmul from './matmul.js';
import { samples as matmulSamples } from './matmul.samples.js';
import * as movement from './movement.js';
import { samples as movementSamples } from './movement.samples.js';
import * as nll from './nll.js';
import { samples as nllSamples } from './nll.samples.js';
import * as normalization from './normalization.js';
import { samples as normalizationSamples } from './normalization.samples.js';
import * as padding from './padding.js';
import { samples as paddingSamples } from './padding.samples.js';
import * as pooling from './pooling.js';
import { samples as poolingSamples } from './pooling.samples.js';
import * as random from './random.js';
import { samples as randomSamples } from './random.samples.js';
import * as reduction from './reduction.js';
import { samples as reductionSamples } from './reduction.samples.js';
import { type Trial, trialsOf } from './sampling.testing.js';
import * as scatter from './scatter.js';
import { samples as scatterSamples } from './scatter.samples.js';
import * as softmax from './softmax.js';
import { samples as softmaxSamples } from './softmax.samples.js';
import * as sorting from './sorting.js';
import { samples as sortingSamples } from './sorting.samples.js';
import * as triangular from './triangular.js';
import { samples as triangularSamples } from './triangular.samples.js';
import * as unary from './unary.js';
import { samples as unarySamples } from './unary.samples.js';

/** A family of ops with its samples. */
const family = (ops: object, samples: object): Readonly<Record<string, readonly Trial[]>> =>
  Object.fromEntries(
    Object.entries(samples).map(([name, list]) => [name, trialsOf((ops as Record<string, Op>)[name], list)]),
  );

/** What the harness runs: family → op → trials. The goldens of a family lie in goldens/<family>.json. */
export const families: Readonly<Record<string, Readonly<Record<string, readonly Trial[]>>>> = {
  activation: family(activation, activationSamples),
  arithmetic: family(arithmetic, arithmeticSamples),
  bitwise: family(bitwise, bitwiseSamples),
  comparison: family(comparison, comparisonSamples),
  'conv-transpose': family(convTranspose, convTransposeSamples),
  convolution: family(convolution, convolutionSamples),
  creation: family(creation, creationSamples),
  drawing: family(drawing, drawingSamples),
  embedding: family(embedding, embeddingSamples),
  extremes: family(extremes, extremesSamples),
  'group-norm': family(groupNorm, groupNormSamples),
  indexing: family(indexing, indexingSamples),
  joining: family(joining, joiningSamples),
  like: family(like, likeSamples),
  linear: family(linear, linearSamples),
  loss: family(loss, lossSamples),
  matmul: family(matmul, matmulSamples),
  movement: family(movement, movementSamples),
  nll: family(nll, nllSamples),
  normalization: family(normalization, normalizationSamples),
  padding: family(padding, paddingSamples),
  pooling: family(pooling, poolingSamples),
  random: family(random, randomSamples),
  reduction: family(reduction, reductionSamples),
  scatter: family(scatter, scatterSamples),
  softmax: family(softmax, softmaxSamples),
  sorting: family(sorting, sortingSamples),
  triangular: family(triangular, triangularSamples),
  unary: family(unary, unarySamples),
};
