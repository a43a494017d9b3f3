import { inNameOf } from '../errors.js';
import { isTensor, type Tensor, type ValuesAndIndices } from '../tensor/tensor.js';
import { type AlongOptions, extremeAlong } from './along.js';

/** The largest element of all; along a dimension, with its index; or of each pair of two tensors. */
export function max(self: Tensor): Tensor;
export function max(self: Tensor, dim: number, options?: AlongOptions): ValuesAndIndices;
export function max(self: Tensor, other: Tensor): Tensor;
export function max(self: Tensor, dim?: number | Tensor, options?: AlongOptions): Tensor | ValuesAndIndices {
  if (dim === undefined) return inNameOf('max', () => self.amax());
  return isTensor(dim)
    ? inNameOf('max', () => self.maximum(dim))
    : extremeAlong(max as never, 'max', self, dim, options);
}

/** The smallest element of all; along a dimension, with its index; or of each pair of two tensors. */
export function min(self: Tensor): Tensor;
export function min(self: Tensor, dim: number, options?: AlongOptions): ValuesAndIndices;
export function min(self: Tensor, other: Tensor): Tensor;
export function min(self: Tensor, dim?: number | Tensor, options?: AlongOptions): Tensor | ValuesAndIndices {
  if (dim === undefined) return inNameOf('min', () => self.amin());
  return isTensor(dim)
    ? inNameOf('min', () => self.minimum(dim))
    : extremeAlong(min as never, 'min', self, dim, options);
}
