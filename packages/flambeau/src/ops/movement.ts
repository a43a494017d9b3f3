import { ArgumentError, IndexError, inNameOf, ShapeError } from '../errors.js';
import { broadcastStrides } from '../tensor/loop.js';
import { normalizeDim, normalizeDims, numelOf, type Shape, type Sizes, viewStrides } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyView } from './apply.js';
import { copyInto } from './elementwise.js';
import { cat } from './joining.js';
import { checkOptions, withPositional } from './options.js';

/** The shape asked for, with one −1 worked out. */
function resolveShape(op: string, self: Tensor, sizes: readonly (number | Shape)[]): Shape {
  const wanted = (sizes.length === 1 && typeof sizes[0] === 'object' ? sizes[0] : sizes) as Shape;
  const open = wanted.indexOf(-1);
  const known = wanted.reduce((n, size) => (size === -1 ? n : n * size), 1);
  if (wanted.some((size) => !Number.isInteger(size) || size < -1) || wanted.lastIndexOf(-1) !== open) {
    throw new ShapeError(op, 'sizes are whole numbers from 0, and at most one is -1', wanted);
  }
  if (open >= 0 ? known === 0 || self.numel % known !== 0 : known !== self.numel) {
    throw new ShapeError(op, `${self.numel} elements do not fit the shape [${wanted.join(', ')}]`, self.shape);
  }
  return open < 0 ? wanted : wanted.map((size) => (size === -1 ? self.numel / known : size));
}

/**
 * The same memory with another shape; one size may be −1.
 * @throws ShapeError when the elements do not lie so that this is possible: then `reshape` copies
 */
export function view(self: Tensor, ...shape: Sizes): Tensor {
  const into = resolveShape('view', self, shape);
  const strides = viewStrides(self.shape, self.strides, into);
  if (strides === null)
    throw new ShapeError(
      'view',
      `[${into.join(', ')}] needs memory in row-major order; use \`.reshape(…)\`, which copies`,
      self.shape,
    );
  return applyView(view, [self, ...shape], {
    view: { shape: into, strides, offset: self.offset },
    save: [self.shape],
    vjp: (grad, [full]) => grad.reshape(full),
  });
}

/** Another shape for the same elements: a view where possible, else a copy. One size may be −1. */
export function reshape(self: Tensor, ...shape: Sizes): Tensor {
  const into = resolveShape('reshape', self, shape);
  return viewStrides(self.shape, self.strides, into) === null ? self.contiguous().view(into) : self.view(into);
}

/** The same memory with another number of dimensions for those from `startDim` to `endDim`, which become one. */
export function flatten(
  self: Tensor,
  startDim?: number | { startDim?: number; endDim?: number },
  options?: { startDim?: number; endDim?: number },
): Tensor {
  const given = withPositional<{ startDim?: number; endDim?: number }, 'startDim'>(
    'flatten',
    ['startDim', 'endDim'],
    'startDim',
    startDim,
    options,
  );
  const start = normalizeDim('flatten', given.startDim ?? 0, self.ndim);
  const end = normalizeDim('flatten', given.endDim ?? -1, self.ndim);
  if (start > end) throw new IndexError('flatten', `startDim ${start} lies behind endDim ${end}`);
  if (self.ndim === 0) return self.reshape([1]);
  const middle = numelOf(self.shape.slice(start, end + 1));
  return self.reshape([...self.shape.slice(0, start), middle, ...self.shape.slice(end + 1)]);
}

/** One dimension cut into several. */
export function unflatten(self: Tensor, dim: number, sizes: Shape): Tensor {
  const axis = normalizeDim('unflatten', dim, self.ndim);
  const known = sizes.reduce((n, size) => (size === -1 ? n : n * size), 1);
  const full = sizes.map((size) => (size === -1 ? self.shape[axis] / known : size));
  if (numelOf(full) !== self.shape[axis])
    throw new ShapeError(
      'unflatten',
      `[${sizes.join(', ')}] does not multiply to size ${self.shape[axis]} of dimension ${dim}`,
      self.shape,
    );
  return self.reshape([...self.shape.slice(0, axis), ...full, ...self.shape.slice(axis + 1)]);
}

