import { ShapeError } from '../errors.js';
import { broadcastShapes, sameShape } from '../tensor/shape.js';
import { isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { applyInPlace, setAssign } from './apply-in-place.js';
import { copyInto, fillWith, packed } from './elementwise.js';

/** Writes values over existing memory, converted and broadcast. Says nothing to the graph. */
function overwrite(self: Tensor, value: Tensor): void {
  if (!sameShape(broadcastShapes('copy_', self.shape, value.shape), self.shape)) {
    throw new ShapeError('copy_', 'the values do not broadcast to the tensor', self.shape, value.shape);
  }
  // Values that lie in the very memory they are written to, in another order, are copied first.
  const overlaps = value.storage === self.storage && value !== self;
  const plain = self.isWhole && self.storage.channels === value.storage.channels;
  if (!plain) void self.storage.place;
  const source = overlaps ? packed(value.detach().clone()) : value;
  self.storage.willChange();
  copyInto(self, source);
  self.storage.changed();
}
setAssign(overwrite);

/** The values of `source`, in this tensor's dtype; what `copy_` computes. */
function copied(self: Tensor, source: Tensor): Tensor {
  return apply(copied, [self, source], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, _self, from) => copyInto(out, from),
    vjp: (grad) => [grad.zerosLike(), grad],
  });
}

/** Copies the elements of another tensor over this one's, converting and broadcasting. */
export function copy_(self: Tensor, source: Tensor): Tensor {
  if (!sameShape(broadcastShapes('copy_', self.shape, source.shape), self.shape)) {
    throw new ShapeError('copy_', 'the source does not broadcast to the tensor', self.shape, source.shape);
  }
  return applyInPlace(copied, self, [source]);
}

/** One value everywhere; what `fill_` computes. */
function filled(self: Tensor, value: number | boolean): Tensor {
  return apply(filled, [self, value], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, _self, v) => fillWith('fill_', out, v),
    vjp: (grad) => [grad.zerosLike()],
  });
}

/** Sets all elements to one value. */
export function fill_(self: Tensor, value: Operand): Tensor {
  return isTensor(value) ? copy_(self, value) : applyInPlace(filled, self, [value]);
}

/** Sets all elements to 0. */
export function zero_(self: Tensor): Tensor {
  return applyInPlace(filled, self, [0]);
}
