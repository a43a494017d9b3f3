import { engine } from '@flambeau/kernels';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { channelsLast, channelsLastOrder, rawPlaceOf } from './channels.js';
import { kernelFor } from './elementwise.js';
import { batched, checkExamples, type Pair, pairOf, picturesOf } from './geometry.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

export interface PoolOptions {
  /** Step of the window. Default: its size. */
  stride?: Pair | null;
  /** Pixels around the input, which no maximum chooses. Default 0. */
  padding?: Pair;
  /** Count windows that only begin inside the input. Default false. */
  ceilMode?: boolean;
}

export interface MaxPool2dOptions extends PoolOptions {
  /** Distance of neighbouring pixels of the window. Default 1. */
  dilation?: Pair;
  /** Answer `{ values, indices }`, with each winner's place y · W + x. Default false. */
  returnIndices?: boolean;
}

export interface AvgPool2dOptions extends PoolOptions {
  /** Divide by the window's size with its padding. Default true. */
  countIncludePad?: boolean;
  /** Divide by this number instead. */
  divisorOverride?: number | null;
}

/** A window that moves over pictures. */
interface Window {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly ceilMode: boolean;
}

function windowOf(op: string, kernelSize: Pair, options: MaxPool2dOptions | undefined): Window {
  const size = pairOf(op, 'kernelSize', kernelSize, 1);
  const padding = pairOf(op, 'padding', options?.padding ?? 0, 0);
  if (padding.some((pixels, i) => pixels > size[i] / 2))
    throw new ArgumentError(op, `padding [${padding.join(', ')}] is more than half the window [${size.join(', ')}]`);
  return {
    size,
    padding,
    stride: pairOf(op, 'stride', options?.stride ?? kernelSize, 1),
    dilation: pairOf(op, 'dilation', options?.dilation ?? 1, 1),
    ceilMode: options?.ceilMode ?? false,
  };
}

function pooledShape(op: string, input: Shape, window: Window): Shape {
  const size = (i: 0 | 1): number => {
    const { [i]: stride } = window.stride;
    const reach = input[i + 2] + 2 * window.padding[i] - window.dilation[i] * (window.size[i] - 1) - 1;
    const count = Math.floor((reach + (window.ceilMode ? stride - 1 : 0)) / stride) + 1;
    // The last window must begin inside the input or the padding before it.
    return window.ceilMode && (count - 1) * stride >= input[i + 2] + window.padding[i] ? count - 1 : count;
  };
  const out = [input[0], input[1], size(0), size(1)];
  if (out[2] < 1 || out[3] < 1)
    throw new ShapeError(op, `a window [${window.size.join(', ')}] does not fit the input`, input);
  return out;
}

/** n, h, w, c, oh, ow: the sizes that all pooling kernels take. */
function extents(input: Shape, out: Shape): number[] {
  const { n, c, h, w } = picturesOf(input);
  return [n, h, w, c, out[2], out[3]];
}

/** Values (N, C, OH, OW) and, channels-last as the kernel writes them, the winners (N, OH, OW, C) in int32. */
function poolMax(input: Tensor, window: Window): Tensor[] {
  const shape = pooledShape('maxPool2d', input.shape, window);
  return applyMany(poolMax, [input, window], {
    outputs: [
      { shape, dtype: input.dtype, channels: channelsLastOrder(shape) },
      { shape: [shape[0], shape[2], shape[3], shape[1]], dtype: 'int32' },
    ],
    kernel: ([best, winners], x) => {
      const pixels = channelsLast(x);
      const kernel = kernelFor('maxPool2d', k.max_pool2d, x.dtype);
      const { size, stride, padding, dilation } = window;
      kernel(
        rawPlaceOf(best),
        placeOf(winners),
        rawPlaceOf(pixels),
        ...extents(x.shape, shape),
        ...size,
        ...stride,
        ...padding,
        ...dilation,
      );
    },
    save: ([, winners], x) => [winners, x.shape] as const,
    vjp: ([grad], [winners, full]) => [toWinners(grad as Tensor, winners, full)],
  });
}

/** Each output's number added at its winner. */
function toWinners(grad: Tensor, winners: Tensor, shape: Shape): Tensor {
  return apply(toWinners, [grad, winners, shape], {
    shape,
    dtype: grad.dtype,
    channels: channelsLastOrder(shape),
    kernel: (dx, g, at) => {
      const slopes = channelsLast(g);
      const kernel = kernelFor('maxPool2d', k.max_pool2d_input_grad, dx.dtype);
      kernel(rawPlaceOf(dx), rawPlaceOf(slopes), placeOf(at), ...extents(shape, g.shape));
    },
    save: (_dx, g, at) => [at, g.shape] as const,
    vjp: (outer, [at, pooled]) => [fromWinners(outer, at, pooled), null],
  });
}

