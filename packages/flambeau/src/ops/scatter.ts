import { BLOCK, engine } from '@flambeau/kernels';
import { DTypeError, IndexError, inNameOf, ShapeError } from '../errors.js';
import { placeOf, writeLoop } from '../tensor/loop.js';
import { broadcastShapes, normalizeDim, type Shape } from '../tensor/shape.js';
import { isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { full } from './creation.js';
import { allocate, cast, copyInto, kernelFor, packed } from './elementwise.js';

const k = engine.kernels;

/** An index tensor must be int64, of the input's rank, and nowhere larger than it except along `dim`. */
function checkIndex(op: string, self: Tensor, dim: number, index: Tensor, limit: Shape | null): number {
  const axis = normalizeDim(op, dim, self.ndim);
  if (index.dtype !== 'int64') throw new DTypeError(op, `the index must be int64, not ${index.dtype}`);
  if (Math.max(index.ndim, 1) !== Math.max(self.ndim, 1))
    throw new ShapeError(op, 'the index must have as many dimensions as the input', index.shape, self.shape);
  for (let i = 0; i < index.ndim; i++) {
    if ((i !== axis && index.shape[i] > self.shape[i]) || (limit !== null && index.shape[i] > limit[i])) {
      throw new ShapeError(
        op,
        `the index is larger than what it indexes in dimension ${i}`,
        index.shape,
        limit ?? self.shape,
      );
    }
  }
  return axis;
}

/** @internal Throws when the kernel that just ran met an index outside 0..size-1. */
export function checkBounds(op: string, size: number): void {
  if (engine.block[0] !== 0)
    throw new IndexError(op, `index ${engine.block[1]} is outside a dimension of size ${size}`);
}

/** Strides of the indexed tensor in a loop over the index: along `dim` it is the index that moves. */
const strideless = (tensor: Tensor, axis: number, rank: number): Shape =>
  tensor.ndim === 0 ? new Array<number>(rank).fill(0) : tensor.strides.map((s, i) => (i === axis ? 0 : s));
const sizeAt = (tensor: Tensor, axis: number): number => (tensor.ndim === 0 ? 1 : tensor.shape[axis]);
const strideAt = (tensor: Tensor, axis: number): number => (tensor.ndim === 0 ? 1 : tensor.strides[axis]);

/** For each place of `index` the element of `self` at that place, but with the index along `dim`. */
export function gather(self: Tensor, dim: number, index: Tensor): Tensor {
  const axis = checkIndex('gather', self, dim, index, null);
  return apply(gather, [self, dim, index], {
    shape: index.shape,
    dtype: self.dtype,
    kernel: (out, a, _dim, at) => {
      void a.storage.place;
      void at.storage.place;
      const places = [placeOf(out), placeOf(a), placeOf(at)];
      writeLoop(at.shape, out.strides, strideless(a, axis, at.ndim), at.strides);
      kernelFor('gather', k.gather, a.dtype)(...places, sizeAt(a, axis), strideAt(a, axis));
      checkBounds('gather', sizeAt(a, axis));
    },
    save: (_out, a, _dim, at) => [a.shape, at] as const,
    vjp: (grad, [shape, at]) => [grad.newZeros(shape).scatterAdd(dim, at, grad), null],
  });
}

/** Copies `self` into `out` and runs a scattering kernel over it. */
function scatterInto(
  op: string,
  family: object,
  out: Tensor,
  self: Tensor,
  axis: number,
  index: Tensor,
  src: Tensor,
): void {
  copyInto(out, self);
  void index.storage.place;
  void src.storage.place;
  const places = [placeOf(out), placeOf(index), placeOf(src)];
  writeLoop(
    index.shape,
    strideless(out, axis, index.ndim),
    index.strides,
    src.ndim === 0 ? index.shape.map(() => 0) : src.strides,
  );
  kernelFor(op, family, out.dtype)(...places, sizeAt(out, axis), strideAt(out, axis));
  checkBounds(op, sizeAt(out, axis));
}

/** A copy in which the elements of `src` (or one number) stand at the indices given along `dim`. With an index twice, which one stays is not defined. */
export function scatter(self: Tensor, dim: number, index: Tensor, src: Operand): Tensor {
  if (!isTensor(src)) return self.scatter(dim, index, full([], src, { dtype: self.dtype }).expand(index.shape));
  const axis = checkIndex('scatter', self, dim, index, src.shape);
  return apply(scatter, [self, dim, index, src], {
    shape: self.shape,
    dtype: self.dtype,
    kernel: (out, a, _dim, at, from) =>
      scatterInto('scatter', k.scatter, out, a, axis, at, cast(from as Tensor, out.dtype)),
    save: (_out, _a, _dim, at) => [at],
    vjp: (grad, [at], needs) => [grad.scatter(dim, at, 0), null, needs[2] ? grad.gather(dim, at) : null],
  });
}

/** A copy to which the elements of `src` are added at the indices given along `dim`; repeated indices add up. */
export function scatterAdd(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const axis = checkIndex('scatterAdd', self, dim, index, src.shape);
  if (src.dtype !== self.dtype)
    throw new DTypeError('scatterAdd', `both tensors must have one dtype, not ${self.dtype} and ${src.dtype}`);
  return apply(scatterAdd, [self, dim, index, src], {
    shape: self.shape,
    dtype: self.dtype,
    kernel: (out, a, _dim, at, from) => scatterInto('scatterAdd', k.scatter_add, out, a, axis, at, from),
    save: (_out, _a, _dim, at) => [at],
    vjp: (grad, [at], needs) => [grad, null, needs[2] ? grad.gather(dim, at) : null],
  });
}

/** The entries of a dimension that a 1-D int64 tensor lists. */
export function indexSelect(self: Tensor, dim: number, index: Tensor): Tensor {
  const axis = normalizeDim('indexSelect', dim, self.ndim);
  if (index.ndim > 1) throw new ShapeError('indexSelect', 'the index must be one-dimensional', index.shape);
  if (self.ndim === 0) return self.reshape([1]).indexSelect(0, index).reshape([]);
  const along = self.shape.map((_, i) => (i === axis ? index.numel : 1));
  const everywhere = self.shape.map((size, i) => (i === axis ? index.numel : size));
  return inNameOf('indexSelect', () => self.gather(axis, index.reshape(along).expand(everywhere)));
}

/** A copy with one value where the mask is true. */
export function maskedFill(self: Tensor, mask: Tensor, value: Operand): Tensor {
  if (mask.dtype !== 'bool') throw new DTypeError('maskedFill', `the mask must be bool, not ${mask.dtype}`);
  const filler = isTensor(value) ? value.to(self.dtype) : full([], value, { dtype: self.dtype });
  return inNameOf('maskedFill', () => mask.where(filler, self));
}

/** The elements where the mask is true, as a 1-D tensor. */
export function maskedSelect(self: Tensor, mask: Tensor): Tensor {
  if (mask.dtype !== 'bool') throw new DTypeError('maskedSelect', `the mask must be bool, not ${mask.dtype}`);
  const over = broadcastShapes('maskedSelect', self.shape, mask.shape);
  return self
    .expand(over)
    .flatten()
    .gather(0, positions(mask.expand(over)));
}

/** @internal The flat positions of the elements that are not zero. */
export function positions(self: Tensor): Tensor {
  const input = packed(self.detach());
  const kernel = kernelFor('nonzero', k.nonzero, self.dtype);
  kernel(0, placeOf(input), input.numel);
  const out = allocate([engine.block[0]], 'int64');
  const places = [placeOf(out), placeOf(input)];
  kernel(...places, input.numel);
  return out;
}

/** The positions of the elements that are not zero: one row of indices for each. */
export function nonzero(self: Tensor): Tensor {
  const flat = positions(self);
  if (self.ndim === 0) return flat.view([flat.numel, 1]).narrow(1, 0, 0);
  const out = allocate([flat.numel, self.ndim], 'int64');
  if (out.numel === 0) return out;
  const places = [placeOf(out), placeOf(flat)];
  engine.block.set([self.ndim, ...self.shape], BLOCK.loop);
  k.coordinates.i64(places[0], places[1], flat.numel);
  return out;
}
