import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, inNameOf, ShapeError } from '../errors.js';
import { checkDtype, type DType, isFloating } from '../tensor/dtype.js';
import { placeOf, writeLoop } from '../tensor/loop.js';
import { normalizeDim, normalizeDims, reducedShape, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { type AlongOptions, around, extremeAlong } from './along.js';
import { apply } from './apply.js';
import { cumprodGrad } from './cumprod.js';
import { allocate, cast, kernelFor, packed, reduce, reducedStrides } from './elementwise.js';
import { cat } from './joining.js';
import { checkOptions, withPositional } from './options.js';

const k = engine.kernels;

/** One dimension, several, or (left out) all. */
export type Dims = number | readonly number[];

export interface ReduceOptions {
  /** The dimensions to reduce. Default: all. */
  dim?: Dims;
  /** Keep reduced dimensions with size 1. Default false. */
  keepdim?: boolean;
}

export interface SumOptions extends ReduceOptions {
  /** The dtype of the result, to which the input is converted first. Default: int64 for integers and booleans. */
  dtype?: DType;
}

interface Reduction {
  readonly dims: number[];
  readonly keepdim: boolean;
  readonly dtype: DType | undefined;
  readonly shape: number[];
}

function parse(
  op: string,
  self: Tensor,
  dim: Dims | SumOptions | undefined,
  options: SumOptions | undefined,
  known: readonly (keyof SumOptions)[],
): Reduction {
  const given = withPositional<SumOptions, 'dim'>(op, known, 'dim', dim, options);
  const dims = normalizeDims(op, given.dim, self.ndim);
  const keepdim = given.keepdim ?? false;
  if (given.dtype !== undefined) checkDtype(op, given.dtype);
  return { dims, keepdim, dtype: given.dtype, shape: reducedShape(self.shape, dims, keepdim) };
}

/** A reduced gradient or result, with the reduced dimensions back as size 1, so that it broadcasts against the input. */
function restore(reduced: Tensor, dims: readonly number[], keepdim: boolean): Tensor {
  if (keepdim) return reduced;
  return [...dims].sort((a, b) => a - b).reduce((tensor, dim) => tensor.unsqueeze(dim), reduced);
}

const countOf = (shape: Shape, dims: readonly number[]): number => dims.reduce((n, dim) => n * shape[dim], 1);

/** Sum of all elements, or along `dim`. Integers and booleans sum to int64. Float sums accumulate in blocks, so that 2²⁵ ones are 2²⁵. */
export function sum(self: Tensor, dim?: Dims | SumOptions, options?: SumOptions): Tensor {
  const { dims, keepdim, dtype, shape } = parse('sum', self, dim, options, ['dim', 'keepdim', 'dtype']);
  return apply(sum, [self, dim, options], {
    shape,
    dtype: dtype ?? (isFloating(self.dtype) ? self.dtype : 'int64'),
    kernel: (out, a) => sumInto('sum', out, a, dims, 1),
    save: (_out, a) => [a.shape] as const,
    vjp: (grad, [full]) => [restore(grad, dims, keepdim).expand(full)],
  });
}

/** Integers of fewer bits are summed as int64 and then converted, as wrapping arithmetic allows. */
function sumInto(op: string, out: Tensor, input: Tensor, dims: readonly number[], scale: number): void {
  const compute: DType = isFloating(out.dtype) ? out.dtype : 'int64';
  const target = out.dtype === compute ? out : allocate(out.shape, compute);
  reduce(kernelFor(op, k.sum, compute), target, cast(input, compute), dims, [scale]);
  if (target !== out) out.copy_(target);
}

/** Mean of all elements, or along `dim`; of nothing it is NaN. */
export function mean(self: Tensor, dim?: Dims | SumOptions, options?: SumOptions): Tensor {
  const { dims, keepdim, dtype, shape } = parse('mean', self, dim, options, ['dim', 'keepdim', 'dtype']);
  const result = dtype ?? self.dtype;
  if (!isFloating(result))
    throw new DTypeError(
      'mean',
      `of ${result} there is no mean; convert with .to('float32') or pass { dtype: 'float32' }`,
    );
  const n = countOf(self.shape, dims);
  return apply(mean, [self, dim, options], {
    shape,
    dtype: result,
    kernel: (out, a) => sumInto('mean', out, a, dims, n === 0 ? Number.NaN : 1 / n),
    save: (_out, a) => [a.shape] as const,
    vjp: (grad, [full]) => [restore(grad.div(n), dims, keepdim).expand(full)],
  });
}

/** Product of all elements, or along `dim`. */
export function prod(self: Tensor, dim?: number | SumOptions, options?: SumOptions): Tensor {
  const { dims, keepdim, dtype, shape } = parse('prod', self, dim, options, ['dim', 'keepdim', 'dtype']);
  return apply(prod, [self, dim, options], {
    shape,
    dtype: dtype ?? (isFloating(self.dtype) ? self.dtype : 'int64'),
    kernel: (out, a) => reduce(kernelFor('prod', k.prod, out.dtype), out, cast(a, out.dtype), dims),
    save: (_out, a) => [a],
    vjp: (grad, [a]) => [restore(grad, dims, keepdim).mul(productOfOthers(a, dims))],
  });
}

/** For each element the product of the others it is multiplied with: exact where some are 0, where dividing the product would fail. */
function productOfOthers(self: Tensor, dims: readonly number[]): Tensor {
  if (self.numel === 0 || self.ndim === 0) return self.onesLike();
  const kept = self.shape.map((_, i) => i).filter((i) => !dims.includes(i));
  const order = [...kept, ...dims];
  const rows = self.permute(order);
  const n = countOf(self.shape, dims);
  const flat = rows.reshape([-1, n]);
  const ones = flat.narrow(1, 0, 1).onesLike();
  const left = cat([ones, flat.narrow(1, 0, n - 1)], 1).cumprod(1);
  const right = cat([ones, flat.flip(1).narrow(1, 0, n - 1)], 1)
    .cumprod(1)
    .flip(1);
  const back = order.map((_, i) => order.indexOf(i));
  return left.mul(right).reshape(rows.shape).permute(back);
}

/** The largest or smallest element; equal ones share the gradient. */
function extreme(
  op: typeof amax,
  name: 'amax' | 'amin',
  self: Tensor,
  dim: Dims | ReduceOptions | undefined,
  options: ReduceOptions | undefined,
): Tensor {
  const { dims, keepdim, shape } = parse(name, self, dim, options, ['dim', 'keepdim']);
  if (countOf(self.shape, dims) === 0)
    throw new ShapeError(name, 'nothing to choose from in a tensor without elements', self.shape);
  return apply(op, [self, dim, options], {
    shape,
    dtype: self.dtype,
    kernel: (out, a) => reduceBool(name, out, a, dims),
    save: (out, a) => [out, a],
    vjp: (grad, [out, a]) => {
      // Where the result is NaN, the NaNs made it.
      const chosen = a
        .eq(restore(out, dims, keepdim))
        .logicalOr(a.isnan())
        .to(a.dtype);
      return [chosen.mul(restore(grad, dims, keepdim)).div(chosen.sum(dims, { keepdim: true }))];
    },
  });
}

/** The extremes of booleans are "any" and "all". */
function reduceBool(name: 'amax' | 'amin', out: Tensor, input: Tensor, dims: readonly number[]): void {
  const family = out.dtype === 'bool' ? (name === 'amax' ? k.any : k.all) : k[name];
  reduce(kernelFor(name, family, out.dtype), out, input, dims);
}

/** The largest element, of all or along `dim`; NaN when one is. */
export function amax(self: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  return extreme(amax, 'amax', self, dim, options);
}

/** The smallest element, of all or along `dim`; NaN when one is. */
export function amin(self: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  return extreme(amin, 'amin', self, dim, options);
}

function truth(
  op: typeof any,
  name: 'any' | 'all',
  self: Tensor,
  dim: Dims | ReduceOptions | undefined,
  options: ReduceOptions | undefined,
): Tensor {
  const { dims, shape } = parse(name, self, dim, options, ['dim', 'keepdim']);
  return apply(op, [self, dim, options], {
    shape,
    dtype: 'bool',
    kernel: (out, a) => reduce(k[name].b8, out, cast(a, 'bool'), dims),
  }).to(self.dtype === 'uint8' ? 'uint8' : 'bool'); // uint8 was PyTorch's first boolean, and remains one here
}

/** Whether some element is not zero. */
export function any(self: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  return truth(any, 'any', self, dim, options);
}

/** Whether no element is zero. */
export function all(self: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  return truth(all, 'all', self, dim, options);
}

export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the number of elements: 1 for a sample, 0 for a population. Default 1. */
  correction?: number;
}

