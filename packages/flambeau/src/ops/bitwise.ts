import { engine } from '@flambeau/kernels';
import { DTypeError } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import type { Operand, Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { binary, broadcast, promote, unary } from './elementwise.js';

const k = engine.kernels;

function bitwise(
  op: typeof bitwiseAnd,
  name: 'bitwiseAnd' | 'bitwiseOr' | 'bitwiseXor',
  self: Tensor,
  other: Operand,
): Tensor {
  const dtype = promote(self, other);
  if (isFloating(dtype)) throw new DTypeError(name, `bits are an integer's or a boolean's, not of ${dtype}`);
  const families = {
    bitwiseAnd: [k.bitwise_and, k.logical_and],
    bitwiseOr: [k.bitwise_or, k.logical_or],
    bitwiseXor: [k.bitwise_xor, k.logical_xor],
  };
  return apply(op, [self, other], {
    shape: broadcast(name, self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => binary(name, families[name][dtype === 'bool' ? 1 : 0], out, a, b),
  });
}

/** The bits that both have; of booleans "and". */
export function bitwiseAnd(self: Tensor, other: Operand): Tensor {
  return bitwise(bitwiseAnd, 'bitwiseAnd', self, other);
}

/** The bits that one of both has; of booleans "or". */
export function bitwiseOr(self: Tensor, other: Operand): Tensor {
  return bitwise(bitwiseOr, 'bitwiseOr', self, other);
}

/** The bits in which both differ; of booleans "either, or". */
export function bitwiseXor(self: Tensor, other: Operand): Tensor {
  return bitwise(bitwiseXor, 'bitwiseXor', self, other);
}

/** All bits turned round; of booleans "not". */
export function bitwiseNot(self: Tensor): Tensor {
  if (isFloating(self.dtype))
    throw new DTypeError('bitwiseNot', `bits are an integer's or a boolean's, not of ${self.dtype}`);
  return apply(bitwiseNot, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => unary('bitwiseNot', out.dtype === 'bool' ? k.logical_not : k.bitwise_not, out, a),
  });
}
