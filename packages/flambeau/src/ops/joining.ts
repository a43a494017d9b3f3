import { ArgumentError, ShapeError } from '../errors.js';
import { promoteTypes } from '../tensor/dtype.js';
import { normalizeDim, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { copyInto } from './elementwise.js';

/**
 * Tensors joined along an existing dimension; the other sizes must agree. One-dimensional empty tensors are left out, as PyTorch does.
 * @example fl.cat([a, b], 1)
 */
export function cat(tensors: readonly Tensor[], dim: number | { dim?: number } = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError('cat', 'needs at least one tensor');
  const real = tensors.filter((tensor) => !(tensor.ndim === 1 && tensor.shape[0] === 0));
  const model = real[0] ?? tensors[0];
  const axis = normalizeDim('cat', typeof dim === 'number' ? dim : (dim.dim ?? 0), model.ndim);
  if (model.ndim === 0) throw new ShapeError('cat', 'scalars cannot be joined; use stack');
  const shape: Shape = model.shape.map((size, i) =>
    i === axis ? real.reduce((n, tensor) => n + joinedSize(model, tensor, axis), 0) : size,
  );
  return apply(cat, [tensors, dim], {
    shape,
    dtype: tensors.map((tensor) => tensor.dtype).reduce(promoteTypes),
    kernel: (out, parts) => {
      let start = 0;
      for (const part of parts) {
        if (part.numel === 0 && part.ndim === 1 && out.ndim !== 1) continue;
        copyInto(out.narrow(axis, start, part.shape[axis]), part);
        start += part.shape[axis];
      }
    },
    save: (_out, parts) => [parts.map((part) => part.shape)] as const,
    vjp: (grad, [shapes], needs) => {
      let start = 0;
      return shapes.map((part, i) => {
        if (part.length === 1 && part[0] === 0 && grad.ndim !== 1) return needs[i] ? grad.newZeros(part) : null;
        const piece = needs[i] ? grad.narrow(axis, start, part[axis]) : null;
        start += part[axis];
        return piece;
      });
    },
  });
}

function joinedSize(model: Tensor, tensor: Tensor, axis: number): number {
  const fits = tensor.ndim === model.ndim && tensor.shape.every((size, i) => i === axis || size === model.shape[i]);
  if (!fits) throw new ShapeError('cat', `sizes must agree except in dimension ${axis}`, model.shape, tensor.shape);
  return tensor.shape[axis];
}

/** Tensors of one shape joined along a new dimension. */
export function stack(tensors: readonly Tensor[], dim: number | { dim?: number } = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError('stack', 'needs at least one tensor');
  const other = tensors.find((tensor) => !sameShape(tensor.shape, tensors[0].shape));
  if (other !== undefined)
    throw new ShapeError('stack', 'all tensors must have one shape', tensors[0].shape, other.shape);
  const axis = normalizeDim('stack', typeof dim === 'number' ? dim : (dim.dim ?? 0), tensors[0].ndim + 1);
  return cat(
    tensors.map((tensor) => tensor.unsqueeze(axis)),
    axis,
  );
}
