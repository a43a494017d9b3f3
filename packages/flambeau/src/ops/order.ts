import type { DType } from '../tensor/dtype.js';
import { isContiguous } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { allocate } from './elementwise.js';

/** The dimensions of a tensor from the widest stride to the narrowest; null when they lie so already. */
export function memoryOrder({ shape, strides }: Tensor): number[] | null {
  if (isContiguous(shape, strides)) return null;
  const order = strides.map((_, dim) => dim).sort((a, b) => strides[b] - strides[a] || a - b);
  return order.every((dim, i) => dim === i) ? null : order;
}

/** The order that undoes another: `x.permute(order).permute(inverse(order))` is `x`. */
export const inverse = (order: readonly number[]): number[] => order.map((_, dim) => order.indexOf(dim));

/**
 * Uninitialised memory in the shape of a tensor, its dimensions nested as the tensor's are, without gaps: where PyTorch puts
 * random numbers that are shaped like something, which shows in what is drawn for which place.
 */
export function emptyInOrderOf(self: Tensor, dtype: DType = self.dtype): Tensor {
  const order = memoryOrder(self);
  if (order === null) return allocate(self.shape, dtype);
  return allocate(
    order.map((dim) => self.shape[dim]),
    dtype,
  ).permute(inverse(order));
}
