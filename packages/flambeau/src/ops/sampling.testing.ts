import type { DType } from '../tensor/dtype.js';
import { numelOf, type Shape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import type { Op } from './apply.js';
import { tensor } from './creation.js';

/** The parts of the harness that a sample may be excused from. */
export type Check = 'value' | 'gradient' | 'differences' | 'second' | 'inPlace' | 'strided' | 'float64';

/** Arguments of an op with what is special about them. */
export interface Case<Args extends readonly unknown[]> {
  readonly args: Args;
  /** Relative tolerance against PyTorch in float32. Default 1e-5; 0 asks for the same bits in every dtype. */
  readonly tolerance?: number;
  /** Which of the floating-point tensors, counted in order, have no gradient: class weights, running statistics. */
  readonly constant?: readonly number[];
  /** Checks that do not apply, each with the reason. */
  readonly skip?: { readonly [C in Check]?: string };
}

type ArgsOf<F> = F extends (...args: infer Args) => unknown ? readonly [...Args] : never;
type Sample<Args extends readonly unknown[]> = Args | Case<Args>;

/**
 * Samples of a family, typed by its ops: an op without samples does not compile. `Overloads` names the arguments of
 * ops whose last signature is not all of them.
 */
export type Samples<Family, Overloads = unknown> = {
  readonly [Name in keyof Family as Family[Name] extends Op ? Name : never]: readonly Sample<
    ArgsOf<Family[Name]> | (Name extends keyof Overloads ? Overloads[Name] & readonly unknown[] : never)
  >[];
};

/** A wrong call: the arguments, the error that they must raise, and its whole message (`op: fact (values): cure`). */
export type ErrorSample<Args extends readonly unknown[] = readonly unknown[]> = readonly [
  args: Args,
  error: string,
  message: string,
];

/** Wrong calls of a family, typed by its ops; what the compiler refuses too stands there `as never`. */
export type ErrorSamples<Family, Overloads = unknown> = {
  readonly [Name in keyof Samples<Family, Overloads>]?: readonly ErrorSample<
    ArgsOf<Family[Name]> | (Name extends keyof Overloads ? Overloads[Name] & readonly unknown[] : never)
  >[];
};

/** Numbers that look random and are the same on every machine (Lehmer's generator), in [0, 1). */
function* uniforms(start: number): Generator<number> {
  let state = start;
  for (;;) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

/** Each sample's numbers depend on its shape and `seed` alone, so that adding one changes no other. */
function made(shape: Shape, seed: number, dtype: DType, map: (u: number) => number | boolean): Tensor {
  const source = uniforms(1 + seed * 7919 + shape.reduce((h, size) => h * 31 + size, 17));
  source.next(); // the first number is still close to the seed
  const values = Array.from({ length: numelOf(shape) }, () => map(source.next().value as number));
  return tensor(values, { dtype }).view(shape);
}

const eighths = (u: number, low: number, high: number): number => Math.round((low + u * (high - low)) * 4096) / 4096;

/** Numbers in [low, high), exact in float32 so that float64 has the same. */
export const numbers = (shape: Shape, low = -2, high = 2, seed = 1): Tensor =>
  made(shape, seed, 'float32', (u) => eighths(u, low, high));

/** Whole numbers in [low, high). */
export const integers = (shape: Shape, low = -5, high = 6, dtype: DType = 'int64', seed = 1): Tensor =>
  made(shape, seed, dtype, (u) => Math.floor(low + u * (high - low)));

/** Truth values. */
export const truths = (shape: Shape, seed = 1): Tensor => made(shape, seed, 'bool', (u) => u < 0.5);

/** Every element different from every other, in no order: for ops with kinks at ties. */
export function distinct(shape: Shape, seed = 1): Tensor {
  const n = numelOf(shape);
  const order = numbers([n], 0, 1, seed).toArray() as number[];
  const rank = order.map((_, i) => i).sort((a, b) => order[a] - order[b] || a - b);
  const values = new Array<number>(n);
  rank.forEach((at, i) => {
    values[at] = (i - n / 2 + 0.25) / 4;
  });
  return tensor(values, { dtype: 'float32' }).view(shape);
}

/** The numbers at which formulas break. */
export const extremes = (): Tensor =>
  tensor([Number.NaN, Infinity, -Infinity, 0, -0, 1e-30, -1e-30, 3e38, -3e38, 1, -1, 88.5, -100, 0.5, 1.5, -0.5], {
    dtype: 'float32',
  });

/** The same elements with gaps between them in memory. */
export function strided(dense: Tensor): Tensor {
  if (dense.ndim === 0) return dense;
  const filler = dense.zerosLike();
  const wide = dense
    .unsqueeze(-1)
    .expand([...dense.shape, 2])
    .clone();
  wide.select(-1, 1).copy_(filler);
  return wide.select(-1, 0);
}

/** All tensors among arguments, in order. */
export function tensorsIn(value: unknown, found: Tensor[] = []): Tensor[] {
  if (isTensor(value)) found.push(value);
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const item of Object.values(value)) tensorsIn(item, found);
  return found;
}

/** Arguments with every tensor replaced. */
export function mapTensors<T>(value: T, change: (tensor: Tensor) => Tensor): T {
  if (isTensor(value)) return change(value) as T;
  if (Array.isArray(value)) return value.map((item) => mapTensors(item, change)) as T;
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTensors(item, change)])) as T;
  return value;
}

/** One call that the harness makes. */
export interface Trial {
  readonly op: Op;
  readonly args: readonly unknown[];
  readonly double: boolean;
  readonly tolerance: number;
  readonly constant: readonly number[];
  readonly skip: { readonly [C in Check]?: string };
}

const isCase = (sample: object): sample is Case<readonly unknown[]> => !Array.isArray(sample) && 'args' in sample;

/** A family's samples, each also in float64. */
export function trialsOf(op: Op, samples: readonly Sample<readonly unknown[]>[]): Trial[] {
  return samples.flatMap((sample) => {
    const {
      args,
      tolerance = 1e-5,
      constant = [],
      skip = {},
    }: Case<readonly unknown[]> = isCase(sample) ? sample : { args: sample };
    const single: Trial = { op, args, double: false, tolerance, constant, skip };
    const floats = tensorsIn(args).some((input) => input.dtype === 'float32');
    if (!floats || skip.float64 !== undefined) return [single];
    const widened = mapTensors(args, (input) => (input.dtype === 'float32' ? toDouble(input) : input));
    return [single, { op, args: widened, double: true, tolerance: Math.min(tolerance, 1e-8), constant, skip }];
  });
}

/** In float64, lying in memory as the original does. */
function toDouble(input: Tensor): Tensor {
  const dense = input.to('float64');
  if (input.isContiguous() || input.ndim === 0) return dense;
  const order = input.strides.map((_, i) => i).sort((a, b) => input.strides[b] - input.strides[a] || a - b);
  const dead = input.strides.map((step, i) => (step === 0 && input.shape[i] > 1 ? 1 : input.shape[i]));
  const seen = dense.slice(0, {}).viewOf({ shape: dead, strides: dense.strides, offset: 0 });
  const packed = seen
    .permute(order)
    .clone()
    .permute(order.map((_, i) => order.indexOf(i)));
  return packed.expand(input.shape);
}
