import { DTypeError, inNameOf, ShapeError } from '../errors.js';
import { broadcastShapes, numelOf, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { gemm } from './gemm.js';
import { checkOptions } from './options.js';

function checkProduct(op: string, a: Tensor, b: Tensor): void {
  if (a.dtype !== b.dtype)
    throw new DTypeError(
      op,
      `both matrices must have one dtype, not ${a.dtype} and ${b.dtype}; convert one with .to('${a.dtype}')`,
    );
  const k = a.shape[a.ndim - 1];
  const inner = b.shape[b.ndim - 2];
  if (k !== inner)
    throw new ShapeError(
      op,
      `cannot multiply [${a.shape.join(', ')}] by [${b.shape.join(', ')}]: the inner sizes ${k} and ${inner} differ`,
    );
}

/** The product of two matrices. */
export function mm(self: Tensor, other: Tensor): Tensor {
  if (self.ndim !== 2 || other.ndim !== 2)
    throw new ShapeError('mm', 'multiplies matrices; use matmul for batches and vectors', self.shape, other.shape);
  checkProduct('mm', self, other);
  return apply(mm, [self, other], {
    shape: [self.shape[0], other.shape[1]],
    dtype: self.dtype,
    kernel: (out, a, b) => gemm('mm', out, a, b, null),
    save: (_out, a, b) => [a, b],
    vjp: (grad, [a, b], needs) => [needs[0] ? grad.mm(b.t()) : null, needs[1] ? a.t().mm(grad) : null],
  });
}

/** The products of two batches of matrices: (b, n, k) · (b, k, m). */
export function bmm(self: Tensor, other: Tensor): Tensor {
  if (self.ndim !== 3 || other.ndim !== 3 || self.shape[0] !== other.shape[0]) {
    throw new ShapeError(
      'bmm',
      'multiplies two batches of as many matrices; use matmul to broadcast',
      self.shape,
      other.shape,
    );
  }
  checkProduct('bmm', self, other);
  return apply(bmm, [self, other], {
    shape: [self.shape[0], self.shape[1], other.shape[2]],
    dtype: self.dtype,
    kernel: (out, a, b) => gemm('bmm', out, a, b, null),
    save: (_out, a, b) => [a, b],
    vjp: (grad, [a, b], needs) => [needs[0] ? grad.bmm(b.mT()) : null, needs[1] ? a.mT().bmm(grad) : null],
  });
}

/**
 * The product of matrices, vectors and batches of matrices: 1-D operands count as a row or a column and lose that dimension in
 * the result; the dimensions before the last two broadcast.
 */
export function matmul(self: Tensor, other: Tensor): Tensor {
  if (self.ndim === 0 || other.ndim === 0)
    throw new ShapeError('matmul', 'scalars have no matrix product; use mul', self.shape, other.shape);
  const a = self.ndim === 1 ? self.unsqueeze(0) : self;
  const b = other.ndim === 1 ? other.unsqueeze(1) : other;
  if (a.shape[a.ndim - 1] !== b.shape[b.ndim - 2]) {
    throw new ShapeError(
      'matmul',
      `cannot multiply [${self.shape.join(', ')}] by [${other.shape.join(', ')}]: the inner sizes ${a.shape[a.ndim - 1]} and ${b.shape[b.ndim - 2]} differ`,
    );
  }
  let out = inNameOf('matmul', () => product(a, b));
  if (self.ndim === 1) out = out.squeeze(-2);
  return other.ndim === 1 ? out.squeeze(-1) : out;
}

function product(a: Tensor, b: Tensor): Tensor {
  if (a.ndim === 2 && b.ndim === 2) return a.mm(b);
  // A batch times one matrix is one tall product.
  if (b.ndim === 2)
    return a
      .reshape([-1, a.shape[a.ndim - 1]])
      .mm(b)
      .reshape([...a.shape.slice(0, -1), b.shape[1]]);
  const batch = batchOf(a, b);
  const count = numelOf(batch);
  const flat = (tensor: Tensor): Tensor => {
    const matrix = tensor.shape.slice(-2);
    return tensor.expand([...batch, ...matrix]).reshape([count, ...matrix]);
  };
  return flat(a)
    .bmm(flat(b))
    .reshape([...batch, a.shape[a.ndim - 2], b.shape[b.ndim - 1]]);
}

/** The batch dimensions that both operands broadcast to. */
function batchOf(a: Tensor, b: Tensor): Shape {
  const [left, right] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  try {
    return broadcastShapes('matmul', left, right);
  } catch {
    const problem = `the batches [${left.join(', ')}] and [${right.join(', ')}] do not broadcast`;
    throw new ShapeError('matmul', problem, a.shape, b.shape);
  }
}

/** A matrix times a vector. */
export function mv(self: Tensor, vec: Tensor): Tensor {
  if (self.ndim !== 2 || vec.ndim !== 1)
    throw new ShapeError('mv', 'multiplies a matrix by a vector', self.shape, vec.shape);
  return inNameOf('mv', () => self.matmul(vec));
}

/** The sum of the products of two vectors' elements. */
export function dot(self: Tensor, other: Tensor): Tensor {
  if (self.ndim !== 1 || other.ndim !== 1 || self.shape[0] !== other.shape[0])
    throw new ShapeError('dot', 'needs two vectors of one length', self.shape, other.shape);
  return inNameOf('dot', () => self.matmul(other));
}

/** All products of two vectors' elements: a column times a row. */
export function outer(self: Tensor, other: Tensor): Tensor {
  if (self.ndim !== 1 || other.ndim !== 1) throw new ShapeError('outer', 'needs two vectors', self.shape, other.shape);
  return self.unsqueeze(1).mul(other.unsqueeze(0));
}

/** `beta · self + alpha · (a · b)`. */
export function addmm(self: Tensor, a: Tensor, b: Tensor, options?: { beta?: number; alpha?: number }): Tensor {
  checkOptions('addmm', options, ['beta', 'alpha']);
  const { beta = 1, alpha = 1 } = options ?? {};
  return inNameOf('addmm', () => {
    const scaled = alpha === 1 ? a.mm(b) : a.mm(b).mul(alpha);
    if (beta === 0) return scaled; // a NaN in `self` must not get through
    return scaled.add(beta === 1 ? self : self.mul(beta));
  });
}