/** Variance of all elements, or along `dim`. */
function variance(self: Tensor, dim?: Dims | VarianceOptions, options?: VarianceOptions): Tensor {
  const given = withPositional<VarianceOptions, 'dim'>('var', ['dim', 'keepdim', 'correction'], 'dim', dim, options);
  if (!isFloating(self.dtype))
    throw new DTypeError('var', `of ${self.dtype} there is no variance; convert with .to('float32')`);
  const dims = normalizeDims('var', given.dim, self.ndim);
  const keepdim = given.keepdim ?? false;
  const correction = given.correction ?? 1;
  return apply(variance, [self, dim, options], {
    shape: reducedShape(self.shape, dims, keepdim),
    dtype: self.dtype,
    kernel: (out, a) => {
      const kernel = kernelFor('var', k.variance, out.dtype);
      void a.storage.place;
      const places = [placeOf(out), 0, placeOf(a)];
      const still = reducedStrides(a.shape, dims);
      writeLoop(a.shape, still, still, a.strides);
      kernel(...places, correction);
    },
    save: (_out, a) => [a],
    vjp: (grad, [a]) => {
      const n = countOf(a.shape, dims);
      return [
        a
          .sub(a.mean(dims, { keepdim: true }))
          .mul(restore(grad, dims, keepdim))
          .mul(2 / Math.max(0, n - correction)),
      ];
    },
  });
}

