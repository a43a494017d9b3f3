import { engine } from '@flambeau/kernels';
import { ShapeError } from '../errors.js';
import { dtypes, type TypedArray } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';

import { setReaders, type Tensor } from '../tensor/tensor.js';
import { kernelFor, packed } from './elementwise.js';

/** Numbers in nested arrays, as `toArray` gives them. */
export type Nested = number | boolean | Nested[];

setReaders({ item, data });

function item(self: Tensor): number {
  if (self.dtype === 'int64') return exact('item', toTypedArray(self)[0] as bigint);
  kernelFor('item', engine.kernels.item, self.dtype)(placeOf(self));
  return engine.block[0];
}

function exact(op: string, value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${op}: ${value} is past 2^53 and no exact number; read it with toTypedArray() as bigint`);
  return number;
}

/** The elements in row-major order, copied. int64 gives a BigInt64Array, bool a Uint8Array of 0 and 1. */
export function toTypedArray(self: Tensor): TypedArray {
  const array = new dtypes[self.dtype].array(self.numel);
  const dense = packed(self);
  if (array.length > 0) engine.read(placeOf(dense), array);
  return array;
}

/** The elements as nested arrays; a scalar as a number. @throws RangeError for an int64 past 2⁵³ */
export function toArray(self: Tensor): Nested {
  const flat = toTypedArray(self);
  const value = (i: number): number | boolean => {
    const element = flat[i];
    if (typeof element === 'bigint') return exact('toArray', element);
    return self.dtype === 'bool' ? element !== 0 : element;
  };
  let at = 0;
  const nest = (dim: number): Nested =>
    dim === self.ndim ? value(at++) : Array.from({ length: self.shape[dim] }, () => nest(dim + 1));
  return nest(0);
}

/** The elements as nested arrays: PyTorch's name for `toArray`. */
export function tolist(self: Tensor): Nested {
  return toArray(self);
}

function data(self: Tensor): TypedArray {
  if (!self.isContiguous())
    throw new ShapeError(
      'data',
      'only contiguous memory can be shown as it is; use toTypedArray(), which copies',
      self.shape,
    );
  const info = dtypes[self.dtype];
  if (self.numel === 0) return new info.array(0);
  // Whoever has the array may write into it at any time.
  self.storage.willChange();
  const bytes = engine.view(self.storage, placeOf(self), self.nbytes);
  self.storage.pinned = bytes;
  return new info.array(bytes.buffer, bytes.byteOffset, self.numel);
}
