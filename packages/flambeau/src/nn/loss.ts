import * as F from '../ops/functional.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';

/** A loss of prediction and target, with the options of its function. */
abstract class Loss<Options extends object> extends Module<[Tensor, Tensor], Tensor> {
  constructor(readonly options: Options = {} as Options) {
    super();
  }
}

type OptionsOf<Fn> = Fn extends (input: Tensor, target: Tensor, options?: infer Options) => Tensor
  ? NonNullable<Options> & object
  : never;

/** Mean squared error. */
export class MSELoss extends Loss<OptionsOf<typeof F.mseLoss>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, this.options);
  }
}

/** Mean absolute error. */
export class L1Loss extends Loss<OptionsOf<typeof F.l1Loss>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, this.options);
  }
}

/** Squared near 0, absolute beyond `beta`. */
export class SmoothL1Loss extends Loss<OptionsOf<typeof F.smoothL1Loss>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.smoothL1Loss(input, target, this.options);
  }
}

/** Squared near 0, absolute beyond `delta`. */
export class HuberLoss extends Loss<OptionsOf<typeof F.huberLoss>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.huberLoss(input, target, this.options);
  }
}

/** Cross entropy of scores and class numbers (or class probabilities). */
export class CrossEntropyLoss extends Loss<OptionsOf<typeof F.crossEntropy>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, this.options);
  }
}

/** Negative log-likelihood of log-probabilities and class numbers. */
export class NLLLoss extends Loss<OptionsOf<typeof F.nllLoss>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.nllLoss(input, target, this.options);
  }
}

/** Cross entropy of probabilities and targets between 0 and 1. */
export class BCELoss extends Loss<OptionsOf<typeof F.binaryCrossEntropy>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropy(input, target, this.options);
  }
}

/** The same of scores: sigmoid and loss in one, without overflow. */
export class BCEWithLogitsLoss extends Loss<OptionsOf<typeof F.binaryCrossEntropyWithLogits>> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropyWithLogits(input, target, this.options);
  }
}
