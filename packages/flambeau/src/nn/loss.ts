import * as F from '../ops/functional.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';

/** A loss function: some tensors, and options at the end. */
// biome-ignore lint/suspicious/noExplicitAny: only `any` lets every function be one; `InputsOf` and `OptionsOf` read the arguments' types
type LossFunction = (...args: any[]) => Tensor;
type InputsOf<Fn extends LossFunction> = Required<Parameters<Fn>> extends [...infer Inputs, object] ? Inputs : never;
type OptionsOf<Fn extends LossFunction> =
  Required<Parameters<Fn>> extends [...unknown[], infer Options] ? NonNullable<Options> & object : never;

/** Options that are tensors belong to the module's state, under PyTorch's names. */
const STATE: readonly (readonly [option: string, name: string])[] = [
  ['weight', 'weight'],
  ['posWeight', 'pos_weight'],
];

/** A loss function as a module: it keeps the options and is called with the tensors. */
class Loss<Fn extends LossFunction> extends Module<InputsOf<Fn>, Tensor> {
  readonly options: OptionsOf<Fn>;
  readonly #loss: Fn;

  constructor(loss: Fn, options: OptionsOf<Fn>) {
    super();
    this.#loss = loss;
    this.options = options;
    for (const [option, name] of STATE) {
      const value = (options as Record<string, unknown>)[option];
      if (isTensor(value)) this.registerBuffer(name, value);
    }
  }

  forward(...inputs: InputsOf<Fn>): Tensor {
    const own = this as unknown as Record<string, unknown>;
    const state = STATE.flatMap(([option, name]) => (isTensor(own[name]) ? [[option, own[name]]] : []));
    return this.#loss(...inputs, { ...this.options, ...Object.fromEntries(state) });
  }
}

/** The class of a loss function. */
function lossOf<Fn extends LossFunction>(loss: Fn): new (options?: OptionsOf<Fn>) => Loss<Fn> {
  return class extends Loss<Fn> {
    constructor(options?: OptionsOf<Fn>) {
      super(loss, options ?? ({} as OptionsOf<Fn>));
    }
  };
}

/** Mean squared error. */
export class MSELoss extends lossOf(F.mseLoss) {}
/** Mean absolute error. */
export class L1Loss extends lossOf(F.l1Loss) {}
/** Squared near 0, absolute beyond `beta`. */
export class SmoothL1Loss extends lossOf(F.smoothL1Loss) {}
/** Squared near 0, absolute beyond `delta`. */
export class HuberLoss extends lossOf(F.huberLoss) {}
/** Cross entropy of scores and class numbers (or class probabilities). */
export class CrossEntropyLoss extends lossOf(F.crossEntropy) {}
/** Negative log-likelihood of log-probabilities and class numbers. */
export class NLLLoss extends lossOf(F.nllLoss) {}
/** Cross entropy of probabilities and targets between 0 and 1. */
export class BCELoss extends lossOf(F.binaryCrossEntropy) {}
/** The same of scores: sigmoid and loss in one, without overflow. */
export class BCEWithLogitsLoss extends lossOf(F.binaryCrossEntropyWithLogits) {}
/** Kullback–Leibler divergence of log-probabilities from a target distribution. */
export class KLDivLoss extends lossOf(F.klDiv) {}
/** Poisson-distributed counts and the logarithm of their expectation. */
export class PoissonNLLLoss extends lossOf(F.poissonNllLoss) {}
/** Normally distributed values, their mean and variance. */
export class GaussianNLLLoss extends lossOf(F.gaussianNllLoss) {}
/** Distances of pairs that belong together (1) or not (−1). */
export class HingeEmbeddingLoss extends lossOf(F.hingeEmbeddingLoss) {}
/** Angles of pairs of vectors that belong together (1) or not (−1). */
export class CosineEmbeddingLoss extends lossOf(F.cosineEmbeddingLoss) {}
/** Which of two scores is to be the larger: the first (1) or the second (−1). */
export class MarginRankingLoss extends lossOf(F.marginRankingLoss) {}
/** Two classes, 1 and −1, by a logistic curve. */
export class SoftMarginLoss extends lossOf(F.softMarginLoss) {}
/** One of several classes, by a margin. */
export class MultiMarginLoss extends lossOf(F.multiMarginLoss) {}
/** Some of several classes, by a margin. */
export class MultiLabelMarginLoss extends lossOf(F.multilabelMarginLoss) {}
/** Some of several classes, by binary cross entropy. */
export class MultiLabelSoftMarginLoss extends lossOf(F.multilabelSoftMarginLoss) {}
/** An anchor nearer to a positive than to a negative example (Schroff et al., 2015). */
export class TripletMarginLoss extends lossOf(F.tripletMarginLoss) {}
/** The same by any distance. */
export class TripletMarginWithDistanceLoss extends lossOf(F.tripletMarginWithDistanceLoss) {}
