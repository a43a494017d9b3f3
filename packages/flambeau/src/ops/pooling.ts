import { ArgumentError, ShapeError } from '../errors.js';
import { numelOf } from '../tensor/shape.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import { batched, checkExamples, type Pair, pairOf, type Single, singleOf } from './geometry.js';
import { checkOptions } from './options.js';
import { bestOf, poolAverage, pooledShape, poolMax, type Rank, windowOf } from './pools.js';

interface Windowed<Size> {
  /** Step of the window. Default: its size. */
  stride?: Size | null;
  /** Pixels around the input, which no maximum chooses. Default 0. */
  padding?: Size;
  /** Count windows that only begin inside the input. Default false. */
  ceilMode?: boolean;
}

interface MaxOptions<Size> extends Windowed<Size> {
  /** Distance of neighbouring pixels of the window. Default 1. */
  dilation?: Size;
  /** Answer `{ values, indices }`, with each winner's place: y · W + x in pictures. Default false. */
  returnIndices?: boolean;
}

interface AvgOptions<Size> extends Windowed<Size> {
  /** Divide by the window's size with its padding. Default true. */
  countIncludePad?: boolean;
}

export type MaxPool1dOptions = MaxOptions<Single>;
export type MaxPool2dOptions = MaxOptions<Pair>;
export type AvgPool1dOptions = AvgOptions<Single>;
export interface AvgPool2dOptions extends AvgOptions<Pair> {
  /** Divide by this number instead. */
  divisorOverride?: number | null;
}
/** Ask for the winners' places too. */
export interface WithIndices {
  returnIndices?: boolean;
}

function largest(op: string, rank: Rank, input: Tensor, kernelSize: Pair, options: MaxPool2dOptions | undefined) {
  checkOptions(op, options, ['stride', 'padding', 'dilation', 'ceilMode', 'returnIndices']);
  checkExamples(op, input, rank);
  const window = windowOf(op, kernelSize, options, rank);
  const batch = input.ndim === rank + 2;
  const x = batch ? input : input.unsqueeze(0);
  return bestOf(poolMax(x, pooledShape(op, x.shape, window), window), batch, options?.returnIndices === true);
}

/**
 * The largest number of each window of signals (N, C, L) or (C, L); the first of equals wins, and a NaN over all.
 * @example nn.functional.maxPool1d(x, 2)
 */
export function maxPool1d(
  input: Tensor,
  kernelSize: Single,
  options: MaxPool1dOptions & { returnIndices: true },
): ValuesAndIndices;
export function maxPool1d(input: Tensor, kernelSize: Single, options?: MaxPool1dOptions): Tensor;
export function maxPool1d(input: Tensor, kernelSize: Single, options?: MaxPool1dOptions): Tensor | ValuesAndIndices {
  return largest('maxPool1d', 1, input, kernelSize, options);
}

/**
 * The largest number of each window of pictures (N, C, H, W) or (C, H, W); the first of equals wins, and a NaN over all.
 * @example nn.functional.maxPool2d(x, 2)
 */
export function maxPool2d(
  input: Tensor,
  kernelSize: Pair,
  options: MaxPool2dOptions & { returnIndices: true },
): ValuesAndIndices;
export function maxPool2d(input: Tensor, kernelSize: Pair, options?: MaxPool2dOptions): Tensor;
export function maxPool2d(input: Tensor, kernelSize: Pair, options?: MaxPool2dOptions): Tensor | ValuesAndIndices {
  return largest('maxPool2d', 2, input, kernelSize, options);
}

function average(op: string, rank: Rank, input: Tensor, kernelSize: Pair, options: AvgPool2dOptions = {}): Tensor {
  const { countIncludePad = true, divisorOverride = null, ...rest } = options;
  if (divisorOverride === 0) throw new ArgumentError(op, 'divisorOverride 0 would divide by zero');
  const window = windowOf(op, kernelSize, rest, rank);
  const extra = [...window.size, ...window.stride, ...window.padding, countIncludePad ? 1 : 0, divisorOverride ?? 0];
  return batched(op, input, (x) => poolAverage(x, 'avg_pool2d', pooledShape(op, x.shape, window), extra), rank);
}

