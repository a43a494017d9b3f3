import { ArgumentError, ShapeError } from '../errors.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** One number for both dimensions of a picture, or one for each: [height, width]. */
export type Pair = number | readonly [height: number, width: number] | readonly number[];

/** One number, or a list of one: [length]. */
export type Single = number | readonly [length: number] | readonly number[];

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

/** Reads one whole number of at least `least`; signals (N, C, L) are pictures of height 1, in which `height` stands beside it. */
export function singleOf(
  op: string,
  name: string,
  value: Single,
  least: number,
  height: number,
): readonly [number, number] {
  const [length, ...further] = typeof value === 'number' ? [value] : value;
  if (!Number.isInteger(length) || length < least || further.length > 0)
    throw new ArgumentError(op, `${name} is a whole number from ${least}, not ${JSON.stringify(value)}`);
  return [height, length];
}

/** Calls an op of batches (N, C, H, W), or with `rank` 1 (N, C, L), with one example (C, …) as well. */
export function batched(op: string, input: Tensor, body: (batch: Tensor) => Tensor, rank: 1 | 2 = 2): Tensor {
  checkExamples(op, input, rank);
  return input.ndim === rank + 2 ? body(input) : body(input.unsqueeze(0)).squeeze(0);
}

export function checkExamples(op: string, input: Tensor, rank: 1 | 2): void {
  const sizes = rank === 1 ? 'L' : 'H, W';
  if (input.ndim !== rank + 2 && input.ndim !== rank + 1)
    throw new ShapeError(op, `the input must be (N, C, ${sizes}) or (C, ${sizes})`, input.shape);
}

/** A shape (N, C, H, W) taken apart; (N, C, L) is a picture of height 1. */
export function picturesOf(shape: Shape): { n: number; c: number; h: number; w: number } {
  return { n: shape[0], c: shape[1], h: shape.length === 3 ? 1 : shape[2], w: shape[shape.length - 1] };
}

/** A window that moves over pictures. */
export interface Window {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly ceilMode: boolean;
}

/** n, h, w, c, oh, ow: the sizes that all pooling kernels take. */
export function poolExtents(input: Shape, out: Shape): number[] {
  const { n, c, h, w } = picturesOf(input);
  const to = picturesOf(out);
  return [n, h, w, c, to.h, to.w];
}
