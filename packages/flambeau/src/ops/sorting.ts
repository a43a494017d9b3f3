import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, inNameOf, ShapeError } from '../errors.js';
import { type DType, isFloating } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { normalizeDim, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import type { AlongOptions } from './along.js';
import { applyMany, type Op } from './apply.js';
import { zeros } from './creation.js';
import { allocate, cast, copyInto, kernelFor, packed } from './elementwise.js';
import { checkOptions, withPositional } from './options.js';

const k = engine.kernels;

/**
 * Chooses `count` entries of each row along `axis` with a kernel that works on the last dimension; the gradient goes back to where
 * the values came from.
 */
function chosen(
  op: Op,
  name: 'sort' | 'topk' | 'kth',
  self: Tensor,
  axis: number,
  count: number,
  args: readonly unknown[],
  parameters: (n: number) => number[],
): ValuesAndIndices {
  const shape = self.shape.map((size, i) => (i === axis ? count : size));
  const [values, indices] = applyMany(op as (self: Tensor, ...rest: unknown[]) => unknown, [self, ...args], {
    outputs: [
      { shape, dtype: self.dtype },
      { shape, dtype: 'int64' },
    ],
    kernel: (outs, a) => {
      const compute = a.dtype === 'bool' ? 'uint8' : a.dtype;
      const rows = packed(lastFirst(cast(a, compute), axis));
      const n = rows.ndim === 0 ? 1 : rows.shape[rows.ndim - 1];
      const [best, where] = outs.map((out) =>
        roomFor(lastFirst(out, axis), out.dtype === 'bool' ? compute : out.dtype),
      );
      if (best.numel > 0)
        kernelFor(name, k[name], compute)(
          placeOf(best),
          placeOf(where),
          placeOf(rows),
          rows.numel / n,
          ...parameters(n),
        );
      if (best.storage !== outs[0].storage) copyInto(lastFirst(outs[0], axis), best);
      if (where.storage !== outs[1].storage) copyInto(lastFirst(outs[1], axis), where);
    },
    save: ([, where], a) => [where, a.shape] as const,
    vjp: ([grad], [where, full]) => [(grad as Tensor).newZeros(full).scatter(axis, where, grad as Tensor)],
  });
  return { values, indices };
}

/** A view in which a dimension stands last. */
const lastFirst = (tensor: Tensor, axis: number): Tensor =>
  axis >= tensor.ndim - 1 ? tensor : tensor.detach().transpose(axis, -1);

/** A tensor to write rows to: the output itself where it lies in rows of that dtype. */
const roomFor = (out: Tensor, dtype: DType): Tensor =>
  out.dtype === dtype && out.isContiguous() ? out : allocate(out.shape, dtype);

export interface SortOptions {
  /** Default -1. */
  dim?: number;
  /** The largest first. Default false. */
  descending?: boolean;
  /** Equal entries keep their order: they always do. */
  stable?: boolean;
}

/** The entries along `dim` in ascending order, with where they came from. A NaN counts as the largest; equal entries keep their order. */
export function sort(self: Tensor, dim?: number | SortOptions, options?: SortOptions): ValuesAndIndices {
  const given = withPositional<SortOptions, 'dim'>('sort', ['dim', 'descending', 'stable'], 'dim', dim, options);
  const axis = normalizeDim('sort', given.dim ?? -1, self.ndim);
  const descending = given.descending === true ? 1 : 0;
  return chosen(sort, 'sort', self, axis, self.shape[axis] ?? 1, [dim, options], (n) => [n, descending]);
}

/** Where the entries along `dim` stand once they are sorted. */
export function argsort(self: Tensor, dim?: number | SortOptions, options?: SortOptions): Tensor {
  return inNameOf('argsort', () => sort(self.detach(), dim, options).indices);
}

export interface TopkOptions {
  /** Default -1. */
  dim?: number;
  /** The largest, or else the smallest. Default true. */
  largest?: boolean;
  /** In order. Default true. */
  sorted?: boolean;
}

/** The `count` largest entries along `dim`, with their places. */
export function topk(self: Tensor, count: number, dim?: number | TopkOptions, options?: TopkOptions): ValuesAndIndices {
  const given = withPositional<TopkOptions, 'dim'>('topk', ['dim', 'largest', 'sorted'], 'dim', dim, options);
  const axis = normalizeDim('topk', given.dim ?? -1, self.ndim);
  const size = self.shape[axis] ?? 1;
  if (!Number.isInteger(count) || count < 0 || count > size)
    throw new ArgumentError('topk', `there are not ${count} entries along a dimension of size ${size}`);
  const flags = [given.largest === false ? 0 : 1, given.sorted === false ? 0 : 1];
  return chosen(topk, 'topk', self, axis, count, [count, dim, options], (n) => [n, count, ...flags]);
}

/** The results without the dimension that one entry was chosen along, unless it is to stay. */
function dropped({ values, indices }: ValuesAndIndices, axis: number, keepdim: boolean): ValuesAndIndices {
  if (keepdim || values.ndim === 0) return { values, indices };
  return { values: values.squeeze(axis), indices: indices.squeeze(axis) };
}

export interface KthOptions extends AlongOptions {
  /** Default -1. */
  dim?: number;
}

/** The `count`-th smallest entry along `dim` (from 1), with its place. */
export function kthvalue(
  self: Tensor,
  count: number,
  dim?: number | KthOptions,
  options?: KthOptions,
): ValuesAndIndices {
  const given = withPositional<KthOptions, 'dim'>('kthvalue', ['dim', 'keepdim'], 'dim', dim, options);
  const axis = normalizeDim('kthvalue', given.dim ?? -1, self.ndim);
  const size = self.shape[axis] ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > size)
    throw new ArgumentError('kthvalue', `there is no entry number ${count} along a dimension of size ${size}`);
  const entry = chosen(kthvalue, 'kth', self, axis, 1, [count, dim, options], (n) => [n, count - 1, 0]);
  return dropped(entry, axis, given.keepdim ?? false);
}