/** The average of each window of signals (N, C, L) or (C, L). */
export function avgPool1d(input: Tensor, kernelSize: Single, options?: AvgPool1dOptions): Tensor {
  checkOptions('avgPool1d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad']);
  return average('avgPool1d', 1, input, kernelSize, options);
}

/** The average of each window of pictures (N, C, H, W) or (C, H, W). */
export function avgPool2d(input: Tensor, kernelSize: Pair, options?: AvgPool2dOptions): Tensor {
  checkOptions('avgPool2d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad', 'divisorOverride']);
  return average('avgPool2d', 2, input, kernelSize, options);
}

/** A height and a width; null keeps the input's. */
export type AdaptiveSize = number | readonly [height: number | null, width: number | null];

/** The shape of an adaptive pool's result. */
function adaptiveShape(op: string, rank: Rank, x: Tensor, outputSize: AdaptiveSize | Single): number[] {
  const [n, c] = x.shape;
  if (rank === 1) return [n, c, singleOf(op, 'outputSize', outputSize as Single, 1, 1)[1]];
  const wanted = typeof outputSize === 'number' ? [outputSize, outputSize] : outputSize;
  return [n, c, ...pairOf(op, 'outputSize', [wanted[0] ?? x.shape[2], wanted[1] ?? x.shape[3]], 1)];
}

/** Averages over windows laid so that the signal (N, C, L) or (C, L) gets the given length. */
export function adaptiveAvgPool1d(input: Tensor, outputSize: Single): Tensor {
  const op = 'adaptiveAvgPool1d';
  return batched(op, input, (x) => poolAverage(x, 'adaptive_avg_pool2d', adaptiveShape(op, 1, x, outputSize), []), 1);
}

/** Averages over windows laid so that the picture (N, C, H, W) or (C, H, W) gets the given size. */
export function adaptiveAvgPool2d(input: Tensor, outputSize: AdaptiveSize): Tensor {
  const op = 'adaptiveAvgPool2d';
  return batched(op, input, (x) => poolAverage(x, 'adaptive_avg_pool2d', adaptiveShape(op, 2, x, outputSize), []));
}

function adaptiveLargest(op: string, rank: Rank, input: Tensor, size: AdaptiveSize | Single, options?: WithIndices) {
  checkOptions(op, options, ['returnIndices']);
  checkExamples(op, input, rank);
  const batch = input.ndim === rank + 2;
  const x = batch ? input : input.unsqueeze(0);
  return bestOf(poolMax(x, adaptiveShape(op, rank, x, size), null), batch, options?.returnIndices === true);
}

/** The largest numbers of windows laid so that the signal (N, C, L) or (C, L) gets the given length. */
export function adaptiveMaxPool1d(
  input: Tensor,
  outputSize: Single,
  options: { returnIndices: true },
): ValuesAndIndices;
export function adaptiveMaxPool1d(input: Tensor, outputSize: Single, options?: WithIndices): Tensor;
export function adaptiveMaxPool1d(input: Tensor, outputSize: Single, options?: WithIndices): Tensor | ValuesAndIndices {
  return adaptiveLargest('adaptiveMaxPool1d', 1, input, outputSize, options);
}

/** The largest numbers of windows laid so that the picture (N, C, H, W) or (C, H, W) gets the given size. */
export function adaptiveMaxPool2d(
  input: Tensor,
  outputSize: AdaptiveSize,
  options: { returnIndices: true },
): ValuesAndIndices;
export function adaptiveMaxPool2d(input: Tensor, outputSize: AdaptiveSize, options?: WithIndices): Tensor;
export function adaptiveMaxPool2d(
  input: Tensor,
  outputSize: AdaptiveSize,
  options?: WithIndices,
): Tensor | ValuesAndIndices {
  return adaptiveLargest('adaptiveMaxPool2d', 2, input, outputSize, options);
}

interface UnpoolOptions<Size> {
  /** Step of the window that pooled. Default: its size. */
  stride?: Size | null;
  /** Its padding. Default 0. */
  padding?: Size;
  /** The size of what was pooled, where several are possible: the last sizes, or all. */
  outputSize?: readonly number[] | null;
}
export type MaxUnpool1dOptions = UnpoolOptions<Single>;
export type MaxUnpool2dOptions = UnpoolOptions<Pair>;

