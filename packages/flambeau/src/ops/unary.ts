import { engine } from '@flambeau/kernels';
import { floating, isFloating } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { unary } from './elementwise.js';

const k = engine.kernels;

/** A row of the table below: a kernel, and the derivative in terms of the input x and the result y. */
type Derivative = { readonly ofInput: (x: Tensor) => Tensor } | { readonly ofResult: (y: Tensor) => Tensor };

/** An op that maps every element to a floating-point number; integers are converted first. */
function maths(name: keyof typeof k, derivative: Derivative): (self: Tensor) => Tensor {
  const family = k[name];
  const fromInput = 'ofInput' in derivative;
  const slope = fromInput ? derivative.ofInput : derivative.ofResult;
  const op = (self: Tensor): Tensor =>
    apply(op, [self], {
      shape: self.shape,
      dtype: floating(self.dtype),
      elementwise: true,
      kernel: (out, a) => unary(name, family, out, a),
      save: (out, a) => [fromInput ? a : out],
      vjp: (grad, [value]) => [grad.mul(slope(value))],
    });
  return op;
}

/** An op that rounds: piecewise constant, so its gradient is zero. Integers are returned as they are. */
function rounding(name: 'floor' | 'ceil' | 'round' | 'trunc'): (self: Tensor) => Tensor {
  const op = (self: Tensor): Tensor =>
    apply(op, [self], {
      shape: self.shape,
      dtype: self.dtype,
      elementwise: true,
      kernel: (out, a) =>
        isFloating(a.dtype) ? unary(name, k[name], out, a) : unary(name, k[`to_${suffixOf(a)}`], out, a),
      vjp: (grad) => [grad.zerosLike()],
    });
  return op;
}

const suffixOf = (a: Tensor): 'i64' | 'i32' | 'u8' | 'b8' => a.storage.suffix as 'i64' | 'i32' | 'u8' | 'b8';

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const LN2 = Math.LN2;
const LN10 = Math.LN10;

/** Natural exponential, eˣ. */
export const exp = maths('exp', { ofResult: (y) => y });
/** 2ˣ. */
export const exp2 = maths('exp2', { ofResult: (y) => y.mul(LN2) });
/** eˣ − 1, exact near 0. */
export const expm1 = maths('expm1', { ofResult: (y) => y.add(1) });
/** Natural logarithm. */
export const log = maths('log', { ofInput: (x) => x.reciprocal() });
/** Logarithm to base 2. */
export const log2 = maths('log2', { ofInput: (x) => x.mul(LN2).reciprocal() });
/** Logarithm to base 10. */
export const log10 = maths('log10', { ofInput: (x) => x.mul(LN10).reciprocal() });
/** log(1 + x), exact near 0. */
export const log1p = maths('log1p', { ofInput: (x) => x.add(1).reciprocal() });
/** Square root; NaN for negative numbers. */
export const sqrt = maths('sqrt', { ofResult: (y) => y.mul(2).reciprocal() });
/** 1 / √x. */
export const rsqrt = maths('rsqrt', { ofResult: (y) => y.pow(3).mul(-0.5) });
/** 1 / x. */
export const reciprocal = maths('reciprocal', { ofResult: (y) => y.square().neg() });
/** Sine, of radians. */
export const sin = maths('sin', { ofInput: (x) => x.cos() });
/** Cosine, of radians. */
export const cos = maths('cos', { ofInput: (x) => x.sin().neg() });
/** Tangent, of radians. */
export const tan = maths('tan', { ofResult: (y) => y.square().add(1) });
/** Arc sine, in radians. */
export const asin = maths('asin', { ofInput: (x) => x.square().neg().add(1).rsqrt() });
/** Arc cosine, in radians. */
export const acos = maths('acos', { ofInput: (x) => x.square().neg().add(1).rsqrt().neg() });
/** Arc tangent, in radians. */
export const atan = maths('atan', { ofInput: (x) => x.square().add(1).reciprocal() });
/** Hyperbolic sine. */
export const sinh = maths('sinh', { ofInput: (x) => x.cosh() });
/** Hyperbolic cosine. */
export const cosh = maths('cosh', { ofInput: (x) => x.sinh() });
/** Inverse hyperbolic sine. */
export const asinh = maths('asinh', { ofInput: (x) => x.square().add(1).rsqrt() });
/** Inverse hyperbolic cosine. */
export const acosh = maths('acosh', { ofInput: (x) => x.square().sub(1).rsqrt() });
/** Inverse hyperbolic tangent. */
export const atanh = maths('atanh', { ofInput: (x) => x.square().neg().add(1).reciprocal() });
/** The error function. */
export const erf = maths('erf', { ofInput: (x) => x.square().neg().exp().mul(TWO_OVER_ROOT_PI) });
/** 1 − erf(x), exact for large x. */
export const erfc = maths('erfc', { ofInput: (x) => x.square().neg().exp().mul(-TWO_OVER_ROOT_PI) });
/** The inverse of the error function. */
export const erfinv = maths('erfinv', {
  ofResult: (y) =>
    y
      .square()
      .exp()
      .mul(1 / TWO_OVER_ROOT_PI),
});
/** Logarithm of the absolute value of the gamma function. */
export const lgamma = maths('lgamma', { ofInput: (x) => x.digamma() });

/** Rounds down. */
export const floor = rounding('floor');
/** Rounds up. */
export const ceil = rounding('ceil');
/** Rounds to the nearest whole number, halves to the even one. */
export const round = rounding('round');
/** Rounds towards zero. */
export const trunc = rounding('trunc');

/** The derivative of `lgamma`. Itself without a derivative here. */
export function digamma(self: Tensor): Tensor {
  return apply(digamma, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('digamma', k.digamma, out, a),
  });
}

/** The part after the point, with the sign of x: x − trunc(x). */
export function frac(self: Tensor): Tensor {
  return apply(frac, [self], {
    shape: self.shape,
    dtype: floating(self.dtype),
    elementwise: true,
    kernel: (out, a) => unary('frac', k.frac, out, a),
    vjp: (grad) => [grad],
  });
}

/** −x. */
export function neg(self: Tensor): Tensor {
  return apply(neg, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => unary('neg', k.neg, out, a),
    vjp: (grad) => [grad.neg()],
  });
}

/** Absolute value; its gradient at 0 is 0. */
export function abs(self: Tensor): Tensor {
  return apply(abs, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => unary('abs', k.abs, out, a),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [grad.mul(a.sign())],
  });
}

/** −1, 0 or 1. */
export function sign(self: Tensor): Tensor {
  return apply(sign, [self], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, a) => (a.dtype === 'bool' ? unary('sign', k.to_b8, out, a) : unary('sign', k.sign, out, a)),
    vjp: (grad) => [grad.zerosLike()],
  });
}

/** x². */
export function square(self: Tensor): Tensor {
  return apply(square, [self], {
    shape: self.shape,
    dtype: self.dtype === 'bool' ? 'int64' : self.dtype,
    elementwise: true,
    kernel: (out, a) => unary('square', k.square, out, a),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [grad.mul(a).mul(2)],
  });
}
