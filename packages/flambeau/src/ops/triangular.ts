import { IndexError, ShapeError } from '../errors.js';
import { normalizeDim, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyView } from './apply.js';
import { arange } from './creation.js';
import { copyInto } from './elementwise.js';
import { withPositional } from './options.js';

export interface DiagonalOption {
  /** Which diagonal: 0 the main one, positive ones above it. Default 0. */
  diagonal?: number;
}

/** Zeros where `keep`, called with column − row, says no. */
function masked(
  op: string,
  self: Tensor,
  diagonal: number | DiagonalOption | undefined,
  options: DiagonalOption | undefined,
  outside: (distance: Tensor, diagonal: number) => Tensor,
): Tensor {
  const given = withPositional<DiagonalOption, 'diagonal'>(op, ['diagonal'], 'diagonal', diagonal, options);
  if (self.ndim < 2) throw new ShapeError(op, 'needs a matrix, or a batch of them', self.shape);
  const [rows, columns] = self.shape.slice(-2);
  const distance = arange(columns).sub(arange(rows).unsqueeze(1));
  return self.maskedFill(outside(distance, given.diagonal ?? 0), 0);
}

/** The part of a matrix on and below a diagonal, zeros above. */
export function tril(self: Tensor, diagonal?: number | DiagonalOption, options?: DiagonalOption): Tensor {
  return masked('tril', self, diagonal, options, (distance, d) => distance.gt(d));
}

/** The part of a matrix on and above a diagonal, zeros below. */
export function triu(self: Tensor, diagonal?: number | DiagonalOption, options?: DiagonalOption): Tensor {
  return masked('triu', self, diagonal, options, (distance, d) => distance.lt(d));
}

export interface DiagonalOptions {
  /** Positive ones lie above the main diagonal. Default 0. */
  offset?: number;
  /** The rows' dimension. Default 0. */
  dim1?: number;
  /** The columns' dimension. Default 1. */
  dim2?: number;
}

/** The diagonal of two dimensions, as the last dimension of a view. */
export function diagonal(self: Tensor, offset?: number | DiagonalOptions, options?: DiagonalOptions): Tensor {
  const given = withPositional<DiagonalOptions, 'offset'>(
    'diagonal',
    ['offset', 'dim1', 'dim2'],
    'offset',
    offset,
    options,
  );
  if (self.ndim < 2) throw new ShapeError('diagonal', 'needs at least two dimensions', self.shape);
  const rows = normalizeDim('diagonal', given.dim1 ?? 0, self.ndim);
  const columns = normalizeDim('diagonal', given.dim2 ?? 1, self.ndim);
  if (rows === columns) throw new IndexError('diagonal', `dim1 and dim2 are both dimension ${rows}`);
  const at = given.offset ?? 0;
  const length = Math.max(0, Math.min(self.shape[rows] + Math.min(at, 0), self.shape[columns] - Math.max(at, 0)));
  const rest = self.shape.map((_, i) => i).filter((i) => i !== rows && i !== columns);
  const start = at >= 0 ? at * self.strides[columns] : -at * self.strides[rows];
  return applyView(diagonal, [self, offset, options], {
    view: {
      shape: [...rest.map((i) => self.shape[i]), length],
      strides: [...rest.map((i) => self.strides[i]), self.strides[rows] + self.strides[columns]],
      offset: self.offset + (length === 0 ? 0 : start),
    },
    save: [self.shape],
    vjp: (grad, [full]) => onDiagonal(grad, full, at, rows, columns),
  });
}

/** Zeros with the given numbers on a diagonal; its gradient is that diagonal. */
function onDiagonal(self: Tensor, shape: Shape, offset: number, dim1: number, dim2: number): Tensor {
  return apply(onDiagonal, [self, shape, offset, dim1, dim2], {
    shape,
    dtype: self.dtype,
    kernel: (out, part) => {
      out.zero_();
      copyInto(out.diagonal(offset, { dim1, dim2 }), part);
    },
    vjp: (grad) => [grad.diagonal(offset, { dim1, dim2 })],
  });
}

/** A matrix with a vector on its diagonal; of a matrix its diagonal, copied. */
export function diag(self: Tensor, diagonal?: number | DiagonalOption, options?: DiagonalOption): Tensor {
  const given = withPositional<DiagonalOption, 'diagonal'>('diag', ['diagonal'], 'diagonal', diagonal, options);
  const at = given.diagonal ?? 0;
  if (self.ndim === 2) return self.diagonal(at).clone();
  if (self.ndim !== 1) throw new ShapeError('diag', 'needs a vector or a matrix', self.shape);
  const size = self.shape[0] + Math.abs(at);
  return onDiagonal(self, [size, size], at, 0, 1);
}
