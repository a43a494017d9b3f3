import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError } from '../errors.js';
import { floating } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { where } from './comparison.js';
import { binary, kernelFor, run, unary } from './elementwise.js';
import { joinRelu, joinReluGrad } from './joined.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

/** The gradient of an activation as one pass over the gradient and a saved value; itself differentiable by the formula given. */
function slopeOp(
  name: 'relu_backward' | 'sigmoid_backward' | 'tanh_backward',
  second: (grad: Tensor, y: Tensor, outer: Tensor) => [Tensor, Tensor | null],
  join: (out: Tensor, grad: Tensor, y: Tensor) => boolean = () => false,
): (grad: Tensor, y: Tensor) => Tensor {
  const op = (grad: Tensor, y: Tensor): Tensor =>
    apply(op, [grad, y], {
      shape: grad.shape,
      dtype: grad.dtype,
      elementwise: true,
      kernel: (out, g, value) => {
        if (!join(out, g, value)) binary(name, k[name], out, g, value);
      },
      save: (_out, g, value) => [g, value],
      vjp: (outer, [g, value]) => second(g, value, outer),
    });
  return op;
}

const reluSlope = slopeOp('relu_backward', (_grad, y, outer) => [reluSlope(outer, y), null], joinReluGrad);
const sigmoidSlope = slopeOp('sigmoid_backward', (grad, y, outer) => [
  sigmoidSlope(outer, y),
  outer.mul(grad).mul(y.mul(-2).add(1)),
]);
const tanhSlope = slopeOp('tanh_backward', (grad, y, outer) => [tanhSlope(outer, y), outer.mul(grad).mul(y).mul(-2)]);

/** max(x, 0). The gradient at 0 is 0. */
export function relu(self: Tensor): Tensor {
  return apply(relu, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => {
      if (!joinRelu(out, a)) unary('relu', k.relu, out, a);
    },
    save: (out) => [out],
    vjp: (grad, [out]) => [reluSlope(grad, out)],
  });
}

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(self: Tensor): Tensor {
  return apply(sigmoid, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('sigmoid', k.sigmoid, out, a),
    save: (out) => [out],
    vjp: (grad, [out]) => [sigmoidSlope(grad, out)],
  });
}

/** Hyperbolic tangent. */
export function tanh(self: Tensor): Tensor {
  return apply(tanh, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('tanh', k.tanh, out, a),
    save: (out) => [out],
    vjp: (grad, [out]) => [tanhSlope(grad, out)],
  });
}

/** log(sigmoid(x)), without overflow for large negative x. */
export function logSigmoid(self: Tensor): Tensor {
  return apply(logSigmoid, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('logSigmoid', k.log_sigmoid, out, a),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [grad.mul(a.neg().sigmoid())],
  });
}

export interface SoftplusOptions {
  /** Sharpness. Default 1. */
  beta?: number;
  /** Where beta · x is greater the result is x itself. Default 20. */
  threshold?: number;
}

/** A smooth relu: log(1 + e^(beta·x)) / beta. */
export function softplus(self: Tensor, options?: SoftplusOptions): Tensor {
  checkOptions('softplus', options, ['beta', 'threshold']);
  const { beta = 1, threshold = 20 } = options ?? {};
  return apply(softplus, [self, options], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('softplus', k.softplus, out, a, [beta, threshold]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => {
      const scaled = a.mul(beta);
      return [scaled.gt(threshold).where(grad, grad.mul(scaled.sigmoid()))];
    },
  });
}

export interface LeakyReluOptions {
  /** What negative numbers are multiplied by. Default 0.01. */
  negativeSlope?: number;
}

function leakySlope(grad: Tensor, x: Tensor, slope: number): Tensor {
  return apply(leakySlope, [grad, x, slope], {
    shape: grad.shape,
    dtype: grad.dtype,
    elementwise: true,
    kernel: (out, g, value, s) => binary('leakyRelu', k.leaky_relu_backward, out, g, value, [s]),
    save: (_out, _g, value, s) => [value, s],
    vjp: (outer, [value, s]) => [leakySlope(outer, value, s), null],
  });
}

/** x where positive, `negativeSlope` · x elsewhere. */
export function leakyRelu(self: Tensor, options?: LeakyReluOptions): Tensor {
  checkOptions('leakyRelu', options, ['negativeSlope']);
  const slope = options?.negativeSlope ?? 0.01;
  return apply(leakyRelu, [self, options], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('leakyRelu', k.leaky_relu, out, a, [slope]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [leakySlope(grad, a, slope)],
  });
}

