import { ArgumentError, ShapeError } from '../errors.js';
import { sameShape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { full as filled } from './creation.js';
import type { LossOptions } from './loss.js';
import { reduced } from './loss-reduction.js';
import { checkOptions } from './options.js';

/** Negative log-likelihoods of distributions. */

export interface PoissonOptions extends LossOptions {
  /** Whether the input is the logarithm of the expected counts. Default true. */
  logInput?: boolean;
  /** Add Stirling's approximation of log target!. Default false. */
  full?: boolean;
  /** Added before a logarithm is taken of the input. Default 1e-8. */
  eps?: number;
}

/** Counts `target` that are Poisson-distributed with the expectation e^input (or input). */
export function poissonNllLoss(input: Tensor, target: Tensor, options: PoissonOptions = {}): Tensor {
  checkOptions('poissonNllLoss', options, ['logInput', 'full', 'eps', 'reduction']);
  const { logInput = true, full = false, eps = 1e-8, reduction } = options;
  const loss = logInput ? input.exp().sub(target.mul(input)) : input.sub(target.mul(input.add(eps).log()));
  if (!full) return reduced('poissonNllLoss', loss, reduction);
  const large = target.gt(1);
  const safe = large.where(target, target.detach().onesLike()); // the logarithm of 0 would poison the gradient
  const stirling = safe
    .mul(safe.log())
    .sub(safe)
    .add(
      safe
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return reduced('poissonNllLoss', loss.add(large.where(stirling, stirling.detach().zerosLike())), reduction);
}

export interface GaussianOptions extends LossOptions {
  /** Add the constant log(2π) / 2. Default false. */
  full?: boolean;
  /** Variances are at least this. Default 1e-6. */
  eps?: number;
}

/** Values `target` that are normally distributed with the mean `input` and the variance `var`: a number, one for each value, or for each row. */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor | number,
  options: GaussianOptions = {},
): Tensor {
  checkOptions('gaussianNllLoss', options, ['full', 'eps', 'reduction']);
  const { full = false, eps = 1e-6, reduction } = options;
  const given = isTensor(variance) ? variance : filled([], variance, { dtype: input.dtype });
  if (given.numel > 0 && given.detach().amin().item() < 0)
    throw new ArgumentError(
      'gaussianNllLoss',
      `variances are not negative, but one is ${given.detach().amin().item()}`,
    );
  const own = isTensor(variance) ? fit(variance, input) : given.expand(input.shape);
  // Clamped with the gradient of what was not.
  const held = own.add(own.detach().clampMin(eps).sub(own.detach()));
  const loss = held.log().add(input.sub(target).square().div(held)).mul(0.5);
  return reduced('gaussianNllLoss', full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction);
}

/** The variance with the input's rank: one for each value, or the same along one dimension. */
function fit(variance: Tensor, input: Tensor): Tensor {
  if (sameShape(variance.shape, input.shape)) return variance;
  if (sameShape(variance.shape, input.shape.slice(0, -1))) return variance.unsqueeze(-1);
  const differ = variance.shape.filter((size, i) => size !== input.shape[i]);
  if (variance.ndim === input.ndim && differ.length === 1 && differ[0] === 1) return variance;
  throw new ShapeError(
    'gaussianNllLoss',
    "variances must have the input's shape, with one dimension left out or of size 1",
    variance.shape,
    input.shape,
  );
}