function unpool(
  op: string,
  rank: Rank,
  input: Tensor,
  indices: Tensor,
  kernelSize: Pair,
  options: MaxUnpool2dOptions | undefined,
): Tensor {
  checkOptions(op, options, ['stride', 'padding', 'outputSize']);
  checkExamples(op, input, rank);
  const { outputSize, ...rest } = options ?? {};
  const { size, stride, padding } = windowOf(op, kernelSize, rest, rank);
  const pooled = input.shape.slice(-rank);
  const least = pooled.map((count, i) => {
    const at = i + 2 - rank;
    return (count - 1) * stride[at] - 2 * padding[at] + size[at];
  });
  if (outputSize && outputSize.length !== rank && outputSize.length !== rank + 2)
    throw new ArgumentError(op, `outputSize has ${rank} or ${rank + 2} numbers, not [${outputSize.join(', ')}]`);
  const full = outputSize?.slice(-rank) ?? least;
  if (full.some((pixels, i) => Math.abs(pixels - least[i]) >= stride[i + 2 - rank]))
    throw new ArgumentError(op, `outputSize [${full.join(', ')}] is not what was pooled: about [${least.join(', ')}]`);
  if (indices.shape.join() !== input.shape.join())
    throw new ShapeError(op, 'there must be one index for each number', input.shape, indices.shape);
  const leading = input.shape.slice(0, -rank);
  const flat = (tensor: Tensor): Tensor => tensor.reshape([...leading, numelOf(pooled)]);
  return input
    .newZeros([...leading, numelOf(full)])
    .scatter(leading.length, flat(indices), flat(input))
    .reshape([...leading, ...full]);
}

/** Puts numbers back to where `maxPool1d` with `returnIndices` took them from, and zeros elsewhere. */
export function maxUnpool1d(input: Tensor, indices: Tensor, kernelSize: Single, options?: MaxUnpool1dOptions): Tensor {
  return unpool('maxUnpool1d', 1, input, indices, kernelSize, options);
}

/** Puts numbers back to where `maxPool2d` with `returnIndices` took them from, and zeros elsewhere. Zeiler & Fergus, 2014. */
export function maxUnpool2d(input: Tensor, indices: Tensor, kernelSize: Pair, options?: MaxUnpool2dOptions): Tensor {
  return unpool('maxUnpool2d', 2, input, indices, kernelSize, options);
}

interface PowerOptions<Size> {
  /** Step of the window. Default: its size. */
  stride?: Size | null;
  /** Count windows that only begin inside the input. Default false. */
  ceilMode?: boolean;
}
export type LPPool1dOptions = PowerOptions<Single>;
export type LPPool2dOptions = PowerOptions<Pair>;

/** The sum of the p-th powers from their average; of a negative sum the root of its size is taken, and the sign kept. */
function fromAverage(mean: Tensor, count: number, normType: number): Tensor {
  return mean
    .sign()
    .mul(mean.abs().relu())
    .mul(count)
    .pow(1 / normType);
}

/** The p-th root of the sum of the p-th powers of each window of signals (N, C, L) or (C, L). */
export function lpPool1d(input: Tensor, normType: number, kernelSize: number, options?: LPPool1dOptions): Tensor {
  checkOptions('lpPool1d', options, ['stride', 'ceilMode']);
  return fromAverage(average('lpPool1d', 1, input.pow(normType), kernelSize, options), kernelSize, normType);
}

/** The p-th root of the sum of the p-th powers of each window of pictures (N, C, H, W) or (C, H, W). */
export function lpPool2d(input: Tensor, normType: number, kernelSize: Pair, options?: LPPool2dOptions): Tensor {
  checkOptions('lpPool2d', options, ['stride', 'ceilMode']);
  const [height, width] = pairOf('lpPool2d', 'kernelSize', kernelSize, 1);
  return fromAverage(average('lpPool2d', 2, input.pow(normType), kernelSize, options), height * width, normType);
}