export { variance as var };

/** Standard deviation of all elements, or along `dim`. */
export function std(self: Tensor, dim?: Dims | VarianceOptions, options?: VarianceOptions): Tensor {
  return inNameOf('std', () => variance(self, dim, options)).sqrt();
}

interface ArgOptions extends AlongOptions {
  /** Default: the position in the flattened tensor. */
  dim?: number;
}

function argExtreme(
  name: 'argmax' | 'argmin',
  self: Tensor,
  dim: number | ArgOptions | undefined,
  options: ArgOptions | undefined,
): Tensor {
  const given = withPositional<ArgOptions, 'dim'>(name, ['dim', 'keepdim'], 'dim', dim, options);
  const pick = name === 'argmax' ? 'max' : 'min';
  const input = self.detach();
  const { dim: along, keepdim } = given;
  if (along !== undefined)
    return inNameOf(name, () => extremeAlong(input[pick], pick, input, along, { keepdim }).indices);
  if (self.numel === 0) throw new ArgumentError(name, 'nothing to choose from in an empty tensor');
  const { indices } = extremeAlong(input[pick], pick, input.reshape([-1]), 0, undefined);
  return given.keepdim === true ? indices.reshape(self.shape.map(() => 1)) : indices;
}

/** Position of the largest element, in the flattened tensor or along `dim`; the first of equal ones. */
export function argmax(self: Tensor, dim?: number | ArgOptions, options?: ArgOptions): Tensor {
  return argExtreme('argmax', self, dim, options);
}

/** Position of the smallest element, in the flattened tensor or along `dim`; the first of equal ones. */
export function argmin(self: Tensor, dim?: number | ArgOptions, options?: ArgOptions): Tensor {
  return argExtreme('argmin', self, dim, options);
}

function cumulative(
  op: typeof cumsum,
  name: 'cumsum' | 'cumprod',
  self: Tensor,
  dim: number,
  vjp: (grad: Tensor, x: Tensor, y: Tensor) => Tensor,
): Tensor {
  const axis = normalizeDim(name, dim, self.ndim);
  return apply(op, [self, dim], {
    shape: self.shape,
    dtype: isFloating(self.dtype) ? self.dtype : 'int64',
    kernel: (out, a) => {
      const input = packed(cast(a, out.dtype));
      const { outer, n, inner } = around(input.shape, axis);
      const kernel = kernelFor(name, k[name], out.dtype);
      const from = placeOf(input);
      kernel(placeOf(out), from, outer, n, inner);
    },
    save: (out, a) => [a, out],
    vjp: (grad, [a, out]) => [vjp(grad, a, out)],
  });
}