/** The median of all elements: the lower one of two, NaN when there is one. Along a dimension, with its place. */
export function median(self: Tensor): Tensor;
export function median(self: Tensor, dim: number, options?: AlongOptions): ValuesAndIndices;
export function median(self: Tensor, dim?: number, options?: AlongOptions): Tensor | ValuesAndIndices {
  checkOptions('median', options, ['keepdim']);
  if (dim === undefined) return medianAlong(self.flatten(), 0, false).values;
  return medianAlong(self, normalizeDim('median', dim, self.ndim), options?.keepdim ?? false);
}

function medianAlong(self: Tensor, axis: number, keepdim: boolean): ValuesAndIndices {
  const size = self.shape[axis] ?? 1;
  if (size === 0) throw new ShapeError('median', 'nothing to choose from along a dimension of size 0', self.shape);
  // The kernel answers with the first NaN where there is one.
  const middle = Math.floor((size - 1) / 2);
  return dropped(
    chosen(median, 'kth', self, axis, 1, [axis, { keepdim }], (n) => [n, middle, 1]),
    axis,
    keepdim,
  );
}

export interface UniqueOptions {
  /** In ascending order: they always are. */
  sorted?: boolean;
  /** Also tell for each element which of the values it is. Default false. */
  returnInverse?: boolean;
  /** Also tell how often each value occurs. Default false. */
  returnCounts?: boolean;
}

/** The different values, with what was asked for besides. */
export interface UniqueResult {
  output: Tensor;
  inverse?: Tensor;
  counts?: Tensor;
}

/** The different values of a tensor in ascending order. */
export function unique(
  self: Tensor,
  options: UniqueOptions & ({ returnInverse: true } | { returnCounts: true }),
): UniqueResult;
export function unique(self: Tensor, options?: UniqueOptions): Tensor;
export function unique(self: Tensor, options?: UniqueOptions): Tensor | UniqueResult {
  checkOptions('unique', options, ['sorted', 'returnInverse', 'returnCounts']);
  const compute = self.dtype === 'bool' ? 'uint8' : self.dtype;
  const input = packed(cast(self.detach(), compute)).flatten();
  const n = input.numel;
  const room = allocate([n], compute);
  const inverse = options?.returnInverse === true ? allocate([n], 'int64') : null;
  const counts = options?.returnCounts === true ? allocate([n], 'int64') : null;
  const placeOrNone = (tensor: Tensor | null): number => (tensor === null ? 0 : placeOf(tensor));
  const places = [placeOf(room), placeOrNone(inverse), placeOrNone(counts), placeOf(input)];
  kernelFor('unique', k.unique, compute)(...places, n);
  const found = engine.block[0];
  // Copies, so that room for n values does not live as long as a few do.
  const output = room.narrow(0, 0, found).to(self.dtype, { copy: true });
  if (inverse === null && counts === null) return output;
  const result: UniqueResult = { output };
  if (inverse !== null) result.inverse = inverse.reshape(self.shape);
  if (counts !== null) result.counts = counts.narrow(0, 0, found).clone();
  return result;
}

export interface BincountOptions {
  /** What each element counts for. Default: 1. */
  weights?: Tensor | null;
  /** The least number of bins. Default 0. */
  minlength?: number;
}

/** How often each of the integers 0, 1, 2, … occurs in a 1-D tensor. */
export function bincount(self: Tensor, weights?: Tensor | null | BincountOptions, options?: BincountOptions): Tensor {
  const given = withPositional<BincountOptions, 'weights'>(
    'bincount',
    ['weights', 'minlength'],
    'weights',
    weights,
    options,
  );
  if (isFloating(self.dtype) || self.dtype === 'bool')
    throw new DTypeError('bincount', `counts integers, not ${self.dtype}`);
  if (self.ndim !== 1) throw new ShapeError('bincount', 'the input must be one-dimensional', self.shape);
  if (self.numel > 0 && self.amin().item() < 0)
    throw new ArgumentError('bincount', `counts no negative numbers, but there is ${self.amin().item()}`);
  const bins: Shape = [Math.max(given.minlength ?? 0, self.numel === 0 ? 0 : self.amax().item() + 1)];
  const each = given.weights ?? self.onesLike({ dtype: 'int64' });
  if (!sameShape(each.shape, self.shape))
    throw new ShapeError('bincount', 'there must be one weight for each number', each.shape, self.shape);
  const counts = isFloating(each.dtype) ? each : each.to('int64');
  return zeros(bins, { dtype: counts.dtype }).scatterAdd(0, self.to('int64'), counts);
}
