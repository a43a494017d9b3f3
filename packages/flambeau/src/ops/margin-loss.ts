import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { zeros } from './creation.js';
import { pairwiseDistance } from './distance.js';
import type { LossOptions } from './loss.js';
import { reduced } from './loss-reduction.js';
import { checkOptions } from './options.js';

/** Losses of margins and rankings. */

export interface MarginOptions extends LossOptions {
  /** How far apart is far enough. */
  margin?: number;
}

/** Distances `input` of pairs that belong together (`target` 1: the distance itself) or do not (−1: what is missing to `margin`, default 1). */
export function hingeEmbeddingLoss(input: Tensor, target: Tensor, options: MarginOptions = {}): Tensor {
  checkOptions('hingeEmbeddingLoss', options, ['margin', 'reduction']);
  const { margin = 1, reduction } = options;
  const zero = input.detach().zerosLike();
  const apart = target.ne(1).where(input.rsub(margin).clampMin(0), zero);
  return reduced('hingeEmbeddingLoss', apart.add(target.ne(-1).where(input, zero)), reduction);
}

/** 1 − cosine of pairs that belong together (`target` 1), and what the cosine exceeds `margin` (0) by of those that do not (−1). */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options: MarginOptions = {},
): Tensor {
  checkOptions('cosineEmbeddingLoss', options, ['margin', 'reduction']);
  const { margin = 0, reduction } = options;
  if (target.ndim + 1 !== input1.ndim || target.ndim + 1 !== input2.ndim)
    throw new ShapeError(
      'cosineEmbeddingLoss',
      'the target must have one dimension less than both inputs',
      target.shape,
      input1.shape,
    );
  const squares = (x: Tensor): Tensor => x.square().sum(-1).add(1e-12);
  const cosine = input1
    .mul(input2)
    .sum(-1)
    .div(squares(input1).mul(squares(input2)).sqrt());
  const zero = cosine.detach().zerosLike();
  const together = target.eq(1).where(cosine.rsub(1), zero);
  const apart = target.eq(-1).where(cosine.sub(margin).clampMin(0), zero);
  return reduced('cosineEmbeddingLoss', together.add(apart), reduction);
}

/** What is missing for `input1` to exceed `input2` by `margin` (0) where `target` is 1, and the other way round where it is −1. */
export function marginRankingLoss(input1: Tensor, input2: Tensor, target: Tensor, options: MarginOptions = {}): Tensor {
  checkOptions('marginRankingLoss', options, ['margin', 'reduction']);
  const { margin = 0, reduction } = options;
  if (input1.ndim !== input2.ndim || input1.ndim !== target.ndim)
    throw new ShapeError(
      'marginRankingLoss',
      'inputs and target must have as many dimensions',
      input1.shape,
      input2.shape,
      target.shape,
    );
  return reduced('marginRankingLoss', target.neg().mul(input1.sub(input2)).add(margin).clampMin(0), reduction);
}

/** log(1 + e^(−target · input)), targets being 1 and −1. */
export function softMarginLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('softMarginLoss', options, ['reduction']);
  return reduced('softMarginLoss', input.mul(target).logSigmoid().neg(), options.reduction);
}

/** Binary cross entropy of several labels at once, (…, classes), by scores, averaged over the classes. */
export function multilabelSoftMarginLoss(
  input: Tensor,
  target: Tensor,
  options: LossOptions & { /** A weight for each class. Default: all 1. */ weight?: Tensor | null } = {},
): Tensor {
  checkOptions('multilabelSoftMarginLoss', options, ['weight', 'reduction']);
  const { weight = null, reduction } = options;
  const each = target.mul(input.logSigmoid()).add(target.rsub(1).mul(input.neg().logSigmoid())).neg();
  return reduced('multilabelSoftMarginLoss', (weight === null ? each : each.mul(weight)).mean(-1), reduction);
}

/** Scores as (batch, classes) with targets as (batch, …); a single example counts as a batch of one. */
function batched(op: string, input: Tensor, target: Tensor, rank: 0 | 1): { x: Tensor; t: Tensor; single: boolean } {
  const single = input.ndim === 1;
  const [x, t] = single ? [input.unsqueeze(0), target.unsqueeze(0)] : [input, target];
  const wanted = rank === 0 ? [x.shape[0]] : x.shape;
  if (x.ndim !== 2 || !sameShape(t.shape, wanted))
    throw new ShapeError(
      op,
      `scores must be (batch, classes) or (classes), with targets (batch${rank === 0 ? '' : ', classes'})`,
      input.shape,
      target.shape,
    );
  if (t.dtype !== 'int64') throw new DTypeError(op, `targets are class numbers in int64, not ${t.dtype}`);
  return { x, t, single };
}

