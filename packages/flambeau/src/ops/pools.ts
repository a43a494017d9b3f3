import { engine } from '@flambeau/kernels';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { channelsLast, channelsLastOrder, rawPlaceOf } from './channels.js';
import { kernelFor } from './elementwise.js';
import { type Pair, pairOf, poolExtents, singleOf, type Window } from './geometry.js';
import { BehindMaximum, rectifiedNorm } from './joined.js';

/** What the pools are made of. Signals (N, C, L) are pictures of height 1, and so are their windows. */

const k = engine.kernels;

/** One for signals, two for pictures: how many sizes lie behind N and C. */
export type Rank = 1 | 2;

/** The options of a pool as they are given: pairs, or for signals single numbers. */
export interface WindowOptions {
  stride?: Pair | null;
  padding?: Pair;
  dilation?: Pair;
  ceilMode?: boolean;
}

export function windowOf(op: string, kernelSize: Pair, options: WindowOptions | undefined, rank: Rank = 2): Window {
  const read = (name: string, value: Pair, least: number, height: number): readonly [number, number] =>
    rank === 1 ? singleOf(op, name, value, least, height) : pairOf(op, name, value, least);
  const size = read('kernelSize', kernelSize, 1, 1);
  const padding = read('padding', options?.padding ?? 0, 0, 0);
  if (padding.some((pixels, i) => pixels > size[i] / 2))
    throw new ArgumentError(
      op,
      `padding [${padding.slice(2 - rank).join(', ')}] is more than half the window [${size.slice(2 - rank).join(', ')}]`,
    );
  return {
    size,
    padding,
    stride: read('stride', options?.stride ?? kernelSize, 1, 1),
    dilation: read('dilation', options?.dilation ?? 1, 1, 1),
    ceilMode: options?.ceilMode ?? false,
  };
}

export function pooledShape(op: string, input: Shape, window: Window): Shape {
  const skipped = 4 - input.length; // a signal has no height
  const size = (pixels: number, dim: number): number => {
    const i = dim + skipped;
    const { [i]: stride } = window.stride;
    const reach = pixels + 2 * window.padding[i] - window.dilation[i] * (window.size[i] - 1) - 1;
    const count = Math.floor((reach + (window.ceilMode ? stride - 1 : 0)) / stride) + 1;
    // The last window must begin inside the input or the padding before it.
    return window.ceilMode && (count - 1) * stride >= pixels + window.padding[i] ? count - 1 : count;
  };
  const sizes = input.slice(2).map(size);
  if (sizes.some((pixels) => pixels < 1))
    throw new ShapeError(op, `a window [${window.size.slice(skipped).join(', ')}] does not fit the input`, input);
  return [input[0], input[1], ...sizes];
}

/** Values and, channels-last as the kernel writes them, the winners in int32. Without a window the pool is adaptive. */
export function poolMax(input: Tensor, shape: Shape, window: Window | null): Tensor[] {
  return applyMany(poolMax, [input, shape, window], {
    outputs: [
      { shape, dtype: input.dtype, channels: channelsLastOrder(shape) },
      { shape: [shape[0], ...shape.slice(2), shape[1]], dtype: 'int32' },
    ],
    kernel: ([best, winners], x) => {
      const norm = window === null ? null : rectifiedNorm(x);
      const pixels = channelsLast(norm === null ? x : norm.x);
      const places = [rawPlaceOf(best), placeOf(winners), rawPlaceOf(pixels)];
      const sizes = poolExtents(x.shape, shape);
      if (window === null) {
        kernelFor('adaptiveMaxPool2d', k.adaptive_max_pool2d, x.dtype)(...places, ...sizes);
        return;
      }
      sizes.push(...window.size, ...window.stride, ...window.padding, ...window.dilation);
      if (norm === null) {
        kernelFor('maxPool2d', k.max_pool2d, x.dtype)(...places, ...sizes);
      } else {
        places.push(placeOf(norm.mean), placeOf(norm.scale), placeOf(norm.shift));
        kernelFor('maxPool2d', k.batch_norm_relu_max_pool2d, x.dtype)(...places, ...sizes);
      }
    },
    save: ([, winners], x) => [winners, x.shape] as const,
    vjp: ([grad], [winners, full]) => [toWinners(grad as Tensor, winners, full, window)],
  });
}

/** The answer of a maximum with `returnIndices`, or without. */
export function bestOf(
  [best, winners]: readonly Tensor[],
  batch: boolean,
  indices: boolean,
): Tensor | ValuesAndIndices {
  const values = batch ? best : best.squeeze(0);
  if (!indices) return values;
  const last = winners.ndim - 1;
  const order = winners.shape.map((_, dim) => (dim === 0 ? 0 : dim === 1 ? last : dim - 1));
  const places = winners.permute(order).to('int64');
  return { values, indices: batch ? places : places.squeeze(0) };
}

/** Each output's number added at its winner. */
function toWinners(grad: Tensor, winners: Tensor, shape: Shape, window: Window | null): Tensor {
  return apply(toWinners, [grad, winners, shape, window], {
    shape,
    dtype: grad.dtype,
    channels: channelsLastOrder(shape),
    kernel: (dx, g, at) => dx.storage.defer(new BehindMaximum(g, at, shape, window)),
    save: (_dx, g, at) => [at, g.shape] as const,
    vjp: (outer, [at, pooled]) => [fromWinners(outer, at, pooled, window), null],
  });
}

/** For each output the number at its winner. */
function fromWinners(input: Tensor, winners: Tensor, shape: Shape, window: Window | null): Tensor {
  return apply(fromWinners, [input, winners, shape, window], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x, at) => {
      const pixels = channelsLast(x);
      const kernel = kernelFor('maxPool2d', k.max_pool2d_gather, out.dtype);
      kernel(rawPlaceOf(out), rawPlaceOf(pixels), placeOf(at), ...poolExtents(x.shape, shape));
    },
    save: (_out, x, at) => [at, x.shape] as const,
    vjp: (grad, [at, full]) => [toWinners(grad, at, full, window), null],
  });
}

type PoolFamily = 'avg_pool2d' | 'adaptive_avg_pool2d';

/** Averages, with `extra` parameters behind the sizes; and, as a pair of linear maps that are each other's transpose, their gradient. */
export function poolAverage(input: Tensor, family: PoolFamily, shape: Shape, extra: readonly number[]): Tensor {
  return apply(poolAverage, [input, family, shape, extra], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x) => {
      const pixels = channelsLast(x);
      kernelFor('avgPool2d', k[family], out.dtype)(
        rawPlaceOf(out),
        rawPlaceOf(pixels),
        ...poolExtents(x.shape, shape),
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
        ...poolExtents(shape, g.shape),
        ...extra,
      );
    },
    save: (_dx, g) => [g.shape] as const,
    vjp: (outer, [pooled]) => [poolAverage(outer, family, pooled, extra)],
  });
}
