import { checkDtype, type DType, isFloating } from '../tensor/dtype.js';
import { type Shape, shapeOf } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { full, type TensorOptions } from './creation.js';
import { allocate, copyInto, fillWith } from './elementwise.js';
import { checkOptions, finish } from './options.js';

const OPTIONS = ['dtype', 'device', 'requiresGrad'] as const;

function filledLike(
  self: Tensor,
  value: number | boolean | null,
  options: TensorOptions | undefined,
  op: string,
): Tensor {
  checkOptions(op, options, OPTIONS);
  const out = allocate(self.shape, options?.dtype === undefined ? self.dtype : checkDtype(op, options.dtype));
  if (self.storage.channels !== null && self.isWhole && isFloating(out.dtype))
    out.storage.markChannelsLast(self.storage.channels);
  if (value !== null) fillWith(op, out, value);
  return finish(op, out, options);
}

/** Uninitialised memory of the same shape and dtype. */
export function emptyLike(self: Tensor, options?: TensorOptions): Tensor {
  return filledLike(self, null, options, 'emptyLike');
}

/** Zeros of the same shape and dtype. */
export function zerosLike(self: Tensor, options?: TensorOptions): Tensor {
  return filledLike(self, 0, options, 'zerosLike');
}

/** Ones of the same shape and dtype. */
export function onesLike(self: Tensor, options?: TensorOptions): Tensor {
  return filledLike(self, 1, options, 'onesLike');
}

/** One value in the same shape and dtype. */
export function fullLike(self: Tensor, value: number | boolean, options?: TensorOptions): Tensor {
  return filledLike(self, value, options, 'fullLike');
}

/** Zeros of another shape in this tensor's dtype. */
export function newZeros(self: Tensor, shape: Shape): Tensor {
  return full(shapeOf('newZeros', [shape]), 0, { dtype: self.dtype });
}

/** Ones of another shape in this tensor's dtype. */
export function newOnes(self: Tensor, shape: Shape): Tensor {
  return full(shapeOf('newOnes', [shape]), 1, { dtype: self.dtype });
}

export interface ToOptions {
  /** Copy even when nothing is to be converted. Default false. */
  copy?: boolean;
}

/** The values in another dtype (or on a device: there is `'cpu'`); the tensor itself when it has it already. */
export function to(self: Tensor, target: DType | 'cpu', options?: ToOptions): Tensor {
  checkOptions('to', options, ['copy']);
  const dtype = target === 'cpu' ? self.dtype : checkDtype('to', target);
  if (dtype === self.dtype) return options?.copy === true ? self.clone() : self;
  return apply(to, [self, dtype, options], {
    shape: self.shape,
    dtype,
    kernel: (out, a) => copyInto(out, a),
    save: (_out, a) => [a.dtype] as const,
    vjp: (grad, [before]) => [grad.to(before)],
  });
}

/** As float32. */
export function float(self: Tensor): Tensor {
  return self.to('float32');
}

/** As float64. */
export function double(self: Tensor): Tensor {
  return self.to('float64');
}

/** As int64; fractions are cut off. */
export function long(self: Tensor): Tensor {
  return self.to('int64');
}

/** As int32; fractions are cut off. */
export function int(self: Tensor): Tensor {
  return self.to('int32');
}

/** As bool: whether not zero. */
export function bool(self: Tensor): Tensor {
  return self.to('bool');
}

/** As uint8; fractions are cut off. */
export function byte(self: Tensor): Tensor {
  return self.to('uint8');
}

/** In another tensor's dtype. */
export function typeAs(self: Tensor, other: Tensor): Tensor {
  return self.to(other.dtype);
}

/** On the CPU: the tensor itself. */
export function cpu(self: Tensor): Tensor {
  return self;
}