export interface MultiMarginOptions extends MarginOptions {
  /** The power of what is missing: 1 or 2. Default 1. */
  p?: 1 | 2;
  /** A weight for each class. Default: all 1. */
  weight?: Tensor | null;
}

/** What is missing for the target's score to exceed each other one by `margin` (1), to the power `p`, summed and divided by the classes. */
export function multiMarginLoss(input: Tensor, target: Tensor, options: MultiMarginOptions = {}): Tensor {
  checkOptions('multiMarginLoss', options, ['p', 'margin', 'weight', 'reduction']);
  const { p = 1, margin = 1, weight = null, reduction } = options;
  if (p !== 1 && p !== 2) throw new ArgumentError('multiMarginLoss', `p must be 1 or 2, but is ${String(p)}`);
  const { x, t, single } = batched('multiMarginLoss', input, target, 0);
  const at = t.unsqueeze(1);
  const missing = x.sub(x.gather(1, at)).add(margin).clampMin(0);
  const powered = p === 1 ? missing : missing.square();
  // The target itself does not count.
  const others = powered.scatter(1, at, 0);
  const weighted = weight === null ? others : others.mul(weight.gather(0, t).unsqueeze(1));
  const loss = weighted.mean(1);
  return reduced('multiMarginLoss', single ? loss.squeeze(0) : loss, reduction);
}

/**
 * Several targets an example, (batch, classes): class numbers up to the first −1. What is missing for each of their scores to exceed each other
 * one by 1, summed and divided by the classes.
 */
export function multilabelMarginLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('multilabelMarginLoss', options, ['reduction']);
  const { x, t, single } = batched('multilabelMarginLoss', input, target, 1);
  const counts = t.ge(0).to('int64').cumprod(1);
  const at = t.clampMin(0).mul(counts);
  const wanted = zeros(x.shape, { dtype: x.dtype }).scatterAdd(1, at, counts.to(x.dtype)).gt(0);
  const missing = x.unsqueeze(1).sub(x.gather(1, at).unsqueeze(2)).add(1).clampMin(0);
  const counted = counts.ne(0).unsqueeze(2).logicalAnd(wanted.logicalNot().unsqueeze(1));
  const loss = counted.where(missing, missing.detach().zerosLike()).sum([1, 2]).div(x.shape[1]);
  return reduced('multilabelMarginLoss', single ? loss.squeeze(0) : loss, options.reduction);
}

export interface TripletOptions extends MarginOptions {
  /** Measure the negative from the positive where that is nearer than the anchor (Balntas et al., 2016). Default false. */
  swap?: boolean;
}

/** What is missing for the negative to be `margin` (1) farther from the anchor than the positive, by any distance. */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletOptions & {
    /** Default: `pairwiseDistance`. */
    distanceFunction?: ((x1: Tensor, x2: Tensor) => Tensor) | null;
  } = {},
): Tensor {
  checkOptions('tripletMarginWithDistanceLoss', options, ['distanceFunction', 'margin', 'swap', 'reduction']);
  const { distanceFunction, ...rest } = options;
  return tripletLoss(
    'tripletMarginWithDistanceLoss',
    [anchor, positive, negative],
    rest,
    distanceFunction ?? pairwiseDistance,
  );
}

/** The same with the norm of the differences, of power `p` (2). */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletOptions & { /** Default 2. */ p?: number /** Default 1e-6. */; eps?: number } = {},
): Tensor {
  checkOptions('tripletMarginLoss', options, ['margin', 'p', 'eps', 'swap', 'reduction']);
  const { p = 2, eps = 1e-6, ...rest } = options;
  return tripletLoss('tripletMarginLoss', [anchor, positive, negative], rest, (x1, x2) =>
    pairwiseDistance(x1, x2, { p, eps }),
  );
}

function tripletLoss(
  op: string,
  [anchor, positive, negative]: readonly [Tensor, Tensor, Tensor],
  { margin = 1, swap = false, reduction }: TripletOptions,
  distance: (x1: Tensor, x2: Tensor) => Tensor,
): Tensor {
  if (!(margin > 0)) throw new ArgumentError(op, `margin must be greater than 0, but is ${margin}`);
  if (anchor.ndim !== positive.ndim || anchor.ndim !== negative.ndim)
    throw new ShapeError(
      op,
      'anchor, positive and negative must have as many dimensions',
      anchor.shape,
      positive.shape,
      negative.shape,
    );
  const far = distance(anchor, negative);
  const negatives = swap ? far.minimum(distance(positive, negative)) : far;
  return reduced(op, distance(anchor, positive).sub(negatives).add(margin).clampMin(0), reduction);
}
