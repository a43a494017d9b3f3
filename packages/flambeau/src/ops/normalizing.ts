import { DTypeError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { channelsLast } from './channels.js';
import { packed } from './elementwise.js';

/** What the normalisations share. */

export interface AffineOptions {
  /** What normalised numbers are multiplied by. Default: 1. */
  weight?: Tensor | null;
  /** What is added then. Default: 0. */
  bias?: Tensor | null;
  /** Added to the variance, so that a constant can be divided by it. Default 1e-5. */
  eps?: number;
}

/** The address of an operand that may be absent. */
export const placeOrZero = (tensor: Tensor | null): number => (tensor === null ? 0 : placeOf(tensor));

/** An operand that may be absent, in row-major order without gaps. */
export const packedOrNull = (tensor: Tensor | null): Tensor | null => {
  const dense = tensor === null ? null : packed(tensor);
  void dense?.storage.place;
  return dense;
};

/** The values in the order asked for, readable at `rawPlaceOf`. */
export const inOrder = (tensor: Tensor, last: boolean): Tensor => {
  if (last) return channelsLast(tensor);
  const dense = packed(tensor);
  void dense.storage.place;
  return dense;
};

/** The wanted ones of the three gradients at the wanted places of the list. */
export function distribute(wants: readonly boolean[], outs: readonly Tensor[]): (Tensor | null)[] {
  let next = 0;
  return wants.map((wanted) => (wanted ? outs[next++] : null));
}

/**
 * Gradients of `normal · weight + bias` where `normal = (x − mean) · scale`: mean and scale were taken over `over`, weight and bias repeat over
 * `repeated`.
 */
export function normalizedGrads(
  grad: Tensor,
  normal: Tensor,
  scale: Tensor,
  weight: Tensor | null,
  over: readonly number[],
  repeated: readonly number[],
  own: boolean,
): Tensor[] {
  const inner = weight === null ? grad : grad.mul(weight);
  const keep = { keepdim: true };
  const along = own ? inner.sub(inner.mean(over, keep)).sub(normal.mul(inner.mul(normal).mean(over, keep))) : inner;
  return [along.mul(scale), grad.mul(normal).sum(repeated), grad.sum(repeated)];
}

/** Whether an operand that may be absent has the shape and the input's dtype. */
export function checkOperand(op: string, name: string, tensor: Tensor | null, input: Tensor, shape: Shape): void {
  if (tensor === null) return;
  if (!sameShape(tensor.shape, shape))
    throw new ShapeError(op, `${name} must be [${shape.join(', ')}] for this input`, tensor.shape, input.shape);
  if (tensor.dtype !== input.dtype)
    throw new DTypeError(op, `${name} must have the input's dtype ${input.dtype}, not ${tensor.dtype}`);
}
