import { engine, type Place } from '@flambeau/kernels';
import { ArgumentError, DTypeError } from '../errors.js';
import { dtypes, isFloating } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { applyInPlace } from './apply-in-place.js';
import { allocate, cast, copyInto, kernelFor, packed } from './elementwise.js';
import { defaultGenerator, type Generator } from './generator.js';
import { checkOptions, withPositional } from './options.js';
import { emptyInOrderOf, inverse, memoryOrder } from './order.js';

const k = engine.kernels;

export interface GeneratorOptions {
  /** The stream to draw from. Default: the default generator. */
  generator?: Generator | null;
}

/** How a kernel draws `count` numbers to a place that has room for them side by side. */
type Draw = (place: Place, count: number) => void;

/**
 * Fills with fresh numbers; what was there, and its gradient, is gone. As in PyTorch they are drawn in the order in which the elements
 * lie in memory. `parameters` are those of the kernel.
 */
function drawn(self: Tensor, op: string, family: object, parameters: readonly number[], generator: Generator): Tensor {
  return apply(drawn, [self, op, family, parameters, generator], {
    shape: self.shape,
    dtype: self.dtype,
    elementwise: true,
    kernel: (out, target) => {
      const kernel = kernelFor(op, family, out.dtype);
      const draw: Draw = (place, count) => kernel(place, generator.place, count, ...parameters);
      const order = memoryOrder(target);
      const nested = order === null ? out : allocate(target.permute(order).shape, out.dtype);
      if (family === k.normal && !target.isContiguous()) drawOneByOne(draw, nested);
      else draw(placeOf(nested), out.numel);
      if (order !== null) copyInto(out, nested.permute(inverse(order)));
    },
    vjp: (grad) => [grad.zerosLike()],
  });
}

/** Normal numbers in pieces too small for the blocks of sixteen in which PyTorch draws contiguous ones only. */
function drawOneByOne(draw: Draw, out: Tensor): void {
  const { bytes } = dtypes[out.dtype];
  for (let done = 0; done < out.numel; done += 15) draw(placeOf(out) + done * bytes, Math.min(15, out.numel - done));
}

function drawInto(
  self: Tensor,
  op: string,
  family: object,
  parameters: readonly number[],
  generator: Generator | null | undefined,
): Tensor {
  return applyInPlace(drawn as never, self, [op, family, parameters, generator ?? defaultGenerator()]);
}

export interface UniformOptions extends GeneratorOptions {
  /** Default 0. */
  from?: number;
  /** Default 1. */
  to?: number;
}

/** Fills with numbers spread evenly over [from, to). */
export function uniform_(
  self: Tensor,
  from?: number | UniformOptions,
  to?: number | UniformOptions,
  options?: GeneratorOptions,
): Tensor {
  const given = twoPositional<UniformOptions>('uniform_', ['from', 'to', 'generator'], 'from', 'to', from, to, options);
  const { from: low = 0, to: high = 1, generator } = given;
  if (!(low <= high)) throw new ArgumentError('uniform_', `from ${low} must not exceed to ${high}`);
  return drawInto(self, 'uniform_', k.uniform, [low, high], generator);
}

export interface NormalOptions extends GeneratorOptions {
  /** Default 0. */
  mean?: number;
  /** Default 1. */
  std?: number;
}

/** Fills with normally distributed numbers. */
export function normal_(
  self: Tensor,
  mean?: number | NormalOptions,
  std?: number | NormalOptions,
  options?: GeneratorOptions,
): Tensor {
  const given = twoPositional<NormalOptions>(
    'normal_',
    ['mean', 'std', 'generator'],
    'mean',
    'std',
    mean,
    std,
    options,
  );
  const { mean: middle = 0, std: width = 1, generator } = given;
  if (!(width >= 0)) throw new ArgumentError('normal_', `std must not be negative, but is ${width}`);
  return drawInto(self, 'normal_', k.normal, [middle, width], generator);
}

/** Two defaulted numbers that may stand positionally before the options. */
function twoPositional<Options extends object>(
  op: string,
  known: readonly (keyof Options & string)[],
  first: keyof Options & string,
  second: keyof Options & string,
  a: unknown,
  b: unknown,
  options: object | undefined,
): Options {
  const rest = [a, b, options].find((value) => typeof value === 'object' && value !== null) as Options | undefined;
  checkOptions(op, rest, known);
  return {
    ...(rest ?? ({} as Options)),
    ...(typeof a === 'number' ? { [first]: a } : {}),
    ...(typeof b === 'number' ? { [second]: b } : {}),
  };
}

