import { engine } from '@flambeau/kernels';
import { DTypeError } from '../errors.js';
import { placeOf, writeLoop } from '../tensor/loop.js';
import { broadcastShapes, type Shape, sameShape } from '../tensor/shape.js';
import { isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { binary, broadcast, cast, kernelFor, promote, run, unary } from './elementwise.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

/** A comparison of two operands, in the dtype in which they meet. */
function comparison(name: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'): (self: Tensor, other: Operand) => Tensor {
  const op = (self: Tensor, other: Operand): Tensor =>
    apply(op, [self, other], {
      shape: broadcast(name, self, other),
      dtype: 'bool',
      elementwise: true,
      kernel: (out, a, b) => binary(name, k[name], out, a, b, [], promote(a, b)),
    });
  return op;
}

/** Whether the elements are equal; NaN equals nothing. */
export const eq = comparison('eq');
/** Whether the elements differ. */
export const ne = comparison('ne');
/** Whether `self` is less than `other`. */
export const lt = comparison('lt');
/** Whether `self` is at most `other`. */
export const le = comparison('le');
/** Whether `self` is greater than `other`. */
export const gt = comparison('gt');
/** Whether `self` is at least `other`. */
export const ge = comparison('ge');

/** A connective of truth values; anything that is not zero counts as true. */
function logical(
  name: 'logicalAnd' | 'logicalOr' | 'logicalXor',
  family: object,
): (self: Tensor, other: Operand) => Tensor {
  const op = (self: Tensor, other: Operand): Tensor =>
    apply(op, [self, other], {
      shape: broadcast(name, self, other),
      dtype: 'bool',
      elementwise: true,
      kernel: (out, a, b) => binary(name, family, out, a, b, [], 'bool'),
    });
  return op;
}

/** Whether both are true. */
export const logicalAnd = logical('logicalAnd', k.logical_and);
/** Whether at least one is true. */
export const logicalOr = logical('logicalOr', k.logical_or);
/** Whether exactly one is true. */
export const logicalXor = logical('logicalXor', k.logical_xor);

/** Tests of one element. */
export function logicalNot(self: Tensor): Tensor {
  return apply(logicalNot, [self], {
    shape: self.shape,
    dtype: 'bool',
    elementwise: true,
    kernel: (out, a) => unary('logicalNot', k.logical_not, out, a, [], a.dtype),
  });
}

function floatTest(name: 'isnan' | 'isinf' | 'isfinite', ofIntegers: 0 | 1): (self: Tensor) => Tensor {
  const op = (self: Tensor): Tensor =>
    apply(op, [self], {
      shape: self.shape,
      dtype: 'bool',
      elementwise: true,
      kernel: (out, a) =>
        a.isFloatingPoint() ? unary(name, k[name], out, a, [], a.dtype) : run(k.fill.b8, out, [], [ofIntegers]),
    });
  return op;
}

/** Whether an element is not a number. */
export const isnan = floatTest('isnan', 0);
/** Whether an element is infinite. */
export const isinf = floatTest('isinf', 0);
/** Whether an element is neither infinite nor NaN. */
export const isfinite = floatTest('isfinite', 1);

/** Whether two tensors have the same shape and the same elements. */
export function equal(self: Tensor, other: Tensor): boolean {
  if (!sameShape(self.shape, other.shape)) return false;
  const dtype = promote(self, other);
  const a = cast(self, dtype);
  const b = cast(other, dtype);
  const kernel = kernelFor('equal', k.equal, dtype);
  void a.storage.place;
  void b.storage.place;
  const places = [placeOf(a), placeOf(b)];
  writeLoop(a.shape, a.strides, b.strides);
  kernel(...places);
  return engine.block[0] === 1;
}

export interface CloseOptions {
  /** Relative tolerance. Default 1e-5. */
  rtol?: number;
  /** Absolute tolerance. Default 1e-8. */
  atol?: number;
  /** Whether two NaNs count as equal. Default false. */
  equalNan?: boolean;
}

/** Whether |self − other| ≤ atol + rtol · |other|, element by element. */
export function isclose(self: Tensor, other: Tensor, options?: CloseOptions): Tensor {
  checkOptions('isclose', options, ['rtol', 'atol', 'equalNan']);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options ?? {};
  broadcastShapes('isclose', self.shape, other.shape);
  const near = self
    .sub(other)
    .abs()
    .le(other.abs().mul(rtol).add(atol))
    .logicalAnd(self.isfinite())
    .logicalAnd(other.isfinite());
  const close = self.eq(other).logicalOr(near);
  return equalNan ? close.logicalOr(self.isnan().logicalAnd(other.isnan())) : close;
}

/** Whether all elements are close; see `isclose`. */
export function allclose(self: Tensor, other: Tensor, options?: CloseOptions): boolean {
  broadcastShapes('allclose', self.shape, other.shape);
  return self.isclose(other, options).all().item() === 1;
}

/** Where `condition` is true the elements of `self`, elsewhere those of `other`. */
export function where(condition: Tensor, self: Operand, other: Operand): Tensor {
  if (condition.dtype !== 'bool')
    throw new DTypeError('where', `the condition must be bool, not ${condition.dtype}; compare, as in .ne(0)`);
  const dtype = isTensor(self) || isTensor(other) ? promote(self, other) : 'float32';
  return apply(where, [condition, self, other], {
    shape: broadcastAll(condition, self, other),
    dtype,
    elementwise: true,
    kernel: (out, c, a, b) =>
      run(kernelFor('where', k.where, out.dtype), out, [
        c,
        isTensor(a) ? cast(a, out.dtype) : a,
        isTensor(b) ? cast(b, out.dtype) : b,
      ]),
    save: (_out, c, a, b) => [c, isTensor(a), isTensor(b)] as const,
    vjp: (grad, [c, first, second], needs) => [
      null,
      ...(first ? [needs[1] ? where(c, grad, 0) : null] : []),
      ...(second ? [needs[first ? 2 : 1] ? where(c, 0, grad) : null] : []),
    ],
  });
}

function broadcastAll(condition: Tensor, self: Operand, other: Operand): Shape {
  return broadcastShapes('where', condition.shape, broadcast('where', self, other));
}
