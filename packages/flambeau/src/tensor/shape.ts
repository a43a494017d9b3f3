import { IndexError, ShapeError } from '../errors.js';

/** Sizes of a tensor's dimensions, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** How a tensor lies in its storage: element (i, j, …) at `offset + i·strides[0] + j·strides[1] + …`. */
export interface Layout {
  readonly shape: Shape;
  /** Distances between neighbours, in elements. */
  readonly strides: Shape;
  /** Of the first element, in elements. */
  readonly offset: number;
}

/** Number of elements. */
export function numelOf(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  return n;
}

/** Strides of a contiguous (row-major) tensor. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i], 1);
  }
  return strides;
}

/** Whether the elements lie in row-major order without gaps; dimensions of size 1 do not matter. */
export function isContiguous(shape: Shape, strides: Shape): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 0) return true;
    if (shape[i] === 1) continue;
    if (strides[i] !== step) return false;
    step *= shape[i];
  }
  return true;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Counts a negative dimension from the end. @throws IndexError outside -rank..rank-1 (a scalar counts as rank 1) */
export function normalizeDim(op: string, dim: number, rank: number): number {
  const room = Math.max(rank, 1);
  if (!Number.isInteger(dim) || dim < -room || dim >= room) {
    throw new IndexError(
      op,
      `dimension ${dim} is outside [${-room}, ${room - 1}] of a tensor with ${rank} dimension${rank === 1 ? '' : 's'}`,
    );
  }
  return dim < 0 ? dim + room : dim;
}

/** Several dimensions, each once; none given means all. */
export function normalizeDims(op: string, dims: number | readonly number[] | undefined, rank: number): number[] {
  if (dims === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof dims === 'number' ? [dims] : dims;
  if (list.length === 0) return Array.from({ length: rank }, (_, i) => i);
  const seen = list.map((dim) => normalizeDim(op, dim, rank));
  if (new Set(seen).size !== seen.length) throw new IndexError(op, `dimension given twice in [${list.join(', ')}]`);
  return rank === 0 ? [] : seen;
}

/** The shape that both broadcast to: sizes are equal from the right, or one of them is 1 or missing. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = i <= a.length ? a[a.length - i] : 1;
    const n = i <= b.length ? b[b.length - i] : 1;
    if (m !== n && m !== 1 && n !== 1)
      throw new ShapeError(op, `size ${m} cannot broadcast with ${n} at dimension -${i}`, a, b);
    out[rank - i] = m === 1 ? n : m;
  }
  return out;
}

/** Sizes as a user writes them: `f(2, 3)` or `f([2, 3])`. */
export type Sizes = [shape: Shape] | number[];

/** The shape of `f(2, 3)` and of `f([2, 3])`. */
export function shapeOf(op: string, sizes: readonly (number | Shape)[]): Shape {
  const shape = (sizes.length === 1 && typeof sizes[0] === 'object' ? sizes[0] : sizes) as Shape;
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(op, `${size} is no size; sizes are whole numbers from 0`, shape);
  }
  return shape;
}

/** The shape after reducing `dims`: they become 1 (`keepdim`) or vanish. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  if (keepdim) return shape.map((size, i) => (dims.includes(i) ? 1 : size));
  return shape.filter((_, i) => !dims.includes(i));
}

/**
 * Strides under which a strided tensor can be seen with another shape of as many elements, or null when its memory does not allow it.
 * Each stretch of dimensions that lie evenly in memory is re-cut on its own.
 */
export function viewStrides(shape: Shape, strides: Shape, into: Shape): number[] | null {
  const numel = numelOf(shape);
  if (numel === 0) return contiguousStrides(into);
  const out = new Array<number>(into.length).fill(1);
  let view = into.length - 1;
  let stretch = 1; // elements of the current stretch of `shape`
  let viewed = 1; // elements of `into` that were laid into it
  let base = shape.length > 0 ? strides[shape.length - 1] : 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    stretch *= shape[dim];
    const breaks = dim === 0 || (shape[dim - 1] !== 1 && strides[dim - 1] !== stretch * base);
    if (!breaks) continue;
    while (view >= 0 && (viewed < stretch || into[view] === 1)) {
      out[view] = viewed * base;
      viewed *= into[view];
      view--;
    }
    if (viewed !== stretch) return null;
    if (dim > 0) {
      base = strides[dim - 1];
      stretch = 1;
      viewed = 1;
    }
  }
  return out;
}
