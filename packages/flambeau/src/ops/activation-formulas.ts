import { ArgumentError, ShapeError } from '../errors.js';
import { normalizeDim } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { elu, relu6, softplus } from './activation.js';
import { where } from './comparison.js';
import { empty } from './creation.js';
import type { GeneratorOptions } from './drawing.js';
import { checkOptions, withPositional } from './options.js';

/** Activations that are written in other ops. */

/** relu6(x + 3) / 6: a sigmoid of three straight lines. */
export function hardsigmoid(self: Tensor): Tensor {
  return relu6(self.add(3)).div(6);
}

/** x · hardsigmoid(x). Howard et al., 2019. */
export function hardswish(self: Tensor): Tensor {
  // Confined before it is multiplied, for at infinity the gradient would be 0 · ∞.
  const middle = self.clamp(-3, 3);
  return where(self.gt(3), self, middle.mul(middle.add(3)).div(6));
}

/** x · tanh(log(1 + eˣ)). Misra, 2019. */
export function mish(self: Tensor): Tensor {
  return self.mul(softplus(self).tanh());
}

/** x where positive, alpha · (e^(x / alpha) − 1) elsewhere; alpha is 1 unless given. Barron, 2017. */
export function celu(self: Tensor, options?: { alpha?: number }): Tensor {
  checkOptions('celu', options, ['alpha']);
  const alpha = options?.alpha ?? 1;
  if (alpha === 0) throw new ArgumentError('celu', 'alpha 0 would divide by zero');
  return where(self.gt(0), self, self.clampMax(0).div(alpha).expm1().mul(alpha));
}

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** scale · elu(x, alpha) with the two constants that keep mean 0 and variance 1. Klambauer et al., 2017. */
export function selu(self: Tensor): Tensor {
  return elu(self, { alpha: SELU_ALPHA }).mul(SELU_SCALE);
}

/** The first half of `dim` (the last) times the sigmoid of the second. Dauphin et al., 2016. */
export function glu(self: Tensor, dim?: number | { dim?: number }, options?: { dim?: number }): Tensor {
  const given = withPositional<{ dim?: number }, 'dim'>('glu', ['dim'], 'dim', dim, options);
  if (self.ndim === 0) throw new ShapeError('glu', 'a scalar has no halves', self.shape);
  const axis = normalizeDim('glu', given.dim ?? -1, self.ndim);
  const half = self.shape[axis] / 2;
  if (!Number.isInteger(half)) throw new ShapeError('glu', `size ${self.shape[axis]} has no halves`, self.shape);
  return self.narrow(axis, 0, half).mul(self.narrow(axis, half, half).sigmoid());
}

/** x where positive, weight · x elsewhere; one weight, or one for each channel (dimension 1). He et al., 2015. */
export function prelu(self: Tensor, weight: Tensor): Tensor {
  const channels = self.ndim < 2 ? 1 : self.shape[1];
  if (weight.numel !== 1 && weight.numel !== channels)
    throw new ShapeError(
      'prelu',
      `there is 1 weight, or one for each of ${channels} channels`,
      weight.shape,
      self.shape,
    );
  const slopes = weight.reshape(self.shape.map((_, i) => (i === 1 ? -1 : 1)));
  return where(self.gt(0), self, self.clampMax(0).mul(self.ndim < 2 ? weight.reshape([]) : slopes));
}

/** x / (1 + |x|). */
export function softsign(self: Tensor): Tensor {
  return self.div(self.abs().add(1));
}

/** x − tanh x. */
export function tanhshrink(self: Tensor): Tensor {
  return self.sub(self.tanh());
}

interface Shrinkage {
  /** Half the width of the interval that becomes 0. Default 0.5. */
  lambd?: number;
}

/** x moved towards 0 by lambd, and 0 where it would pass it. */
export function softshrink(self: Tensor, lambd?: number | Shrinkage, options?: Shrinkage): Tensor {
  const given = withPositional<Shrinkage, 'lambd'>('softshrink', ['lambd'], 'lambd', lambd, options);
  const width = given.lambd ?? 0.5;
  if (!(width >= 0)) throw new ArgumentError('softshrink', `lambd is not negative, but ${width}`);
  return where(self.abs().le(width), 0, self.sub(self.detach().sign().mul(width)));
}

/** x, and 0 where |x| is at most lambd. */
export function hardshrink(self: Tensor, lambd?: number | Shrinkage, options?: Shrinkage): Tensor {
  const given = withPositional<Shrinkage, 'lambd'>('hardshrink', ['lambd'], 'lambd', lambd, options);
  return where(self.abs().le(given.lambd ?? 0.5), 0, self);
}

/** x where it is greater than the threshold, `value` elsewhere. */
export function threshold(self: Tensor, limit: number, value: number): Tensor {
  return where(self.le(limit), value, self);
}

export interface RreluOptions extends GeneratorOptions {
  /** The least slope of negative numbers. Default 1/8. */
  lower?: number;
  /** The greatest. Default 1/3. */
  upper?: number;
  /** Draw the slopes; otherwise they are the middle. Default false. */
  training?: boolean;
}

/** x where positive, a slope drawn between `lower` and `upper` times x elsewhere. Xu et al., 2015. */
export function rrelu(self: Tensor, options?: RreluOptions): Tensor {
  checkOptions('rrelu', options, ['lower', 'upper', 'training', 'generator']);
  const { lower = 1 / 8, upper = 1 / 3, training = false, generator } = options ?? {};
  if (!(lower <= upper)) throw new ArgumentError('rrelu', `lower ${lower} must not exceed upper ${upper}`);
  if (!training) return self.leakyRelu({ negativeSlope: (lower + upper) / 2 });
  const negative = self.detach().le(0);
  const count = negative.sum().item();
  const slopes = self.detach().onesLike();
  // Only what is not positive draws, in order, and in double: so the stream stays PyTorch's.
  const drawn = empty([count], { dtype: 'float64' }).uniform_(lower, upper, { generator });
  slopes.setAt([negative], drawn.to(self.dtype));
  return self.mul(slopes);
}