/** Sums of the elements up to each place along `dim`. */
export function cumsum(self: Tensor, dim: number): Tensor {
  return cumulative(cumsum, 'cumsum', self, dim, (grad) => grad.flip(dim).cumsum(dim).flip(dim));
}

/** Products of the elements up to each place along `dim`. */
export function cumprod(self: Tensor, dim: number): Tensor {
  const axis = normalizeDim('cumprod', dim, self.ndim);
  return cumulative(cumprod, 'cumprod', self, dim, (grad, x, y) => cumprodGrad(grad, x, y, axis));
}

/** log Σ eˣ along `dim`, shifted by the largest element so that nothing overflows. */
export function logsumexp(self: Tensor, dim: Dims, options?: { keepdim?: boolean }): Tensor {
  checkOptions('logsumexp', options, ['keepdim']);
  const dims = normalizeDims('logsumexp', dim, self.ndim);
  const peak = self.detach().amax(dims, { keepdim: true });
  const shift = peak.isfinite().where(peak, 0); // an infinite peak would make inf − inf
  const apart = self.sub(shift); // ours alone, so that its exponentials need no memory of their own
  const powers = isFloating(apart.dtype) ? apart.exp_() : apart.exp();
  const total = powers.sum(dims, { keepdim: true }).log().add(shift);
  return options?.keepdim === true ? total : total.reshape(reducedShape(self.shape, dims, false));
}

export interface NormOptions extends ReduceOptions {
  /** Which norm: a number, ±Infinity, or `'fro'` (the square root of the sum of squares). Default 2. */
  p?: number | 'fro';
}

/** The p-norm of all elements, or along `dim`. */
export function norm(self: Tensor, p?: number | 'fro' | NormOptions, options?: NormOptions): Tensor {
  const given = withPositional<NormOptions, 'p'>('norm', ['p', 'dim', 'keepdim'], 'p', p, options);
  if (!isFloating(self.dtype))
    throw new DTypeError('norm', `of ${self.dtype} there is no norm; convert with .to('float32')`);
  const dims = normalizeDims('norm', given.dim, self.ndim);
  const keepdim = given.keepdim ?? false;
  const keep = { keepdim };
  const order = given.p ?? 2;
  if (order === 2 || order === 'fro')
    return apply(norm, [self, p, options], {
      shape: reducedShape(self.shape, dims, keepdim),
      dtype: self.dtype,
      kernel: (out, a) => reduce(kernelFor('norm', k.norm, out.dtype), out, a, dims),
      save: (out, a) => [out, a],
      vjp: (grad, [out, a]) => {
        // x / norm would be 0 / 0 at the origin, where PyTorch's gradient is 0.
        const zero = out.detach().eq(0);
        const share = grad.div(zero.where(1, out));
        return [a.mul(restore(zero.where(0, share), dims, keepdim))];
      },
    });
  if (order === Number.POSITIVE_INFINITY) return self.abs().amax(dims, keep);
  if (order === Number.NEGATIVE_INFINITY) return self.abs().amin(dims, keep);
  if (order === 0) return self.ne(0).sum(dims, keep).to(self.dtype);
  if (order === 1) return self.abs().sum(dims, keep);
  return self
    .abs()
    .pow(order)
    .sum(dims, keep)
    .pow(1 / order);
}

/** Sums a gradient down to the shape it was broadcast from. */
export function sumToSize(self: Tensor, shape: Shape): Tensor {
  const lead = self.ndim - shape.length;
  const dims = self.shape.map((_, i) => i).filter((i) => i < lead || (shape[i - lead] === 1 && self.shape[i] !== 1));
  if (dims.length === 0) return self.shape.length === shape.length ? self : self.reshape(shape);
  return inNameOf('sumToSize', () => self.sum(dims, { keepdim: true }).reshape(shape));
}