export interface EluOptions {
  /** The limit for large negative x is −alpha. Default 1. */
  alpha?: number;
}

/** x where positive, alpha · (eˣ − 1) elsewhere. */
export function elu(self: Tensor, options?: EluOptions): Tensor {
  checkOptions('elu', options, ['alpha']);
  const alpha = options?.alpha ?? 1;
  return apply(elu, [self, options], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('elu', k.elu, out, a, [alpha]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [a.gt(0).where(grad, grad.mul(a.clampMax(0).exp().mul(alpha)))],
  });
}

/** A gradient in one pass over the gradient and the input; what is recorded for higher derivatives is a formula in ops instead. */
function curve(
  name: 'silu_backward' | 'gelu_backward' | 'gelu_tanh_backward',
  slope: (x: Tensor) => Tensor,
): (grad: Tensor, x: Tensor) => Tensor {
  const op = (grad: Tensor, x: Tensor): Tensor =>
    isGradEnabled()
      ? grad.mul(slope(x))
      : apply(op, [grad, x], {
          shape: grad.shape,
          dtype: grad.dtype,
          elementwise: true,
          kernel: (out, g, value) => binary(name, k[name], out, g, value),
        });
  return op;
}

const siluGrad = curve('silu_backward', (x) => {
  const gate = x.sigmoid();
  return gate.mul(x.mul(gate.rsub(1)).add(1));
});

/** x · sigmoid(x). */
export function silu(self: Tensor): Tensor {
  return apply(silu, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('silu', k.silu, out, a),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [siluGrad(grad, a)],
  });
}

export interface GeluOptions {
  /** `'tanh'` for the approximation of Hendrycks & Gimpel (2016). Default `'none'`: exact, with erf. */
  approximate?: 'none' | 'tanh';
}

const INV_SQRT2 = Math.SQRT1_2;
const INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

/** x · Φ(x), with Φ the normal distribution function. */
export function gelu(self: Tensor, options?: GeluOptions): Tensor {
  checkOptions('gelu', options, ['approximate']);
  const approximate = options?.approximate ?? 'none';
  if (approximate !== 'none' && approximate !== 'tanh')
    throw new ArgumentError('gelu', `approximate is 'none' or 'tanh', not '${String(approximate)}'`);
  const isTanh = approximate === 'tanh';
  return apply(gelu, [self, options], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => run(kernelFor('gelu', isTanh ? k.gelu_tanh : k.gelu, out.dtype), out, [a]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [(isTanh ? geluTanhGrad : geluGrad)(grad, a)],
  });
}

/** Φ(x) + x φ(x). */
function geluSlope(x: Tensor): Tensor {
  const density = x.square().mul(-0.5).exp().mul(INV_SQRT_2PI);
  return x.mul(INV_SQRT2).erf().add(1).mul(0.5).add(x.mul(density));
}

function geluTanhSlope(x: Tensor): Tensor {
  const t = x.pow(3).mul(0.044715).add(x).mul(SQRT_2_OVER_PI).tanh();
  const inner = x
    .square()
    .mul(3 * 0.044715)
    .add(1)
    .mul(SQRT_2_OVER_PI);
  return t
    .add(1)
    .mul(0.5)
    .add(x.mul(0.5).mul(t.square().rsub(1)).mul(inner));
}

const geluGrad = curve('gelu_backward', geluSlope);
const geluTanhGrad = curve('gelu_tanh_backward', geluTanhSlope);

/** Like `clamp`, but with a gradient of 0 at the bounds themselves. */
function confine(self: Tensor, low: number, high: number): Tensor {
  return apply(confine, [self, low, high], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => unary('hardtanh', k.clamp, out, a, [low, high]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [where(a.gt(low).logicalAnd(a.lt(high)), grad, 0)],
  });
}

/** x confined to [−1, 1], or to the given bounds. */
export function hardtanh(self: Tensor, options?: { minVal?: number; maxVal?: number }): Tensor {
  checkOptions('hardtanh', options, ['minVal', 'maxVal']);
  return confine(self, options?.minVal ?? -1, options?.maxVal ?? 1);
}

/** min(max(x, 0), 6). */
export function relu6(self: Tensor): Tensor {
  return confine(self, 0, 6);
}
