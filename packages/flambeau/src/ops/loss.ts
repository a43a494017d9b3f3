import { ArgumentError, DTypeError, inNameOf, ShapeError } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { copyInto } from './elementwise.js';
import { reduced } from './loss-reduction.js';
import {
  type ClassLossOptions,
  checkClassWeight,
  checkReduction,
  nllLoss,
  type Reduction,
  targetShape,
} from './nll.js';
import { checkOptions } from './options.js';
import { logitEntropy, squaredError } from './pair-loss.js';

export { type ClassLossOptions, nllLoss, type Reduction } from './nll.js';

export interface LossOptions {
  /** Default `'mean'`. */
  reduction?: Reduction;
}

/** Both of one shape and floating-point: a silently broadcast loss is nearly always a mistake. */
function checkPair(op: string, input: Tensor, target: Tensor): void {
  if (!isFloating(input.dtype)) throw new DTypeError(op, `the input must be floating-point, not ${input.dtype}`);
  if (!isFloating(target.dtype))
    throw new DTypeError(
      op,
      `the target must be floating-point, not ${target.dtype}; convert with .to('${input.dtype}')`,
    );
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      op,
      'input and target must have one shape: reshape one, or .expand it where broadcasting is meant',
      input.shape,
      target.shape,
    );
}

/** A loss of the difference of input and target. */
function differenceLoss(
  op: string,
  input: Tensor,
  target: Tensor,
  reduction: Reduction,
  formula: (difference: Tensor) => Tensor,
): Tensor {
  checkReduction(op, reduction);
  checkPair(op, input, target);
  return reduced(op, formula(input.sub(target)), reduction);
}

/** (input − target)². */
export function mseLoss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  checkOptions('mseLoss', options, ['reduction']);
  const { reduction = 'mean' } = options ?? {};
  checkReduction('mseLoss', reduction);
  checkPair('mseLoss', input, target);
  return reduced('mseLoss', squaredError(input, target), reduction);
}

/** |input − target|. */
export function l1Loss(input: Tensor, target: Tensor, options?: LossOptions): Tensor {
  checkOptions('l1Loss', options, ['reduction']);
  return differenceLoss('l1Loss', input, target, options?.reduction ?? 'mean', (d) => d.abs());
}

/** Half the square of small differences, absolute ones above `beta` (1): d² / 2 beta, then |d| − beta / 2. */
export function smoothL1Loss(input: Tensor, target: Tensor, options?: LossOptions & { beta?: number }): Tensor {
  checkOptions('smoothL1Loss', options, ['reduction', 'beta']);
  const { reduction = 'mean', beta = 1 } = options ?? {};
  if (beta < 0) throw new ArgumentError('smoothL1Loss', `beta must not be negative, but is ${beta}`);
  return differenceLoss('smoothL1Loss', input, target, reduction, (d) => {
    const size = d.abs();
    return beta === 0 ? size : size.lt(beta).where(d.square().mul(0.5 / beta), size.sub(0.5 * beta));
  });
}

/** Half the square of differences up to `delta` (1), a line from there on: d² / 2, then delta (|d| − delta / 2). */
export function huberLoss(input: Tensor, target: Tensor, options?: LossOptions & { delta?: number }): Tensor {
  checkOptions('huberLoss', options, ['reduction', 'delta']);
  const { reduction = 'mean', delta = 1 } = options ?? {};
  if (!(delta > 0)) throw new ArgumentError('huberLoss', `delta must be positive, but is ${delta}`);
  return differenceLoss('huberLoss', input, target, reduction, (d) => {
    const size = d.abs();
    return size.le(delta).where(d.square().mul(0.5), size.sub(0.5 * delta).mul(delta));
  });
}

export interface CrossEntropyOptions extends ClassLossOptions {
  /** How much of each target is spread evenly over all classes, 0 to 1. Default 0. */
  labelSmoothing?: number;
}

/**
 * Log-softmax and negative log-likelihood in one. `input` (N, C), (C) or (N, C, d…) holds logits; `target` class indices
 * (int64, without the class dimension) or probabilities in the input's shape.
 * @example nn.functional.crossEntropy(net(images), labels)
 */