/** The dimensions in another order; a view. */
export function permute(self: Tensor, ...dims: Sizes): Tensor {
  const list = (dims.length === 1 && typeof dims[0] === 'object' ? dims[0] : dims) as Shape;
  const order = list.length === 0 ? [] : normalizeDims('permute', list, self.ndim);
  if (order.length !== self.ndim)
    throw new ShapeError(
      'permute',
      `[${list.join(', ')}] must name each of the ${self.ndim} dimensions once`,
      self.shape,
    );
  return applyView(permute, [self, ...dims], {
    view: { shape: order.map((i) => self.shape[i]), strides: order.map((i) => self.strides[i]), offset: self.offset },
    save: [order],
    vjp: (grad, [sources]) => grad.permute(sources.map((_, i) => sources.indexOf(i))),
  });
}

/** Two dimensions exchanged; a view. */
export function transpose(self: Tensor, dim0: number, dim1: number): Tensor {
  const a = normalizeDim('transpose', dim0, self.ndim);
  const b = normalizeDim('transpose', dim1, self.ndim);
  const swap = (list: Shape): Shape => list.map((value, i) => (i === a ? list[b] : i === b ? list[a] : value));
  return applyView(transpose, [self, dim0, dim1], {
    view: { shape: swap(self.shape), strides: swap(self.strides), offset: self.offset },
    vjp: (grad) => grad.transpose(a, b),
  });
}

/** A matrix with rows and columns exchanged; vectors and scalars as they are. */
export function t(self: Tensor): Tensor {
  if (self.ndim > 2)
    throw new ShapeError(
      't',
      'only matrices have a plain transpose; use `.transpose(dim0, dim1)` or `.mT()`',
      self.shape,
    );
  return self.ndim < 2 ? self : self.transpose(0, 1);
}

/** The last two dimensions exchanged: the transpose of each matrix of a batch. */
export function mT(self: Tensor): Tensor {
  return self.transpose(-2, -1);
}

/** Without dimensions of size 1: all of them, or those named. */
export function squeeze(self: Tensor, dim?: number | readonly number[]): Tensor {
  const dims =
    dim === undefined || self.ndim === 0 ? self.shape.map((_, i) => i) : normalizeDims('squeeze', dim, self.ndim);
  const keep = self.shape.map((_, i) => i).filter((i) => !(dims.includes(i) && self.shape[i] === 1));
  return applyView(squeeze, [self, dim], {
    view: { shape: keep.map((i) => self.shape[i]), strides: keep.map((i) => self.strides[i]), offset: self.offset },
    save: [self.shape],
    vjp: (grad, [full]) => grad.reshape(full),
  });
}

/** With a dimension of size 1 before `dim`. */
export function unsqueeze(self: Tensor, dim: number): Tensor {
  const at = normalizeDim('unsqueeze', dim, self.ndim + 1);
  const stride = at < self.ndim ? self.strides[at] * self.shape[at] : 1;
  const insert = (list: Shape, value: number): Shape => [...list.slice(0, at), value, ...list.slice(at)];
  return applyView(unsqueeze, [self, dim], {
    view: { shape: insert(self.shape, 1), strides: insert(self.strides, stride), offset: self.offset },
    vjp: (grad) => grad.squeeze(at),
  });
}

/** Dimensions of size 1 repeated to the given sizes, without copying; −1 leaves a size, new dimensions come first. */
export function expand(self: Tensor, ...shape: Sizes): Tensor {
  const wanted = (shape.length === 1 && typeof shape[0] === 'object' ? shape[0] : shape) as Shape;
  const lead = wanted.length - self.ndim;
  const into = wanted.map((size, i) => (size === -1 && i >= lead ? self.shape[i - lead] : size));
  const fits =
    lead >= 0 &&
    self.shape.every((size, i) => size === 1 || size === into[i + lead]) &&
    into.every((size) => size >= 0);
  if (!fits)
    throw new ShapeError('expand', `cannot repeat to [${wanted.join(', ')}]: only sizes of 1 can grow`, self.shape);
  return applyView(expand, [self, ...shape], {
    view: { shape: into, strides: broadcastStrides(self.shape, self.strides, into), offset: self.offset },
    save: [self.shape],
    vjp: (grad, [small]) => grad.sumToSize(small),
  });
}

