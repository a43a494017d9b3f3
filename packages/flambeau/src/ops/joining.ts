import { BLOCK, engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
import { dtypes, promoteTypes } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { normalizeDim, numelOf, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { channelsLastOrder, rawPlaceOf } from './channels.js';
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
  const dtype = tensors.map((tensor) => tensor.dtype).reduce(promoteTypes);
  const pictures = axis === 1 && tensors.every((part) => part.dtype === dtype) && lieChannelsLast(tensors);
  return apply(cat, [tensors, dim], {
    shape,
    dtype,
    channels: pictures ? channelsLastOrder(shape) : null,
    kernel: (out, all) => {
      const parts = all.filter((part) => part.numel > 0);
      if (pictures || parts.every((part) => part.dtype === dtype && part.isContiguous())) {
        const sizes = parts.map((part) => part.shape[axis]);
        sideBySide(engine.kernels.join, out, parts, sizes, axis);
        return;
      }
      let start = 0;
      for (const part of parts) {
        copyInto(out.narrow(axis, start, part.shape[axis]), part);
        start += part.shape[axis];
      }
    },
    save: (_out, parts) => [parts.map((part) => part.shape)] as const,
    vjp: (grad, [shapes], needs) => {
      if (pictures && !isGradEnabled() && lieChannelsLast([grad])) return takeApart(grad, shapes, needs);
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

/** Whether all lie channels-last. With one channel both orders are the same bytes. */
const lieChannelsLast = (tensors: readonly Tensor[]): boolean =>
  tensors.some(({ storage }) => storage.channels !== null) &&
  tensors.every((each) => each.isWhole && (each.storage.channels !== null || each.shape[1] === 1));

/** Parts that one table has rows for. */
const FIT = Math.floor((BLOCK.length - BLOCK.loop) / 2);

/**
 * Moves numbers between `whole` and the parts of which it consists along `axis`, which have these sizes and lie as `whole` does; null for a part
 * that nobody wants.
 */
function sideBySide(
  family: typeof engine.kernels.join,
  whole: Tensor,
  parts: readonly (Tensor | null)[],
  sizes: readonly number[],
  axis: number,
): void {
  const { shape, dtype, storage } = whole;
  const { bytes } = dtypes[dtype];
  const { channels } = storage;
  const [place, outer, unit] =
    channels === null
      ? [placeOf, numelOf(shape.slice(0, axis)), numelOf(shape.slice(axis + 1)) * bytes]
      : [rawPlaceOf, channels.n * channels.p, bytes];
  // Reordering may allocate, so addresses are read last.
  for (const part of parts) if (part !== null) place(part);
  let at = place(whole);
  for (let start = 0; start < parts.length; start += FIT) {
    const some = parts.slice(start, start + FIT);
    let row = BLOCK.loop;
    let width = 0;
    some.forEach((part, i) => {
      const run = sizes[start + i] * unit;
      engine.block[row++] = part === null ? 0 : place(part);
      engine.block[row++] = run;
      width += run;
    });
    family.u8(at, some.length, outer, shape[axis] * unit);
    at += width;
  }
}

/** The gradients of pictures that were joined along their channels. */
function takeApart(grad: Tensor, shapes: readonly Shape[], needs: readonly boolean[]): (Tensor | null)[] {
  const inPlace = (results: readonly Tensor[]): (Tensor | null)[] => {
    let next = 0;
    return needs.map((need) => (need ? results[next++] : null));
  };
  const sizes = shapes.map((shape) => shape[1]);
  const outs = applyMany(takeApart, [grad, shapes, needs], {
    outputs: shapes
      .filter((_, i) => needs[i])
      .map((shape) => ({ shape, dtype: grad.dtype, channels: channelsLastOrder(shape) })),
    kernel: (results, whole) => sideBySide(engine.kernels.take_apart, whole, inPlace(results), sizes, 1),
  });
  return inPlace(outs);
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
