import { engine } from '@flambeau/kernels';
import { DTypeError, IndexError, inNameOf } from '../errors.js';
import { placeOf, writeLoop } from '../tensor/loop.js';
import { broadcastShapes, type Shape, sameShape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { type NestedArray, tensor } from './creation.js';
import { run } from './elementwise.js';
import { checkBounds, nonzero, positions } from './scatter.js';

/**
 * What stands for a dimension in `at`: a number, a slice (`':'`, `'1:3'`, `'::2'`), `'...'` for all that are not named, `null` for a new
 * one, an integer tensor (or a list of numbers) to choose entries, a mask.
 */
export type Index = number | string | null | Tensor | IndexList;

/** Positions or truth values in nested lists, standing for a tensor of them. */
export type IndexList = readonly (number | boolean | IndexList)[];

/** Tensor indices of neighbouring or scattered dimensions of a view. */
export interface Selection {
  /** `self` after all that needs no tensor: numbers, slices, new dimensions. */
  readonly view: Tensor;
  /** The dimensions of `view` that tensors index, ascending, and for each the tensor, int64. */
  readonly dims: readonly number[];
  readonly indices: readonly Tensor[];
}

/** Lists become tensors, and what the op keeps is tensors and plain data. */
export function normalizeIndex(op: string, index: readonly Index[]): (number | string | null | Tensor)[] {
  return index.map((item) => {
    if (Array.isArray(item)) {
      const isMask = typeof item.flat(Number.POSITIVE_INFINITY)[0] === 'boolean';
      return tensor(item as NestedArray, { dtype: isMask ? 'bool' : 'int64' });
    }
    const known = typeof item === 'number' || typeof item === 'string' || item === null || isTensor(item);
    if (!known)
      throw new IndexError(
        op,
        `${String(item)} is no index; use a number, a slice such as '1:3', '...', null, a tensor or a list`,
      );
    return item as number | string | null | Tensor;
  });
}

/** How many dimensions of the input an item stands for. */
function consumes(item: number | string | null | Tensor): number {
  if (item === null || item === '...') return 0;
  return isTensor(item) && item.dtype === 'bool' ? item.ndim : 1;
}

/** `'...'`, or the end of the list, stands for all dimensions that are not named. */
function spelledOut(op: string, self: Tensor, index: readonly (number | string | null | Tensor)[]) {
  const named = index.reduce<number>((n, item) => n + consumes(item), 0);
  if (named > self.ndim)
    throw new IndexError(
      op,
      `${named} indices for a tensor of ${self.ndim} dimensions (shape [${self.shape.join(', ')}])`,
    );
  const gap = index.indexOf('...');
  if (gap !== index.lastIndexOf('...')) throw new IndexError(op, "'...' can stand only once");
  if (gap < 0) return index;
  return [...index.slice(0, gap), ...new Array<string>(self.ndim - named).fill(':'), ...index.slice(gap + 1)];
}

/** `'1:3'`, `':-1'`, `'::2'` as bounds; null stands for "from the start" or "to the end". */
function parseSlice(op: string, text: string): { start: number | null; end: number | null; step: number } {
  const match = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/.exec(text);
  if (match === null)
    throw new IndexError(op, `'${text}' is no slice; write ':', 'start:end', 'start:end:step' or '...'`);
  const bound = (part: string | undefined): number | null => (part === undefined ? null : Number(part));
  return { start: bound(match[1]), end: bound(match[2]), step: bound(match[3]) ?? 1 };
}

/** Applies what gives a view and collects the tensors, turning masks into the positions that they choose. */
export function select(op: string, self: Tensor, index: readonly (number | string | null | Tensor)[]): Selection {
  let view = self;
  let dim = 0;
  const dims: number[] = [];
  const indices: Tensor[] = [];
  for (const item of spelledOut(op, self, index)) {
    if (item === null) {
      view = view.unsqueeze(dim++);
    } else if (typeof item === 'number') {
      view = selected(op, view, dim, item);
    } else if (typeof item === 'string') {
      if (item.trim() !== ':') view = sliced(op, view, dim, item);
      dim++;
    } else if (item.dtype === 'bool') {
      if (item.ndim === 0) view = view.unsqueeze(dim);
      for (const column of maskIndices(op, view, dim, item)) {
        indices.push(column);
        dims.push(dim++);
      }
    } else if (item.ndim === 0) {
      view = selected(op, view, dim, integer(op, item).item());
    } else {
      indices.push(wrapped(op, integer(op, item), view.shape[dim]));
      dims.push(dim++);
    }
  }
  return { view, dims, indices: broadcastIndices(op, indices) };
}

const selected = (op: string, view: Tensor, dim: number, index: number): Tensor =>
  inNameOf(op, () => view.select(dim, index));

const sliced = (op: string, view: Tensor, dim: number, text: string): Tensor =>
  inNameOf(op, () => view.slice(dim, parseSlice(op, text)));

/** @internal An index tensor's values as int64. @throws DTypeError when it holds no integers */
export function integer(op: string, index: Tensor): Tensor {
  if (index.dtype !== 'int64' && index.dtype !== 'int32')
    throw new DTypeError(op, `an index tensor is int64, int32 or (a mask) bool, not ${index.dtype}`);
  return index.detach().to('int64');
}

function maskIndices(op: string, view: Tensor, dim: number, mask: Tensor): Tensor[] {
  const covered = view.shape.slice(dim, dim + mask.ndim);
  if (!sameShape(mask.shape, covered))
    throw new IndexError(
      op,
      `a mask of shape [${mask.shape.join(', ')}] does not fit dimensions ${dim} to ${dim + mask.ndim - 1} of sizes [${covered.join(', ')}]`,
    );
  if (mask.ndim <= 1) return [positions(mask)];
  return nonzero(mask).unbind(1);
}

function broadcastIndices(op: string, indices: readonly Tensor[]): Tensor[] {
  if (indices.length < 2) return [...indices];
  const shape = indices.map((index) => index.shape).reduce((a, b) => broadcastShapes(op, a, b));
  return indices.map((index) => index.expand(shape));
}

/** @internal Negative indices counted from the end. @throws IndexError for an index outside the dimension */
export function wrapped(op: string, index: Tensor, size: number): Tensor {
  return apply(wrapped, [op, index, size], {
    shape: index.shape,
    dtype: 'int64',
    elementwise: true,
    kernel: (out, name, at) => {
      run(engine.kernels.wrap_index.i64, out, [at], [size]);
      checkBounds(name, size);
    },
  });
}

/** Several indices as one into the dimensions taken together in row-major order: shape (number of choices). */
export function linearIndex({ view, dims, indices }: Selection): Tensor {
  let linear = indices[0];
  for (let i = 1; i < dims.length; i++) linear = linear.mul(view.shape[dims[i]]).add(indices[i]);
  return linear.reshape([-1]);
}

/** Where things stand when tensors index some dimensions. */
export interface Arrangement {
  /** The order of `view`'s dimensions with the indexed ones first. */
  readonly order: number[];
  /** How many entries the indexed dimensions have together, and the others. */
  readonly chosenFrom: number;
  readonly rest: Shape;
  /** The shape of the tensor indices. */
  readonly choice: Shape;
  /** Where the choice's dimensions stand in the result: in place of neighbouring indexed dimensions, else first. */
  readonly at: number;
}

export function arrange({ view, dims, indices }: Selection): Arrangement {
  const others = view.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const neighbours = dims.every((dim, i) => i === 0 || dim === dims[i - 1] + 1);
  return {
    order: [...dims, ...others],
    chosenFrom: dims.reduce((n, dim) => n * view.shape[dim], 1),
    rest: others.map((i) => view.shape[i]),
    choice: indices[0].shape,
    at: neighbours ? dims[0] : 0,
  };
}

/** The result's shape: the choice's dimensions among the others. */
export function selectedShape({ rest, choice, at }: Arrangement): Shape {
  return [...rest.slice(0, at), ...choice, ...rest.slice(at)];
}

/** The order that brings (choice…, rest…) to the result's order. */
export function resultOrder({ rest, choice, at }: Arrangement): number[] {
  const c = choice.length;
  const from = rest.map((_, i) => c + i);
  return [...from.slice(0, at), ...choice.map((_, i) => i), ...from.slice(at)];
}

/** @internal Runs a scattering kernel in place: row `index[i]` of `target` (m, r) from row i of `src`. */
export function scatterRows(kernel: (...args: number[]) => void, target: Tensor, index: Tensor, src: Tensor): void {
  void index.storage.place;
  void src.storage.place;
  const places = [placeOf(target), placeOf(index), placeOf(src)];
  writeLoop(src.shape, [0, target.strides[1]], [index.strides[0], 0], src.strides);
  kernel(...places, target.shape[0], target.strides[0]);
}
