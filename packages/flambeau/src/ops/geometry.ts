import { ArgumentError, ShapeError } from '../errors.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** One number for both dimensions of a picture, or one for each: [height, width]. */
export type Pair = number | readonly [height: number, width: number] | readonly number[];

/** Reads a pair of whole numbers of at least `least`. */
export function pairOf(op: string, name: string, value: Pair, least: number): readonly [number, number] {
  const [height, width] =
    typeof value === 'number' ? [value, value] : value.length === 1 ? [value[0], value[0]] : value;
  const fits = (size: number): boolean => Number.isInteger(size) && size >= least;
  if (!fits(height) || !fits(width) || (typeof value !== 'number' && value.length > 2)) {
    throw new ArgumentError(
      op,
      `${name} is a whole number from ${least} or [height, width] of them, not ${JSON.stringify(value)}`,
    );
  }
  return [height, width];
}

/** Calls an op of batches (N, C, H, W) with one picture (C, H, W) as well. */
export function batched(op: string, input: Tensor, body: (batch: Tensor) => Tensor): Tensor {
  checkPictures(op, input);
  return input.ndim === 4 ? body(input) : body(input.unsqueeze(0)).squeeze(0);
}

export function checkPictures(op: string, input: Tensor): void {
  if (input.ndim !== 4 && input.ndim !== 3)
    throw new ShapeError(op, 'the input must be (N, C, H, W) or (C, H, W)', input.shape);
}

/** A shape (N, C, H, W) taken apart. */
export function picturesOf(shape: Shape): { n: number; c: number; h: number; w: number } {
  return { n: shape[0], c: shape[1], h: shape[2], w: shape[3] };
}
