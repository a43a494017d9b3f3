import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { DTypeError, inNameOf, ShapeError } from '../errors.js';
import { broadcastShapes, normalizeDim, type Shape, sameShape, viewStrides } from '../tensor/shape.js';
import { isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { apply, type Op } from './apply.js';
import { applyInPlace } from './apply-in-place.js';
import { full } from './creation.js';
import { cast, copyInto, kernelFor, packed } from './elementwise.js';
import { checkOptions } from './options.js';
import {
  arrange,
  type Index,
  integer,
  linearIndex,
  normalizeIndex,
  resultOrder,
  type Selection,
  scatterRows,
  select,
  selectedShape,
  wrapped,
} from './positions.js';

export type { Index } from './positions.js';

const k = engine.kernels;

type Item = number | string | null | Tensor;

/**
 * A part of the tensor: one argument for each dimension. Numbers and slices give a view; tensors and masks choose entries, as in NumPy.
 * @example
 * x.at(0, ':', '1:3');
 * x.at('...', -1);
 * x.at(x.gt(0));
 */
export function at(self: Tensor, ...index: Index[]): Tensor {
  const selection = select('at', self, normalizeIndex('at', index));
  return selection.dims.length === 0 ? selection.view : choose(selection);
}

/** Gathers rows of (indexed dimensions, others). */
function choose(selection: Selection): Tensor {
  const arrangement = arrange(selection);
  const { order, chosenFrom, rest, choice } = arrangement;
  const linear = linearIndex(selection);
  const width = rest.reduce((n, size) => n * size, 1);
  const rows = selection.view.permute(order).reshape([chosenFrom, width]);
  const picked = rows.gather(0, linear.unsqueeze(1).expand([linear.numel, width])).reshape([...choice, ...rest]);
  return arrangement.at === 0 ? picked : picked.permute(resultOrder(arrangement));
}

/** The shape that `at` of this index gives. */
const partShape = (selection: Selection): Shape =>
  selection.dims.length === 0 ? selection.view.shape : selectedShape(arrange(selection));

/** Writes values over a part of `self`, or adds them there. Says nothing to the graph. */
function write(op: string, self: Tensor, index: readonly Item[], value: Tensor, accumulate: boolean): void {
  void self.storage.place;
  const selection = select(op, self.detach(), index);
  const shape = partShape(selection);
  // A part may also be written from a value with more dimensions, when those in front are 1.
  const lead = value.shape.slice(0, Math.max(0, value.ndim - shape.length));
  const fitting = lead.every((size) => size === 1) ? value.detach().reshape(value.shape.slice(lead.length)) : value;
  if (!sameShape(broadcastShapes(op, shape, fitting.shape), shape))
    throw new ShapeError(op, 'the values do not broadcast to the part that is set', value.shape, shape);
  const source = cast(fitting, self.dtype).detach().expand(shape);
  const safe = source.storage === self.storage ? source.clone() : source;
  if (selection.dims.length > 0) writeChosen(op, selection, safe, accumulate);
  else copyInto(selection.view, accumulate ? selection.view.add(safe) : safe);
}

function writeChosen(op: string, selection: Selection, value: Tensor, accumulate: boolean): void {
  const arrangement = arrange(selection);
  const { order, chosenFrom, rest, choice } = arrangement;
  const linear = linearIndex(selection);
  const width = rest.reduce((n, size) => n * size, 1);
  const back = resultOrder(arrangement);
  const inRows = value.permute(back.map((_, i) => back.indexOf(i))).reshape([linear.numel, width]);
  const target = selection.view.permute(order);
  const shape = [chosenFrom, width];
  const strides = viewStrides(target.shape, target.strides, shape);
  const rows = strides === null ? packed(target).view(shape) : target.viewOf({ shape, strides, offset: target.offset });
  if (choice.every((size) => size > 0) && width > 0)
    scatterRows(kernelFor(op, accumulate ? k.scatter_add : k.scatter, value.dtype), rows, linear, inRows);
  if (strides === null) copyInto(target, rows.view(target.shape));
}

/** A copy in which a part is replaced by (or increased by) values: what `setAt` computes where the graph must see it. */
function assigned(self: Tensor, index: readonly Item[], value: Tensor, accumulate: boolean): Tensor {
  return apply(assigned, [self, index, value, accumulate], {
    shape: self.shape,
    dtype: self.dtype,
    kernel: (out, a, at, v) => {
      copyInto(out, a);
      write('setAt', out, at, v, accumulate);
    },
    save: (_out, _a, at, v) => [v.shape, ...at] as const,
    vjp: (grad, [shape, ...items], needs) => {
      const at = items as Item[];
      const tensors = at.filter(isTensor);
      const zero = full([], 0, { dtype: grad.dtype });
      return [
        needs[0] ? (accumulate ? grad : assigned(grad, at, zero, false)) : null,
        ...tensors.map(() => null),
        needs[needs.length - 1] ? sumToPart(choosePart(grad, at), shape as Shape) : null,
      ];
    },
  });
}

const choosePart = (grad: Tensor, index: readonly Item[]): Tensor => at(grad, ...index);

/** Sums over what the value was broadcast to; dimensions of 1 in front of the value come back. */
function sumToPart(part: Tensor, shape: Shape): Tensor {
  if (shape.length <= part.ndim) return part.sumToSize(shape);
  return part.reshape([...new Array<number>(shape.length - part.ndim).fill(1), ...part.shape]).sumToSize(shape);
}

function assignPart(self: Tensor, index: readonly Index[], value: Operand, accumulate: boolean): Tensor {
  const items = normalizeIndex('setAt', index);
  const filler = isTensor(value) ? value : full([], value, { dtype: self.dtype });
  if (isGradEnabled() && (self.requiresGrad || filler.requiresGrad))
    return applyInPlace(assigned as Op, self, [items, filler, accumulate]);
  self.storage.willChange();
  write('setAt', self, items, filler, accumulate);
  self.storage.changed();
  return self;
}

/**
 * Sets a part of the tensor, chosen as by `at`, to a number or to values that broadcast to it.
 * @example
 * x.setAt([0, ':'], 1);
 * x.setAt(x.lt(0), 0);
 */
export function setAt(self: Tensor, index: readonly Index[] | Tensor | string | number, value: Operand): Tensor {
  return assignPart(self, Array.isArray(index) ? index : [index as Index], value, false);
}

/** Sets entries chosen by tensors, one for each leading dimension (null for all of one), or adds to them with `accumulate`. */
export function indexPut_(
  self: Tensor,
  indices: readonly (Tensor | null)[],
  values: Operand,
  options?: { /** Add up instead of replacing. Default false. */ accumulate?: boolean },
): Tensor {
  checkOptions('indexPut_', options, ['accumulate']);
  return assignPart(
    self,
    indices.map((index) => index ?? ':'),
    values,
    options?.accumulate ?? false,
  );
}

/** A 1-D index laid along one dimension of a tensor of this shape. */
function alongIndex(op: string, self: Tensor, axis: number, index: Tensor, entries: Shape): Tensor {
  if (index.ndim > 1) throw new ShapeError(op, 'the index must be one-dimensional', index.shape);
  const fitting = self.shape.map((size, i) => (i === axis ? index.numel : size));
  if (!sameShape(entries, fitting))
    throw new ShapeError(
      op,
      `the source must be [${fitting.join(', ')}] for this tensor and index`,
      entries,
      self.shape,
    );
  const along = self.shape.map((_, i) => (i === axis ? index.numel : 1));
  return wrapped(op, integer(op, index), self.shape[axis]).reshape(along).expand(entries);
}

/** A copy with `alpha · source` added: entry i of its dimension `dim` at `index[i]`. */
export function indexAdd(
  self: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  options?: { /** Default 1. */ alpha?: number },
): Tensor {
  checkOptions('indexAdd', options, ['alpha']);
  const axis = normalizeDim('indexAdd', dim, self.ndim);
  const alpha = options?.alpha ?? 1;
  const at = alongIndex('indexAdd', self, axis, index, source.shape);
  return inNameOf('indexAdd', () => self.scatterAdd(axis, at, alpha === 1 ? source : source.mul(alpha)));
}

/** A copy with the entries of `source` along `dim` at the places that `index` lists. */
export function indexCopy(self: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
  const axis = normalizeDim('indexCopy', dim, self.ndim);
  return self.scatter(axis, alongIndex('indexCopy', self, axis, index, source.shape), source);
}

/** A copy with one value in the entries of `dim` that `index` lists. */
export function indexFill(self: Tensor, dim: number, index: Tensor, value: number): Tensor {
  const axis = normalizeDim('indexFill', dim, self.ndim);
  const entries = self.shape.map((size, i) => (i === axis ? index.numel : size));
  return self.scatter(axis, alongIndex('indexFill', self, axis, index, entries), value);
}

/** The elements at positions in the flattened tensor, in the shape of `index`. */
export function take(self: Tensor, index: Tensor): Tensor {
  if (index.dtype !== 'int64') throw new DTypeError('take', `the index must be int64, not ${index.dtype}`);
  return self
    .flatten()
    .gather(0, wrapped('take', index, self.numel).flatten())
    .reshape(index.shape);
}

/** For each place of `indices` the entry of `self` along `dim`; the other dimensions broadcast. Without `dim` the tensor is taken flat. */
export function takeAlongDim(self: Tensor, indices: Tensor, dim?: number | { dim?: number }): Tensor {
  const op = 'takeAlongDim';
  const given = typeof dim === 'number' ? dim : dim?.dim;
  if (given === undefined) return self.flatten().gather(0, wrapped(op, integer(op, indices), self.numel).flatten());
  const axis = normalizeDim(op, given, self.ndim);
  const without = (shape: Shape): Shape => shape.map((size, i) => (i === axis ? 1 : size));
  const common = broadcastShapes(op, without(self.shape), without(indices.shape));
  const sized = (shape: Shape): Shape => common.map((size, i) => (i === axis ? shape[axis] : size));
  const from = self.expand(sized(self.shape));
  return from.gather(axis, wrapped(op, integer(op, indices), self.shape[axis]).expand(sized(indices.shape)));
}
