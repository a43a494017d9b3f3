import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { channelsLast, channelsLastOrder, rawPlaceOf } from './channels.js';
import { kernelFor, packed } from './elementwise.js';
import { batched, type Pair, pairOf } from './geometry.js';
import { checkOptions } from './options.js';
import { pad } from './padding.js';

const k = engine.kernels;

export interface Conv2dOptions {
  /** One number for each output channel. Default: none. */
  bias?: Tensor | null;
  /** Step of the window. Default 1. */
  stride?: Pair;
  /** Zeros around the input; `'same'` keeps its size (for stride 1), `'valid'` is 0. Default 0. */
  padding?: Pair | 'same' | 'valid';
  /** Distance of neighbouring taps. Default 1. */
  dilation?: Pair;
  /** Into how many groups the channels fall that do not see each other. Default 1. */
  groups?: number;
}

/** What a convolution is besides its operands. */
interface Geometry {
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
}

/** The numbers behind the addresses of all three kernels. */
function sizes(x: Shape, out: Shape, weight: Shape, geometry: Geometry): number[] {
  const { stride, padding, dilation, groups } = geometry;
  return [
    x[0],
    x[2],
    x[3],
    x[1],
    out[2],
    out[3],
    out[1],
    weight[2],
    weight[3],
    ...stride,
    ...padding,
    ...dilation,
    groups,
  ];
}

/** A weight in row-major order. One that shares its memory with the activations is copied, for those are about to be reordered. */
function weightOf(weight: Tensor, activation: Tensor): Tensor {
  const dense = packed(weight);
  return dense.storage === activation.storage ? dense.detach().clone() : dense;
}

function outputShape(x: Shape, weight: Shape, { stride, padding, dilation }: Geometry): Shape {
  const size = (i: 0 | 1): number =>
    Math.floor((x[i + 2] + 2 * padding[i] - dilation[i] * (weight[i + 2] - 1) - 1) / stride[i]) + 1;
  return [x[0], weight[0], size(0), size(1)];
}

/** The convolution itself: bilinear in input and weight, so that each of the three primitives is a gradient of the other two. */
function convolve(input: Tensor, weight: Tensor, bias: Tensor | null, geometry: Geometry): Tensor {
  const shape = outputShape(input.shape, weight.shape, geometry);
  return apply(convolve, [input, weight, bias, geometry], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x, w, b) => {
      const taps = weightOf(w, x);
      const offsets = b === null ? null : packed(b);
      const pixels = channelsLast(x);
      void taps.storage.place;
      void offsets?.storage.place;
      kernelFor('conv2d', k.conv2d_forward, out.dtype)(
        rawPlaceOf(out),
        rawPlaceOf(pixels),
        placeOf(taps),
        offsets === null ? 0 : placeOf(offsets),
        ...sizes(x.shape, out.shape, w.shape, geometry),
      );
    },
    save: (_out, x, w, b) => [x, w, b !== null] as const,
    vjp: (grad, [x, w, hasBias], needs) => {
      const dx = needs[0] ? inputGrad(grad, w, x.shape, geometry) : null;
      const wantsBias = hasBias && needs[2];
      if (needs[1]) return [dx, ...weightGrad(grad, x, w.shape, geometry, wantsBias)];
      return [dx, null, wantsBias ? grad.sum([0, 2, 3]) : null];
    },
  });
}

function inputGrad(grad: Tensor, weight: Tensor, shape: Shape, geometry: Geometry): Tensor {
  return apply(inputGrad, [grad, weight, shape, geometry], {
    shape,
    dtype: grad.dtype,
    channels: channelsLastOrder(shape),
    kernel: (dx, g, w) => {
      const taps = weightOf(w, g);
      const pixels = channelsLast(g);
      void taps.storage.place;
      kernelFor('conv2d', k.conv2d_input_grad, dx.dtype)(
        rawPlaceOf(dx),
        rawPlaceOf(pixels),
        placeOf(taps),
        ...sizes(shape, g.shape, w.shape, geometry),
      );
    },
    save: (_dx, g, w) => [g, w],
    vjp: (outer, [g, w], needs) => [
      needs[0] ? convolve(outer, w, null, geometry) : null,
      needs[1] ? weightGrad(g, outer, w.shape, geometry, false)[0] : null,
    ],
  });
}

/** The gradient of the weight and, when wanted, of the bias from the same pass. */
function weightGrad(grad: Tensor, input: Tensor, shape: Shape, geometry: Geometry, withBias: boolean): Tensor[] {
  const { dtype } = grad;
  return applyMany(weightGrad, [grad, input, shape, geometry, withBias], {
    outputs: withBias
      ? [
          { shape, dtype },
          { shape: [shape[0]], dtype },
        ]
      : [{ shape, dtype }],
    kernel: (outs, g, x) => {
      const pixels = channelsLast(x);
      const slopes = channelsLast(g);
      kernelFor('conv2d', k.conv2d_weight_grad, dtype)(
        placeOf(outs[0]),
        withBias ? placeOf(outs[1]) : 0,
        rawPlaceOf(slopes),
        rawPlaceOf(pixels),
        ...sizes(x.shape, g.shape, shape, geometry),
      );
    },
    save: (_outs, g, x) => [g, x],
    vjp: ([outer, outerBias], [g, x], needs) => {
      const offsets = outerBias ?? null;
      const spread = (): Tensor => (offsets as Tensor).reshape([1, -1, 1, 1]).expand(g.shape);
      if (outer === null) return [needs[0] ? spread() : null, null];
      return [
        needs[0] ? convolve(x, outer, offsets, geometry) : null,
        needs[1] ? inputGrad(g, outer, x.shape, geometry) : null,
      ];
    },
  });
}