/** The kernel's word for all integers that the dtype holds exactly. */
const ALL = 0;

/** Fills with integers: `random_(to)` from 0, `random_(from, to)`; without bounds all that the dtype holds. */
export function random_(
  self: Tensor,
  from?: number | GeneratorOptions,
  to?: number | GeneratorOptions,
  options?: GeneratorOptions,
): Tensor {
  const bounds = [from, to].filter((value): value is number => typeof value === 'number');
  const rest = [from, to, options].find((value) => typeof value === 'object') as GeneratorOptions | undefined;
  checkOptions('random_', rest, ['generator']);
  const [low, high] = bounds.length === 2 ? bounds : [0, bounds[0] ?? ALL];
  if (bounds.length > 0 && !(low < high))
    throw new ArgumentError('random_', `from ${low} must be less than to ${high}`);
  return drawInto(self, 'random_', k.random, [low, high - low], rest?.generator);
}

export interface BernoulliOptions extends GeneratorOptions {
  /** The probability of a one. */
  p?: number;
}

function checkProbability(op: string, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError(op, `a probability lies between 0 and 1, but p is ${p}`);
  return p;
}

/** Fills with ones, each with probability `p` (0.5, a number or a tensor of them), and zeros. */
export function bernoulli_(self: Tensor, p?: number | Tensor | BernoulliOptions, options?: GeneratorOptions): Tensor {
  if (isTensor(p)) {
    const order = memoryOrder(self) ?? self.shape.map((_, dim) => dim);
    self.permute(order).copy_(bernoulli(p.expand(self.shape).permute(order), options));
    return self;
  }
  const given = withPositional<BernoulliOptions, 'p'>('bernoulli_', ['p', 'generator'], 'p', p, options);
  return drawInto(self, 'bernoulli_', k.bernoulli, [checkProbability('bernoulli_', given.p ?? 0.5)], given.generator);
}

/** Ones and zeros: each a one with the probability that stands at its place, or with `p` everywhere. */
export function bernoulli(self: Tensor, p?: number | BernoulliOptions, options?: GeneratorOptions): Tensor {
  const given = withPositional<BernoulliOptions, 'p'>('bernoulli', ['p', 'generator'], 'p', p, options);
  if (given.p !== undefined)
    return emptyInOrderOf(self).bernoulli_(checkProbability('bernoulli', given.p), { generator: given.generator });
  if (!isFloating(self.dtype)) throw new DTypeError('bernoulli', `probabilities are floating-point, not ${self.dtype}`);
  const generator = given.generator ?? defaultGenerator();
  return apply(bernoulli, [self, p, options], {
    shape: self.shape,
    dtype: self.dtype,
    kernel: (out, a) => {
      const probabilities = packed(cast(a, out.dtype));
      void probabilities.storage.place;
      const kernel = kernelFor('bernoulli', k.bernoulli_each, out.dtype);
      kernel(placeOf(out), placeOf(probabilities), generator.place, out.numel);
    },
    vjp: (grad) => [grad.zerosLike()],
  });
}

export interface DropoutOptions extends GeneratorOptions {
  /** The probability of a zero. Default 0.5. */
  p?: number;
  /** Whether to drop at all. Default true. */
  training?: boolean;
}

/** Zeros some elements at random and scales the others by 1 / (1 − p), so that the expectation stays. */
export function dropout(self: Tensor, p?: number | DropoutOptions, options?: Omit<DropoutOptions, 'p'>): Tensor {
  const given = withPositional<DropoutOptions, 'p'>('dropout', ['p', 'training', 'generator'], 'p', p, options);
  const { p: rate = 0.5, training = true, generator = null } = given;
  checkProbability('dropout', rate);
  if (!training || rate === 0) return self;
  if (rate === 1) return self.mul(self.detach().zerosLike());
  const noise = emptyInOrderOf(self)
    .bernoulli_(1 - rate, { generator })
    .div_(1 - rate);
  const { channels } = self.storage;
  if (channels !== null && self.isWhole) noise.storage.toChannelsLast(channels);
  return self.mul(noise);
}
