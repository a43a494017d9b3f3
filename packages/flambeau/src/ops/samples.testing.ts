import * as activation from './activation.js';
import * as activationSamples from './activation.samples.js';
import * as activationFormulas from './activation-formulas.js';
import * as activationFormulasSamples from './activation-formulas.samples.js';
import type { Op } from './apply.js';
import * as arithmetic from './arithmetic.js';
import * as arithmeticSamples from './arithmetic.samples.js';
import * as attention from './attention.js';
import * as attentionSamples from './attention.samples.js';
import * as bitwise from './bitwise.js';
import * as bitwiseSamples from './bitwise.samples.js';
import * as comparison from './comparison.js';
import * as comparisonSamples from './comparison.samples.js';
import * as convTranspose from './conv-transpose.js';
import * as convTransposeSamples from './conv-transpose.samples.js';
import * as convolution from './convolution.js';
import * as convolutionSamples from './convolution.samples.js';
import * as creation from './creation.js';
import * as creationSamples from './creation.samples.js';
import * as distance from './distance.js';
import * as distanceSamples from './distance.samples.js';
import * as drawing from './drawing.js';
import * as drawingSamples from './drawing.samples.js';
import * as embedding from './embedding.js';
import * as embeddingSamples from './embedding.samples.js';
import * as extremes from './extremes.js';
import * as extremesSamples from './extremes.samples.js';
import * as groupNorm from './group-norm.js';
import * as groupNormSamples from './group-norm.samples.js';
import * as indexing from './indexing.js';
import * as indexingSamples from './indexing.samples.js';
import * as interpolation from './interpolation.js';
import * as interpolationSamples from './interpolation.samples.js';
import * as joining from './joining.js';
import * as joiningSamples from './joining.samples.js';
import * as like from './like.js';
import * as likeSamples from './like.samples.js';
import * as likelihoodLoss from './likelihood-loss.js';
import * as likelihoodLossSamples from './likelihood-loss.samples.js';
import * as linear from './linear.js';
import * as linearSamples from './linear.samples.js';
import * as loss from './loss.js';
import * as lossSamples from './loss.samples.js';
import * as marginLoss from './margin-loss.js';
import * as marginLossSamples from './margin-loss.samples.js';
import * as matmul from './matmul.js';
import * as matmulSamples from './matmul.samples.js';
import * as movement from './movement.js';
import * as movementSamples from './movement.samples.js';
import * as multinomial from './multinomial.js';
import * as multinomialSamples from './multinomial.samples.js';
import * as nll from './nll.js';
import * as nllSamples from './nll.samples.js';
import * as normalization from './normalization.js';
import * as normalizationSamples from './normalization.samples.js';
import * as padding from './padding.js';
import * as paddingSamples from './padding.samples.js';
import * as pooling from './pooling.js';
import * as poolingSamples from './pooling.samples.js';
import * as random from './random.js';
import * as randomSamples from './random.samples.js';
import * as recurrent from './recurrent.js';
import * as recurrentSamples from './recurrent.samples.js';
import * as reduction from './reduction.js';
import * as reductionSamples from './reduction.samples.js';
import { type ErrorSample, trialsOf } from './sampling.testing.js';
import * as scatter from './scatter.js';
import * as scatterSamples from './scatter.samples.js';
import * as softmax from './softmax.js';
import * as softmaxSamples from './softmax.samples.js';
import * as sorting from './sorting.js';
import * as sortingSamples from './sorting.samples.js';
import * as triangular from './triangular.js';
import * as triangularSamples from './triangular.samples.js';
import * as unary from './unary.js';
import * as unarySamples from './unary.samples.js';

/** The ops of each family and the samples beside them. The goldens of a family lie in goldens/<family>.json. */
const modules: Readonly<Record<string, readonly [ops: object, samples: { samples: object; errorSamples: object }]>> = {
  activation: [activation, activationSamples],
  'activation-formulas': [activationFormulas, activationFormulasSamples],
  arithmetic: [arithmetic, arithmeticSamples],
  attention: [attention, attentionSamples],
  bitwise: [bitwise, bitwiseSamples],
  comparison: [comparison, comparisonSamples],
  'conv-transpose': [convTranspose, convTransposeSamples],
  convolution: [convolution, convolutionSamples],
  creation: [creation, creationSamples],
  drawing: [drawing, drawingSamples],
  embedding: [embedding, embeddingSamples],
  extremes: [extremes, extremesSamples],
  'group-norm': [groupNorm, groupNormSamples],
  indexing: [indexing, indexingSamples],
  interpolation: [interpolation, interpolationSamples],
  joining: [joining, joiningSamples],
  like: [like, likeSamples],
  linear: [linear, linearSamples],
  loss: [loss, lossSamples],
  matmul: [matmul, matmulSamples],
  movement: [movement, movementSamples],
  nll: [nll, nllSamples],
  normalization: [normalization, normalizationSamples],
  padding: [padding, paddingSamples],
  pooling: [pooling, poolingSamples],
  random: [random, randomSamples],
  distance: [distance, distanceSamples],
  'likelihood-loss': [likelihoodLoss, likelihoodLossSamples],
  'margin-loss': [marginLoss, marginLossSamples],
  multinomial: [multinomial, multinomialSamples],
  recurrent: [recurrent, recurrentSamples],
  reduction: [reduction, reductionSamples],
  scatter: [scatter, scatterSamples],
  softmax: [softmax, softmaxSamples],
  sorting: [sorting, sortingSamples],
  triangular: [triangular, triangularSamples],
  unary: [unary, unarySamples],
};

/** Family → op → what `use` makes of the op and its samples in the list of that name. */
function collect<Sample, Result>(
  list: 'samples' | 'errorSamples',
  use: (op: Op, samples: readonly Sample[]) => Result,
): Readonly<Record<string, Readonly<Record<string, Result>>>> {
  const family = (ops: Record<string, Op>, samples: Record<string, readonly Sample[]>) =>
    Object.fromEntries(Object.entries(samples).map(([name, of]) => [name, use(ops[name], of)]));
  return Object.fromEntries(
    Object.entries(modules).map(([name, [ops, beside]]) => [name, family(ops as never, beside[list] as never)]),
  );
}

/** What the harness runs: family → op → trials. */
export const families = collect('samples', trialsOf);

/** What the harness expects to be refused: family → op → wrong calls. */
export const refusals = collect('errorSamples', (op: Op, samples: readonly ErrorSample[]) => ({ op, samples }));