function checkOperands(input: Tensor, weight: Tensor, bias: Tensor | null, groups: number): void {
  if (weight.ndim !== 4)
    throw new ShapeError('conv2d', 'the weight must be (out, in / groups, height, width)', weight.shape);
  if (input.dtype !== weight.dtype)
    throw new DTypeError('conv2d', `input and weight must have one dtype, not ${input.dtype} and ${weight.dtype}`);
  if (!Number.isInteger(groups) || groups < 1)
    throw new ArgumentError('conv2d', `groups is a whole number from 1, not ${groups}`);
  const channels = input.shape[input.ndim - 3];
  if (channels !== weight.shape[1] * groups)
    throw new ShapeError(
      'conv2d',
      `the weight takes ${weight.shape[1] * groups} channels (groups ${groups}), but the input has ${channels}`,
      input.shape,
      weight.shape,
    );
  if (weight.shape[0] % groups !== 0)
    throw new ShapeError(
      'conv2d',
      `${weight.shape[0]} output channels do not fall into ${groups} groups`,
      weight.shape,
    );
  if (bias === null) return;
  if (bias.ndim !== 1 || bias.shape[0] !== weight.shape[0])
    throw new ShapeError(
      'conv2d',
      `the bias must have ${weight.shape[0]} elements, the weight's first size`,
      bias.shape,
    );
  if (bias.dtype !== weight.dtype)
    throw new DTypeError('conv2d', `weight and bias must have one dtype, not ${weight.dtype} and ${bias.dtype}`);
}

/** The padding before each dimension that keeps sizes, and what is lacking behind it where the sum is odd. */
function samePadding(taps: readonly [number, number], dilation: readonly [number, number]) {
  const total = taps.map((size, i) => dilation[i] * (size - 1));
  const before = total.map((size) => Math.floor(size / 2)) as [number, number] & number[];
  return { before: [before[0], before[1]] as const, extra: [total[0] % 2, total[1] % 2] as const };
}

/**
 * 2-D convolution (cross-correlation) of pictures (N, C, H, W) or (C, H, W) with a weight (out, C / groups, height, width).
 * @example nn.functional.conv2d(x, weight, { bias, stride: 2, padding: 1 })
 */
export function conv2d(input: Tensor, weight: Tensor, options?: Conv2dOptions): Tensor {
  checkOptions('conv2d', options, ['bias', 'stride', 'padding', 'dilation', 'groups']);
  const { bias = null, groups = 1, padding = 0 } = options ?? {};
  return batched('conv2d', input, (x) => {
    checkOperands(x, weight, bias, groups);
    const stride = pairOf('conv2d', 'stride', options?.stride ?? 1, 1);
    const dilation = pairOf('conv2d', 'dilation', options?.dilation ?? 1, 1);
    if (typeof padding === 'string') {
      if (padding === 'valid') return checked(x, weight, bias, { stride, padding: [0, 0], dilation, groups });
      if (padding !== 'same')
        throw new ArgumentError(
          'conv2d',
          `padding is a number, [height, width], 'same' or 'valid', not '${String(padding)}'`,
        );
      if (stride[0] !== 1 || stride[1] !== 1)
        throw new ArgumentError('conv2d', `padding 'same' needs stride 1, not [${stride.join(', ')}]`);
      const { before, extra } = samePadding([weight.shape[2], weight.shape[3]], dilation);
      const whole = extra[0] + extra[1] > 0 ? pad(x, [0, extra[1], 0, extra[0]]) : x;
      return checked(whole, weight, bias, { stride, padding: before, dilation, groups });
    }
    return checked(x, weight, bias, { stride, padding: pairOf('conv2d', 'padding', padding, 0), dilation, groups });
  });
}

function checked(input: Tensor, weight: Tensor, bias: Tensor | null, geometry: Geometry): Tensor {
  const out = outputShape(input.shape, weight.shape, geometry);
  if (out[2] < 1 || out[3] < 1) {
    const extent = [0, 1].map((i) => geometry.dilation[i] * (weight.shape[i + 2] - 1) + 1);
    throw new ShapeError(
      'conv2d',
      `a window of ${extent.join(' × ')} pixels does not fit the input with padding [${geometry.padding.join(', ')}]`,
      input.shape,
      weight.shape,
    );
  }
  return convolve(input, weight, bias, geometry);
}