export function crossEntropy(input: Tensor, target: Tensor, options?: CrossEntropyOptions): Tensor {
  checkOptions('crossEntropy', options, ['weight', 'ignoreIndex', 'reduction', 'labelSmoothing']);
  const { weight = null, ignoreIndex = -100, reduction = 'mean', labelSmoothing = 0 } = options ?? {};
  checkReduction('crossEntropy', reduction);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new ArgumentError('crossEntropy', `labelSmoothing lies between 0 and 1, but is ${labelSmoothing}`);
  if (input.ndim === 0) throw new ShapeError('crossEntropy', 'the input must be (N, C), (C) or (N, C, …)', input.shape);
  checkCrossEntropyTarget(input, target);
  checkClassWeight('crossEntropy', weight, input);
  const axis = input.ndim === 1 ? 0 : 1;
  const logp = input.logSoftmax(axis);
  const known = { weight, ignoreIndex, reduction };
  if (isFloating(target.dtype)) return probabilityLoss(logp, target, axis, weight, reduction, labelSmoothing);
  const hard = inNameOf('crossEntropy', () => nllLoss(logp, target, known));
  if (labelSmoothing === 0) return hard;
  const classes = input.shape[axis];
  return hard.mul(1 - labelSmoothing).add(evenLoss(logp, target, axis, known).mul(labelSmoothing / classes));
}

function checkCrossEntropyTarget(input: Tensor, target: Tensor): void {
  const indices = targetShape(input.shape);
  if (isFloating(target.dtype)) {
    if (sameShape(target.shape, input.shape)) return;
    const hint = sameShape(target.shape, indices) ? '; for class indices convert the target with .long()' : '';
    throw new ShapeError(
      'crossEntropy',
      `a floating-point target holds probabilities in the input's shape${hint}`,
      target.shape,
      input.shape,
    );
  }
  if (target.dtype !== 'int64')
    throw new DTypeError(
      'crossEntropy',
      `the target holds class indices in int64 or probabilities, not ${target.dtype}; convert with .long()`,
    );
  if (!sameShape(target.shape, indices))
    throw new ShapeError(
      'crossEntropy',
      `class indices must be [${indices.join(', ')}] for this input`,
      target.shape,
      input.shape,
    );
}

/** A vector over the classes, laid along their dimension. */
const alongClasses = (weight: Tensor, logp: Tensor, axis: number): Tensor =>
  weight.reshape(logp.shape.map((_, i) => (i === axis ? -1 : 1)));

function probabilityLoss(
  logp: Tensor,
  target: Tensor,
  axis: number,
  weight: Tensor | null,
  reduction: Reduction,
  smoothing: number,
): Tensor {
  const classes = logp.shape[axis];
  const wanted = smoothing === 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
  const weighted = weight === null ? logp : logp.mul(alongClasses(weight, logp, axis));
  const loss = weighted.mul(wanted).sum(axis).neg();
  // The mean is over the examples, whatever their weights.
  return reduction === 'mean' ? loss.sum().div(logp.numel / classes) : reduced('crossEntropy', loss, reduction);
}

/** The loss against all classes alike, summed over them: what label smoothing mixes in. */
function evenLoss(
  logp: Tensor,
  target: Tensor,
  axis: number,
  { weight, ignoreIndex, reduction }: { weight: Tensor | null; ignoreIndex: number; reduction: Reduction },
): Tensor {
  const ignored = target.eq(ignoreIndex);
  const weighted = weight === null ? logp : logp.mul(alongClasses(weight, logp, axis));
  const loss = weighted.sum(axis).neg().maskedFill(ignored, 0);
  if (reduction !== 'mean') return reduced('crossEntropy', loss, reduction);
  const counted = ignored.logicalNot().to(logp.dtype);
  const each =
    weight === null ? counted : weight.gather(0, target.maskedFill(ignored, 0).flatten()).reshape(target.shape);
  return loss.sum().div(each.mul(counted).sum());
}

