import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError, inNameOf } from '../errors.js';
import { checkDtype, type DType } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { normalizeDim } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { around } from './along.js';
import { apply } from './apply.js';
import { cast, kernelFor, packed } from './elementwise.js';
import { withPositional } from './options.js';

const k = engine.kernels;

export interface SoftmaxOptions {
  /** The dimension whose entries sum to 1. */
  dim?: number;
  /** The dtype of the result, to which the input is converted first. Default: the input's. */
  dtype?: DType;
}

type Kind = 'softmax' | 'log_softmax';
type SoftmaxOp = (self: Tensor, dim?: number | SoftmaxOptions, options?: SoftmaxOptions) => Tensor;

function normalized(
  op: SoftmaxOp,
  name: string,
  kind: Kind,
  self: Tensor,
  dim: number | SoftmaxOptions | undefined,
  options: SoftmaxOptions | undefined,
): Tensor {
  const given = withPositional<SoftmaxOptions, 'dim'>(name, ['dim', 'dtype'], 'dim', dim, options);
  if (given.dim === undefined)
    throw new ArgumentError(name, `name the dimension whose entries sum to 1: ${name}(-1) for the last`);
  const axis = normalizeDim(name, given.dim, self.ndim);
  const dtype = given.dtype === undefined ? self.dtype : checkDtype(name, given.dtype);
  return apply(op, [self, dim, options], {
    shape: self.shape,
    dtype,
    kernel: (out, a) => {
      const kernel = kernelFor(name, k[kind], dtype);
      const input = packed(cast(a, dtype));
      void input.storage.place;
      const { outer, n, inner } = around(input.shape, axis);
      kernel(placeOf(out), placeOf(input), outer, n, inner);
    },
    save: (out) => [out],
    vjp: (grad, [y]) => [softmaxGrad(grad, y, kind, axis)],
  });
}

/** softmax: y (grad − Σ grad y); log-softmax: grad − eʸ Σ grad. */
function softmaxGrad(grad: Tensor, y: Tensor, kind: Kind, axis: number): Tensor {
  if (isGradEnabled()) {
    const total = (values: Tensor): Tensor => (y.ndim === 0 ? values : values.sum(axis, { keepdim: true }));
    return kind === 'softmax' ? y.mul(grad.sub(total(grad.mul(y)))) : grad.sub(y.exp().mul(total(grad)));
  }
  return apply(softmaxGrad, [grad, y, kind, axis], {
    shape: y.shape,
    dtype: y.dtype,
    kernel: (out, g, value) => {
      const [slopes, result] = [packed(g), packed(value)];
      void slopes.storage.place;
      void result.storage.place;
      const { outer, n, inner } = around(y.shape, axis);
      kernelFor('softmax', k[`${kind}_backward`], out.dtype)(
        placeOf(out),
        placeOf(slopes),
        placeOf(result),
        outer,
        n,
        inner,
      );
    },
  });
}

/**
 * eˣ / Σ eˣ along `dim`, shifted by the largest entry so that nothing overflows.
 * @example logits.softmax(1)
 */
export function softmax(self: Tensor, dim?: number | SoftmaxOptions, options?: SoftmaxOptions): Tensor {
  return normalized(softmax, 'softmax', 'softmax', self, dim, options);
}

/** log softmax along `dim`, without the logarithm of a number that vanished. */
export function logSoftmax(self: Tensor, dim?: number | SoftmaxOptions, options?: SoftmaxOptions): Tensor {
  return normalized(logSoftmax, 'logSoftmax', 'log_softmax', self, dim, options);
}

/** Softmax of −x: the smallest entry gets the most. */
export function softmin(self: Tensor, dim?: number | SoftmaxOptions, options?: SoftmaxOptions): Tensor {
  return inNameOf('softmin', () => self.neg().softmax(dim, options));
}