/** Expanded to another tensor's shape. */
export function expandAs(self: Tensor, other: Tensor): Tensor {
  return inNameOf('expandAs', () => self.expand(other.shape));
}

/** Expanded to a shape; see `expand`. */
export function broadcastTo(self: Tensor, shape: Shape): Tensor {
  return inNameOf('broadcastTo', () => self.expand(shape));
}

/** `length` entries of a dimension from `start` on; a view. */
export function narrow(self: Tensor, dim: number, start: number, length: number): Tensor {
  const axis = normalizeDim('narrow', dim, self.ndim);
  const size = self.shape[axis];
  const from = start < 0 ? start + size : start;
  if (from < 0 || length < 0 || from + length > size)
    throw new IndexError(
      'narrow',
      `entries ${start} to ${start + length} lie outside dimension ${dim} of size ${size}`,
    );
  return self.slice(axis, { start: from, end: from + length });
}

export interface SliceOptions {
  /** First entry; negative counts from the end. Default 0. */
  start?: number | null;
  /** The entry after the last; negative counts from the end. Default: the size. */
  end?: number | null;
  /** Every how many-th entry. Default 1. */
  step?: number;
}

/** Entries `start`, `start + step`, … before `end` of a dimension; a view. Bounds outside the tensor are drawn in, as in Python. */
export function slice(self: Tensor, dim: number, options?: SliceOptions): Tensor {
  checkOptions('slice', options, ['start', 'end', 'step']);
  const axis = normalizeDim('slice', dim, self.ndim);
  if (self.ndim === 0) throw new IndexError('slice', 'a scalar has no dimension to slice');
  const size = self.shape[axis];
  const step = options?.step ?? 1;
  if (!Number.isInteger(step) || step < 1)
    throw new ArgumentError(
      'slice',
      `step ${step} is no whole number from 1; turn a dimension round with \`.flip(dim)\``,
    );
  const draw = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const start = draw(options?.start ?? 0);
  const length = Math.max(0, Math.ceil((draw(options?.end ?? size) - start) / step));
  return applyView(slice, [self, dim, options], {
    view: {
      shape: self.shape.map((n, i) => (i === axis ? length : n)),
      strides: self.strides.map((n, i) => (i === axis ? n * step : n)),
      offset: self.offset + (length === 0 ? 0 : start * self.strides[axis]),
    },
    save: [self.shape],
    vjp: (grad, [full]) => embed(grad, full, axis, start, step),
  });
}

/** The entry `index` of a dimension, which vanishes; a view. */
export function select(self: Tensor, dim: number, index: number): Tensor {
  if (self.ndim === 0) throw new IndexError('select', 'a scalar has no dimension to select from');
  const axis = normalizeDim('select', dim, self.ndim);
  const size = self.shape[axis];
  if (!Number.isInteger(index) || index < -size || index >= size)
    throw new IndexError('select', `index ${index} is outside dimension ${dim} of size ${size}`);
  const at = index < 0 ? index + size : index;
  return applyView(select, [self, dim, index], {
    view: {
      shape: self.shape.filter((_, i) => i !== axis),
      strides: self.strides.filter((_, i) => i !== axis),
      offset: self.offset + at * self.strides[axis],
    },
    save: [self.shape],
    vjp: (grad, [full]) => embed(grad.unsqueeze(axis), full, axis, at, 1),
  });
}

/** The gradient of a slice: zeros of the full shape with the slice's gradient in its place. Its own gradient is the slice again. */
function embed(self: Tensor, shape: Shape, dim: number, start: number, step: number): Tensor {
  return apply(embed, [self, shape, dim, start, step], {
    shape,
    dtype: self.dtype,
    kernel: (out, part) => {
      out.zero_();
      copyInto(
        out.slice(dim, { start, end: start + part.shape[dim] * step, step }).narrow(dim, 0, part.shape[dim]),
        part,
      );
    },
    save: (_out, part) => [part.shape[dim]] as const,
    vjp: (grad, [n]) => [grad.slice(dim, { start, step }).narrow(dim, 0, n)],
  });
}

/** The entries of a dimension as tensors. */
export function unbind(self: Tensor, dim = 0): Tensor[] {
  const axis = normalizeDim('unbind', dim, self.ndim);
  return Array.from({ length: self.shape[axis] }, (_, i) => self.select(axis, i));
}

