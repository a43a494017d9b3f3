import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError } from '../errors.js';
import { type DType, floating, isFloating } from '../tensor/dtype.js';
import { broadcastShapes } from '../tensor/shape.js';
import { isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { binary, broadcast, cast, kernelFor, promote, run } from './elementwise.js';
import { joinSum } from './joined.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

export interface AddOptions {
  /** What `other` is multiplied by. Default 1. */
  alpha?: number;
}

export interface DivOptions {
  /** `'trunc'` rounds to zero, `'floor'` to minus infinity. Default: no rounding, and integers give floating-point numbers. */
  roundingMode?: 'trunc' | 'floor' | null;
}

/** The gradient of one operand, unless that is a number or needs none: tensor arguments alone have places in the list of gradients. */
function operandGrads(
  operands: readonly Operand[],
  needs: readonly boolean[],
  grads: readonly (() => Tensor)[],
): (Tensor | null)[] {
  const out: (Tensor | null)[] = [];
  operands.forEach((operand, i) => {
    if (isTensor(operand)) out.push(needs[out.length] ? grads[i]() : null);
  });
  return out;
}

function addScaled(
  op: typeof add,
  name: 'add' | 'sub',
  sign: 1 | -1,
  self: Tensor,
  other: Operand,
  options: AddOptions | undefined,
): Tensor {
  checkOptions(name, options, ['alpha']);
  const alpha = options?.alpha ?? 1;
  const dtype = promote(self, other);
  if (
    name === 'sub' &&
    [self, other].some((operand) =>
      isTensor(operand) ? operand.dtype === 'bool' : operand === true || operand === false,
    )
  )
    throw new DTypeError('sub', 'booleans have no difference; use logicalXor or logicalNot');
  if (!isFloating(dtype) && !Number.isInteger(alpha))
    throw new ArgumentError(name, `alpha ${alpha} is no whole number, but the result is ${dtype}`);
  return apply(op, [self, other, options], {
    shape: broadcast(name, self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => {
      if (name === 'add' && alpha === 1 && joinSum(out, a, b)) return;
      // A sum of booleans is their "or".
      if (dtype === 'bool') binary(name, k.logical_or, out, a, b);
      else binary(name, k[name], out, a, b, [alpha]);
    },
    save: (_out, _a, b) => [isTensor(b)],
    vjp: (grad, [both], needs) => {
      if (!both) return [grad];
      return [grad, needs[1] ? (sign * alpha === 1 ? grad : grad.mul(sign * alpha)) : null];
    },
  });
}

/** `self + alpha · other`. */
export function add(self: Tensor, other: Operand, options?: AddOptions): Tensor {
  return addScaled(add, 'add', 1, self, other, options);
}

/** `self − alpha · other`. */
export function sub(self: Tensor, other: Operand, options?: AddOptions): Tensor {
  return addScaled(sub, 'sub', -1, self, other, options);
}

/** `other − self`. */
export function rsub(self: Tensor, other: Operand): Tensor {
  return isTensor(other) ? other.sub(self) : self.to(promote(self, other)).neg().add(other);
}

/** `self · other`, element by element. */
export function mul(self: Tensor, other: Operand): Tensor {
  const dtype = promote(self, other);
  return apply(mul, [self, other], {
    shape: broadcast('mul', self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => binary('mul', dtype === 'bool' ? k.logical_and : k.mul, out, a, b),
    save: (_out, a, b) => [isTensor(b) && b.requiresGrad ? a : null, b] as const,
    vjp: (grad, [a, b], needs) => [
      needs[0] ? grad.mul(b) : null,
      ...(isTensor(b) ? [needs[1] ? grad.mul(a as Tensor) : null] : []),
    ],
  });
}

/** `self / other`; of integers a floating-point number, unless `roundingMode` is given. */
export function div(self: Tensor, other: Operand, options?: DivOptions): Tensor {
  checkOptions('div', options, ['roundingMode']);
  const mode = options?.roundingMode ?? null;
  if (mode === 'floor') return floorDivide(self, other);
  if (mode === 'trunc') return truncDivide(self, other);
  if (mode !== null) throw new ArgumentError('div', `roundingMode is 'trunc' or 'floor', not '${String(mode)}'`);
  return apply(div, [self, other, options], {
    shape: broadcast('div', self, other),
    dtype: floating(promote(self, other)),
    elementwise: true,
    kernel: (out, a, b) => binary('div', k.div, out, a, b),
    save: (_out, a, b) => [isTensor(b) && b.requiresGrad ? a : null, b] as const,
    vjp: (grad, [a, b], needs) => [
      needs[0] ? grad.div(b) : null,
      ...(isTensor(b) ? [needs[1] ? grad.neg().mul((a as Tensor).div(b).div(b)) : null] : []),
    ],
  });
}

/** Divisions that round: their gradient is zero. Integers report a division by zero. */
function roundedDivision(
  op: (self: Tensor, other: Operand) => Tensor,
  name: string,
  family: object,
  self: Tensor,
  other: Operand,
): Tensor {
  const dtype = promote(self, other);
  return apply(op, [self, other], {
    shape: broadcast(name, self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => {
      binary(name, family, out, a, b);
      checkDivision(name, dtype);
    },
    save: (_out, _a, b) => [isTensor(b)],
    vjp: (grad, [both]) => (both ? [grad.zerosLike(), grad.zerosLike()] : [grad.zerosLike()]),
  });
}

function checkDivision(name: string, dtype: DType): void {
  if (!isFloating(dtype) && engine.block[0] === 1) throw new ArgumentError(name, 'integer division by zero');
}

/** The quotient rounded to minus infinity. */
export function floorDivide(self: Tensor, other: Operand): Tensor {
  return roundedDivision(floorDivide, 'floorDivide', k.floor_divide, self, other);
}

function truncDivide(self: Tensor, other: Operand): Tensor {
  return roundedDivision(truncDivide, 'div', k.trunc_divide, self, other);
}

function remainderOf(
  op: typeof remainder,
  name: 'remainder' | 'fmod',
  rounding: 'floor' | 'trunc',
  self: Tensor,
  other: Operand,
): Tensor {
  const dtype = promote(self, other);
  return apply(op, [self, other], {
    shape: broadcast(name, self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => {
      binary(name, k[name], out, a, b);
      checkDivision(name, dtype);
    },
    save: (_out, a, b) => [isTensor(b) && b.requiresGrad ? a : null, b] as const,
    vjp: (grad, [a, b], needs) =>
      isTensor(b) ? [grad, needs[1] ? grad.neg().mul((a as Tensor).div(b, { roundingMode: rounding })) : null] : [grad],
  });
}

/** What is left of a division, with the divisor's sign: Python's `%`. */
export function remainder(self: Tensor, other: Operand): Tensor {
  return remainderOf(remainder, 'remainder', 'floor', self, other);
}

/** What is left of a division, with the dividend's sign: C's `fmod`, JavaScript's `%`. */
export function fmod(self: Tensor, other: Operand): Tensor {
  return remainderOf(fmod, 'fmod', 'trunc', self, other);
}

/** `self` to the power of `exponent`. */
export function pow(self: Tensor, exponent: Operand): Tensor {
  const dtype = promote(self, exponent);
  if (!isFloating(dtype) && typeof exponent === 'number' && exponent < 0) {
    throw new ArgumentError(
      'pow',
      `integers have no negative powers (exponent ${exponent}); convert with .to('float32')`,
    );
  }
  return apply(pow, [self, exponent], {
    shape: broadcast('pow', self, exponent),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => binary('pow', k.pow, out, a, b),
    save: (out, a, b) => [a, b, isTensor(b) && b.requiresGrad ? out : null] as const,
    vjp: (grad, [a, b, out], needs) =>
      operandGrads([a, b], needs, [
        () => powBaseGrad(grad, a, b),
        () => powExponentGrad(grad, a, b as Tensor, out as Tensor),
      ]),
  });
}

/** b · a^(b−1), and 0 where b is 0: there 0 · 0^(−1) would be NaN. */
function powBaseGrad(grad: Tensor, base: Tensor, exponent: Operand): Tensor {
  if (!isTensor(exponent)) {
    const power = Number(exponent);
    return power === 0 ? grad.zerosLike() : grad.mul(base.pow(power - 1).mul(power));
  }
  const slope = exponent.mul(base.pow(exponent.sub(1)));
  return grad.mul(slope.maskedFill(exponent.eq(0), 0));
}

/** a^b · log a, and 0 where a is 0 and b ≥ 0: the power is constant there. */
function powExponentGrad(grad: Tensor, base: Tensor, exponent: Tensor, out: Tensor): Tensor {
  return grad.mul(out.mul(base.log()).maskedFill(base.eq(0).logicalAnd(exponent.ge(0)), 0));
}

/** The angle of the point (other, self) from the x axis, in radians, −π to π. */
export function atan2(self: Tensor, other: Operand): Tensor {
  return apply(atan2, [self, other], {
    shape: broadcast('atan2', self, other),
    dtype: floating(promote(self, other)),
    elementwise: true,
    kernel: (out, a, b) => binary('atan2', k.atan2, out, a, b),
    save: (_out, a, b) => [a, b],
    vjp: (grad, [y, x], needs) => {
      const scale = grad.div(y.square().add(isTensor(x) ? x.square() : Number(x) ** 2));
      return operandGrads([y, x], needs, [() => scale.mul(x), () => scale.mul(y).neg()]);
    },
  });
}

/** √(self² + other²) without overflow. */
export function hypot(self: Tensor, other: Tensor): Tensor {
  return apply(hypot, [self, other], {
    shape: broadcast('hypot', self, other),
    dtype: floating(promote(self, other)),
    elementwise: true,
    kernel: (out, a, b) => binary('hypot', k.hypot, out, a, b),
    save: (out, a, b) => [out, a, b],
    // At the origin 0 / 0: the gradient there is 0.
    vjp: (grad, [out, a, b]) => [a, b].map((x) => grad.mul(x.div(out).maskedFill(out.eq(0), 0))),
  });
}

/** Ties share the gradient, half to each; beside a NaN both get it. */
function extremum(op: typeof maximum, name: 'maximum' | 'minimum', self: Tensor, other: Tensor): Tensor {
  const dtype = promote(self, other);
  const bools = name === 'maximum' ? k.logical_or : k.logical_and;
  return apply(op, [self, other], {
    shape: broadcast(name, self, other),
    dtype,
    elementwise: true,
    kernel: (out, a, b) => binary(name, dtype === 'bool' ? bools : k[name], out, a, b),
    save: (_out, a, b) => [a, b],
    vjp: (grad, [a, b]) => {
      const shared = a.eq(b).where(grad.div(2), grad);
      const [loses, wins] = name === 'maximum' ? [a.lt(b), a.gt(b)] : [a.gt(b), a.lt(b)];
      return [shared.maskedFill(loses, 0), shared.maskedFill(wins, 0)];
    },
  });
}

/** The larger of each pair; NaN when either is. */
export function maximum(self: Tensor, other: Tensor): Tensor {
  return extremum(maximum, 'maximum', self, other);
}

/** The smaller of each pair; NaN when either is. */
export function minimum(self: Tensor, other: Tensor): Tensor {
  return extremum(minimum, 'minimum', self, other);
}

export interface ClampOptions {
  /** Lower bound. Default: none. */
  min?: number | null;
  /** Upper bound. Default: none. */
  max?: number | null;
}

/** Confines every element to `[min, max]`; the gradient is passed where an element lies within. */
export function clamp(self: Tensor, min?: number | null | ClampOptions, max?: number | null | ClampOptions): Tensor {
  const options: ClampOptions =
    typeof min === 'object' && min !== null
      ? min
      : typeof max === 'object' && max !== null
        ? { min: min as number | null, ...max }
        : { min, max };
  checkOptions('clamp', options, ['min', 'max']);
  if ((options.min ?? null) === null && (options.max ?? null) === null)
    throw new ArgumentError('clamp', 'give min, max or both');
  const low = options.min ?? Number.NEGATIVE_INFINITY;
  const high = options.max ?? Number.POSITIVE_INFINITY;
  return apply(clamp, [self, options], {
    shape: self.shape,
    dtype: boundsDtype(self, low, high),
    elementwise: true,
    kernel: (out, a) => run(kernelFor('clamp', k.clamp, out.dtype), out, [cast(a, out.dtype)], [low, high]),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [grad.mul(a.ge(low).logicalAnd(a.le(high)))],
  });
}

/** Bounds with a fraction make an integer tensor floating-point; infinite ones stand for "none". */
function boundsDtype(self: Tensor, low: number, high: number): DType {
  const fraction = [low, high].find((bound) => Number.isFinite(bound) && !Number.isInteger(bound));
  return promote(self, fraction ?? 0);
}

/** Confines every element from below. */
export function clampMin(self: Tensor, min: number): Tensor {
  return self.clamp({ min });
}

/** Confines every element from above. */
export function clampMax(self: Tensor, max: number): Tensor {
  return self.clamp({ max });
}

export interface ValueOptions {
  /** What the product or quotient is multiplied by. Default 1. */
  value?: number;
}

/** `self + value · a · b`. */
export function addcmul(self: Tensor, a: Tensor, b: Tensor, options?: ValueOptions): Tensor {
  checkOptions('addcmul', options, ['value']);
  const value = options?.value ?? 1;
  if (!isFloating(promote(self, a))) return self.add(a.mul(b), { alpha: value });
  return apply(addcmul, [self, a, b, options], {
    shape: broadcastShapes('addcmul', self.shape, broadcast('addcmul', a, b)),
    dtype: promote(self, a),
    elementwise: true,
    kernel: (out, s, x, y) =>
      run(
        kernelFor('addcmul', k.addcmul, out.dtype),
        out,
        [s, x, y].map((t) => cast(t, out.dtype)),
        [value],
      ),
    save: (_out, _s, x, y) => [x, y],
    vjp: (grad, [x, y], needs) => [
      grad,
      needs[1] ? grad.mul(y).mul(value) : null,
      needs[2] ? grad.mul(x).mul(value) : null,
    ],
  });
}

/** `self + value · a / b`. */
export function addcdiv(self: Tensor, a: Tensor, b: Tensor, options?: ValueOptions): Tensor {
  checkOptions('addcdiv', options, ['value']);
  const value = options?.value ?? 1;
  return apply(addcdiv, [self, a, b, options], {
    shape: broadcastShapes('addcdiv', self.shape, broadcast('addcdiv', a, b)),
    dtype: promote(self, a),
    elementwise: true,
    kernel: (out, s, x, y) =>
      run(
        kernelFor('addcdiv', k.addcdiv, out.dtype),
        out,
        [s, x, y].map((t) => cast(t, out.dtype)),
        [value],
      ),
    save: (_out, _s, x, y) => [x, y],
    vjp: (grad, [x, y], needs) => [
      grad,
      needs[1] ? grad.div(y).mul(value) : null,
      needs[2] ? grad.mul(x).div(y.square()).mul(-value) : null,
    ],
  });
}

/** Linear interpolation: `self + weight · (end − self)`. */
export function lerp(self: Tensor, end: Tensor, weight: Operand): Tensor {
  return apply(lerp, [self, end, weight], {
    shape: isTensor(weight)
      ? broadcastShapes('lerp', weight.shape, broadcast('lerp', self, end))
      : broadcast('lerp', self, end),
    dtype: promote(self, end),
    elementwise: true,
    kernel: (out, a, b, w) =>
      run(kernelFor('lerp', k.lerp, out.dtype), out, [a, b, isTensor(w) ? cast(w, out.dtype) : w]),
    save: (_out, a, b, w) => [a, b, w],
    vjp: (grad, [a, b, w], needs) =>
      operandGrads([a, b, w], needs, [
        () => grad.mul(isTensor(w) ? w.rsub(1) : 1 - Number(w)),
        () => grad.mul(w),
        () => grad.mul(b.sub(a)),
      ]),
  });
}