/** For each output the number at its winner. */
function fromWinners(input: Tensor, winners: Tensor, shape: Shape): Tensor {
  return apply(fromWinners, [input, winners, shape], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x, at) => {
      const pixels = channelsLast(x);
      const kernel = kernelFor('maxPool2d', k.max_pool2d_gather, out.dtype);
      kernel(rawPlaceOf(out), rawPlaceOf(pixels), placeOf(at), ...extents(x.shape, shape));
    },
    save: (_out, x, at) => [at, x.shape] as const,
    vjp: (grad, [at, full]) => [toWinners(grad, at, full), null],
  });
}

/**
 * The largest number of each window; the first of equals wins, and a NaN over all.
 * @example nn.functional.maxPool2d(x, 2)
 */
export function maxPool2d(
  input: Tensor,
  kernelSize: Pair,
  options: MaxPool2dOptions & { returnIndices: true },
): ValuesAndIndices;
export function maxPool2d(input: Tensor, kernelSize: Pair, options?: MaxPool2dOptions): Tensor;
export function maxPool2d(input: Tensor, kernelSize: Pair, options?: MaxPool2dOptions): Tensor | ValuesAndIndices {
  checkOptions('maxPool2d', options, ['stride', 'padding', 'dilation', 'ceilMode', 'returnIndices']);
  checkExamples('maxPool2d', input, 2);
  const window = windowOf('maxPool2d', kernelSize, options);
  const [best, winners] = poolMax(input.ndim === 3 ? input.unsqueeze(0) : input, window);
  const values = input.ndim === 3 ? best.squeeze(0) : best;
  if (options?.returnIndices !== true) return values;
  const indices = winners.permute(0, 3, 1, 2).to('int64');
  return { values, indices: input.ndim === 3 ? indices.squeeze(0) : indices };
}

type PoolFamily = 'avg_pool2d' | 'adaptive_avg_pool2d';

/** Averages, with `extra` parameters behind the sizes; and, as a pair of linear maps that are each other's transpose, their gradient. */
function poolAverage(input: Tensor, family: PoolFamily, shape: Shape, extra: readonly number[]): Tensor {
  return apply(poolAverage, [input, family, shape, extra], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x) => {
      const pixels = channelsLast(x);
      kernelFor('avgPool2d', k[family], out.dtype)(
        rawPlaceOf(out),
        rawPlaceOf(pixels),
        ...extents(x.shape, shape),
        ...extra,
      );
    },
    save: (_out, x) => [x.shape] as const,
    vjp: (grad, [full]) => [spreadAverage(grad, family, full, extra)],
  });
}

function spreadAverage(grad: Tensor, family: PoolFamily, shape: Shape, extra: readonly number[]): Tensor {
  return apply(spreadAverage, [grad, family, shape, extra], {
    shape,
    dtype: grad.dtype,
    channels: channelsLastOrder(shape),
    kernel: (dx, g) => {
      const slopes = channelsLast(g);
      kernelFor('avgPool2d', k[`${family}_input_grad`], dx.dtype)(
        rawPlaceOf(dx),
        rawPlaceOf(slopes),
        ...extents(shape, g.shape),
        ...extra,
      );
    },
    save: (_dx, g) => [g.shape] as const,
    vjp: (outer, [pooled]) => [poolAverage(outer, family, pooled, extra)],
  });
}

/** The average of each window. */
export function avgPool2d(input: Tensor, kernelSize: Pair, options?: AvgPool2dOptions): Tensor {
  checkOptions('avgPool2d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad', 'divisorOverride']);
  const { countIncludePad = true, divisorOverride = null, ...rest } = options ?? {};
  if (divisorOverride === 0) throw new ArgumentError('avgPool2d', 'divisorOverride 0 would divide by zero');
  const window = windowOf('avgPool2d', kernelSize, rest);
  const extra = [...window.size, ...window.stride, ...window.padding, countIncludePad ? 1 : 0, divisorOverride ?? 0];
  return batched('avgPool2d', input, (x) =>
    poolAverage(x, 'avg_pool2d', pooledShape('avgPool2d', x.shape, window), extra),
  );
}

/** Averages over windows laid so that the output has the given size; null keeps the input's. */
export function adaptiveAvgPool2d(
  input: Tensor,
  outputSize: number | readonly [height: number | null, width: number | null],
): Tensor {
  return batched('adaptiveAvgPool2d', input, (x) => {
    const wanted = typeof outputSize === 'number' ? [outputSize, outputSize] : outputSize;
    const size = pairOf('adaptiveAvgPool2d', 'outputSize', [wanted[0] ?? x.shape[2], wanted[1] ?? x.shape[3]], 1);
    return poolAverage(x, 'adaptive_avg_pool2d', [x.shape[0], x.shape[1], ...size], []);
  });
}