/** −(t log x + (1 − t) log(1 − x)) with logarithms not below −100, and the gradient (x − t) / x (1 − x), kept finite at 0 and 1. */
function entropyOf(input: Tensor, target: Tensor): Tensor {
  return apply(entropyOf, [input, target], {
    shape: input.shape,
    dtype: input.dtype,
    kernel: (out, a, b) => {
      const [x, t] = [a.detach(), b.detach()];
      if (x.numel > 0 && !(x.amin().item() >= 0 && x.amax().item() <= 1))
        throw new ArgumentError(
          'binaryCrossEntropy',
          'the input holds probabilities, between 0 and 1; for logits use binaryCrossEntropyWithLogits',
        );
      const hit = x.log().clampMin(-100).mul(t);
      const miss = x.neg().log1p().clampMin(-100).mul(t.rsub(1));
      copyInto(out, hit.add(miss).neg());
    },
    save: (_out, x, t) => [x, t],
    vjp: (grad, [x, t], needs) => [
      needs[0] ? grad.mul(x.sub(t).div(x.rsub(1).mul(x).clampMin(1e-12))) : null,
      needs[1] ? grad.mul(x.neg().log1p().sub(x.log())) : null,
    ],
  });
}

export interface BinaryCrossEntropyOptions extends LossOptions {
  /** What each loss is multiplied by. Default: 1. */
  weight?: Tensor | null;
}

/** Cross entropy of probabilities `input` and targets between 0 and 1. */
export function binaryCrossEntropy(input: Tensor, target: Tensor, options?: BinaryCrossEntropyOptions): Tensor {
  checkOptions('binaryCrossEntropy', options, ['weight', 'reduction']);
  const { weight = null, reduction = 'mean' } = options ?? {};
  checkReduction('binaryCrossEntropy', reduction);
  checkPair('binaryCrossEntropy', input, target);
  const loss = entropyOf(input, target);
  return reduced('binaryCrossEntropy', weight === null ? loss : loss.mul(weight), reduction);
}

/** Cross entropy of sigmoid(input) and targets between 0 and 1, without overflow for large logits. */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  options?: BinaryCrossEntropyOptions & {
    /** The weight of positive targets, for each class. Default: 1. */
    posWeight?: Tensor | null;
  },
): Tensor {
  checkOptions('binaryCrossEntropyWithLogits', options, ['weight', 'reduction', 'posWeight']);
  const { weight = null, reduction = 'mean', posWeight = null } = options ?? {};
  checkReduction('binaryCrossEntropyWithLogits', reduction);
  checkPair('binaryCrossEntropyWithLogits', input, target);
  const loss = posWeight === null ? logitEntropy(input, target) : weightedLogitEntropy(input, target, posWeight);
  return reduced('binaryCrossEntropyWithLogits', weight === null ? loss : loss.mul(weight), reduction);
}

/** (1 − y) x − (1 + (posWeight − 1) y) log sigmoid(x). */
const weightedLogitEntropy = (input: Tensor, target: Tensor, posWeight: Tensor): Tensor =>
  target
    .rsub(1)
    .mul(input)
    .sub(input.logSigmoid().mul(posWeight.sub(1).mul(target).add(1)));

export interface KlDivOptions {
  /** `'batchmean'` divides the sum by the first size, which is the mathematical mean. Default `'mean'`, over all elements. */
  reduction?: Reduction | 'batchmean';
  /** Whether the target holds log-probabilities too. Default false. */
  logTarget?: boolean;
}

/** Kullback–Leibler divergence of log-probabilities `input` from `target`: target · (log target − input). */
export function klDiv(input: Tensor, target: Tensor, options?: KlDivOptions): Tensor {
  checkOptions('klDiv', options, ['reduction', 'logTarget']);
  const { reduction = 'mean', logTarget = false } = options ?? {};
  if (reduction !== 'batchmean') checkReduction('klDiv', reduction, ", 'batchmean'");
  checkPair('klDiv', input, target);
  const loss = logTarget ? target.exp().mul(target.sub(input)) : xlogx(target).sub(target.mul(input));
  return reduction === 'batchmean'
    ? loss.sum().div(input.ndim === 0 ? 1 : input.shape[0])
    : reduced('klDiv', loss, reduction);
}

/** t log t, and 0 where t is 0: there 0 · −∞ would be NaN. */
function xlogx(t: Tensor): Tensor {
  const zero = t.eq(0);
  return t.mul(t.maskedFill(zero, 1).log());
}