/** Pieces of `size` entries (the last may be smaller), or of the sizes listed. */
export function split(self: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  const axis = normalizeDim('split', dim, self.ndim);
  const total = self.shape[axis];
  if (typeof size === 'number' && !(size > 0))
    throw new ArgumentError('split', `the size of the pieces is a whole number from 1, not ${size}`);
  const sizes =
    typeof size === 'number'
      ? Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, i) => Math.min(size, total - i * size))
      : size;
  if (sizes.reduce((a, b) => a + b, 0) !== total)
    throw new ShapeError(
      'split',
      `sizes [${sizes.join(', ')}] do not sum to ${total}, the size of dimension ${dim}`,
      self.shape,
    );
  let start = 0;
  return sizes.map((length) => {
    const piece = self.narrow(axis, start, length);
    start += length;
    return piece;
  });
}

/** At most `chunks` pieces of equal size (the last may be smaller). */
export function chunk(self: Tensor, chunks: number, dim = 0): Tensor[] {
  if (!Number.isInteger(chunks) || chunks < 1)
    throw new ArgumentError('chunk', `the number of pieces is a whole number from 1, not ${chunks}`);
  const size = self.shape[normalizeDim('chunk', dim, self.ndim)];
  return self.split(Math.max(1, Math.ceil(size / chunks)), dim);
}

/** A copy. */
export function clone(self: Tensor): Tensor {
  return apply(clone, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => copyInto(out, a),
    vjp: (grad) => [grad],
  });
}

/** The tensor itself when its elements lie in row-major order, else a copy that does. */
export function contiguous(self: Tensor): Tensor {
  return self.isContiguous() ? self : self.clone();
}

/** The order of the entries turned round along some dimensions; a copy. */
export function flip(self: Tensor, ...dims: Sizes): Tensor {
  const list = (dims.length === 1 && typeof dims[0] === 'object' ? dims[0] : dims) as Shape;
  const axes = list.length === 0 ? [] : normalizeDims('flip', list, self.ndim);
  return apply(flip as (self: Tensor, dims: Shape) => Tensor, [self, axes], {
    shape: self.shape,
    dtype: self.dtype,
    kernel: (out, a, turned) => {
      if (a.numel === 0) return;
      void a.storage.place;
      const offset = turned.reduce((at, dim) => at + (a.shape[dim] - 1) * a.strides[dim], a.offset);
      copyInto(
        out,
        a.viewOf({ shape: a.shape, strides: a.strides.map((step, i) => (turned.includes(i) ? -step : step)), offset }),
      );
    },
    vjp: (grad) => [grad.flip(axes)],
  });
}

/** Tiles: the tensor repeated `sizes[i]` times along dimension i; new dimensions come first. */
export function repeat(self: Tensor, ...sizes: Sizes): Tensor {
  const times = (sizes.length === 1 && typeof sizes[0] === 'object' ? sizes[0] : sizes) as Shape;
  const lead = times.length - self.ndim;
  if (lead < 0 || !times.every((count) => Number.isInteger(count) && count >= 0))
    throw new ShapeError(
      'repeat',
      `[${times.join(', ')}] must be whole numbers from 0, one for each dimension at least`,
      self.shape,
    );
  const shape = [...new Array<number>(lead).fill(1), ...self.shape];
  const apart = shape.flatMap((size, i) => [times[i], size]);
  return self
    .reshape(shape.flatMap((size) => [1, size]))
    .expand(apart)
    .clone()
    .view(shape.map((size, i) => size * times[i]));
}

/** The entries moved by `shifts` along `dims`, those that leave at one end coming back at the other. */
export function roll(self: Tensor, shifts: number | readonly number[], dims?: number | readonly number[]): Tensor {
  if (dims === undefined) return self.flatten().roll(shifts, 0).view(self.shape);
  const axes = normalizeDims('roll', dims, self.ndim);
  const steps = typeof shifts === 'number' ? [shifts] : shifts;
  return axes.reduce((tensor, dim, i) => {
    const size = tensor.shape[dim];
    if (size === 0) return tensor;
    const at = (((-steps[i] % size) + size) % size) as number;
    return at === 0 ? tensor : cat([tensor.narrow(dim, at, size - at), tensor.narrow(dim, 0, at)], dim);
  }, self);
}
