import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { type DType, isFloating } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { channelsLast, channelsLastOrder, rawPlaceOf } from './channels.js';
import { allocate, copyInto, kernelFor, packed } from './elementwise.js';
import { batched, type Pair, pairOf, picturesOf, type Single, singleOf } from './geometry.js';
import { keptForm } from './kept.js';
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

export interface Conv1dOptions extends Omit<Conv2dOptions, 'stride' | 'padding' | 'dilation'> {
  /** Step of the window. Default 1. */
  stride?: Single;
  /** Zeros around the input; `'same'` keeps its length (for stride 1), `'valid'` is 0. Default 0. */
  padding?: Single | 'same' | 'valid';
  /** Distance of neighbouring taps. Default 1. */
  dilation?: Single;
}

/** What a convolution is besides its operands. Signals (N, C, L) are pictures of height 1, moved over by windows of height 1. */
export interface Geometry {
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
}

/**
 * Whether windows as wide as a picture of one channel move over it, as they do over sentences of word vectors. The kernels see pictures
 * one pixel wide then, with as many channels: the same bytes, of which a channel's tap is a vector.
 */
const spansRows = (x: Shape, weight: Shape, { padding }: Geometry): boolean =>
  x.length === 4 && x[1] === 1 && x[3] > 1 && weight[3] === x[3] && padding[1] === 0;

type Sizes = Parameters<typeof k.conv2d_kept.f32>;

/** The numbers behind the addresses of all three kernels. */
function sizes(x: Shape, out: Shape, weight: Shape, geometry: Geometry): Sizes {
  const { stride, padding, dilation, groups } = geometry;
  const [from, to, window] = [picturesOf(x), picturesOf(out), picturesOf(weight)];
  const [w, c, taps] = spansRows(x, weight, geometry) ? [1, from.w, 1] : [from.w, from.c, window.w];
  return [from.n, from.h, w, c, to.h, to.w, to.c, window.h, taps, ...stride, ...padding, ...dilation, groups];
}

/** The weight (O, 1, H, W) of windows that span rows as the kernels see it, (O, W, H, 1); the same the other way round. */
const asChannels = (weight: Tensor): Tensor => weight.detach().transpose(1, 3);

/** A weight in the order of the kernels. One that shares its memory with the activations is copied, for those are about to be reordered. */
function weightOf(weight: Tensor, activation: Tensor, spans: boolean): Tensor {
  const dense = packed(spans ? asChannels(weight) : weight);
  return dense.storage === activation.storage ? dense.detach().clone() : dense;
}

/** How many numbers the packed weight has, where keeping it saves something. */
function keptCount(dtype: DType, numbers: Sizes): number {
  kernelFor('conv2d', k.conv2d_kept, dtype)(...numbers);
  return engine.block[0];
}

function outputShape(x: Shape, weight: Shape, { stride, padding, dilation }: Geometry): Shape {
  const skipped = 4 - x.length; // a signal has no height
  const size = (pixels: number, i: number): number => {
    const at = i + skipped;
    return Math.floor((pixels + 2 * padding[at] - dilation[at] * (weight[i + 2] - 1) - 1) / stride[at]) + 1;
  };
  return [x[0], weight[0], ...x.slice(2).map(size)];
}

/** The sum over everything but channels: the gradient of a bias. */
export const overPixels = (grad: Tensor): Tensor => grad.sum(grad.ndim === 3 ? [0, 2] : [0, 2, 3]);

/**
 * @internal The part of that size. A transposed convolution may have pixels at its end that belong to no whole step; going back, they would make room for
 * windows that its input does not have.
 */
export const beginning = (self: Tensor, shape: Shape): Tensor =>
  sameShape(self.shape, shape)
    ? self
    : shape.reduce((part, size, dim) => part.slice(dim, { start: 0, end: size }), self);

/** @internal The convolution itself: bilinear in input and weight, so that each of the three primitives is a gradient of the other two. */
export function convolve(input: Tensor, weight: Tensor, bias: Tensor | null, geometry: Geometry): Tensor {
  const shape = outputShape(input.shape, weight.shape, geometry);
  return apply(convolve, [input, weight, bias, geometry], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x, w, b) => {
      const numbers = sizes(x.shape, out.shape, w.shape, geometry);
      const kept = keptForm(w, numbers, () => keptCount(out.dtype, numbers));
      const taps = kept?.filled ? w : weightOf(w, x, spansRows(x.shape, w.shape, geometry));
      const offsets = b === null ? null : packed(b);
      const pixels = channelsLast(x);
      void taps.storage.place;
      void offsets?.storage.place;
      kernelFor('conv2d', k.conv2d_forward, out.dtype)(
        rawPlaceOf(out),
        rawPlaceOf(pixels),
        placeOf(taps),
        offsets === null ? 0 : placeOf(offsets),
        kept?.storage.place ?? 0,
        kept?.filled ? 1 : 0,
        ...numbers,
      );
      if (kept !== null) kept.filled = true;
    },
    save: (_out, x, w, b) => [x, w, b !== null] as const,
    vjp: (grad, [x, w, hasBias], needs) => {
      const dx = needs[0] ? inputGrad(grad, w, x.shape, geometry) : null;
      const wantsBias = hasBias && needs[2];
      if (needs[1]) return [dx, ...weightGrad(grad, x, w.shape, geometry, wantsBias)];
      return [dx, null, wantsBias ? overPixels(grad) : null];
    },
  });
}

/** @internal The gradient of the input, which is also the transposed convolution. */
export function inputGrad(grad: Tensor, weight: Tensor, shape: Shape, geometry: Geometry): Tensor {
  return apply(inputGrad, [grad, weight, shape, geometry], {
    shape,
    dtype: grad.dtype,
    channels: channelsLastOrder(shape),
    kernel: (dx, g, w) => runInputGrad(dx, g, w, geometry),
    save: (_dx, g, w) => [g, w],
    vjp: (outer, [g, w], needs) => [
      needs[0] ? beginning(convolve(outer, w, null, geometry), g.shape) : null,
      needs[1] ? weightGrad(g, outer, w.shape, geometry, false)[0] : null,
    ],
  });
}

/** @internal Fills the channels-last `dx`. */
export function runInputGrad(dx: Tensor, grad: Tensor, weight: Tensor, geometry: Geometry): void {
  const taps = weightOf(weight, grad, spansRows(dx.shape, weight.shape, geometry));
  const pixels = channelsLast(grad);
  void taps.storage.place;
  kernelFor('conv2d', k.conv2d_input_grad, dx.dtype)(
    rawPlaceOf(dx),
    rawPlaceOf(pixels),
    placeOf(taps),
    ...sizes(dx.shape, grad.shape, weight.shape, geometry),
  );
}

/** @internal The gradient of the weight and, when wanted, of the bias from the same pass. */
export function weightGrad(grad: Tensor, input: Tensor, shape: Shape, geometry: Geometry, withBias: boolean): Tensor[] {
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
      const spans = spansRows(x.shape, shape, geometry);
      const dw = spans ? allocate([shape[0], shape[3], shape[2], 1], dtype) : outs[0];
      kernelFor('conv2d', k.conv2d_weight_grad, dtype)(
        placeOf(dw),
        withBias ? placeOf(outs[1]) : 0,
        rawPlaceOf(slopes),
        rawPlaceOf(pixels),
        ...sizes(x.shape, g.shape, shape, geometry),
      );
      if (spans) copyInto(outs[0], asChannels(dw));
    },
    save: (_outs, g, x) => [g, x],
    vjp: ([outer, outerBias], [g, x], needs) => {
      const offsets = outerBias ?? null;
      const spread = (): Tensor =>
        (offsets as Tensor).reshape(g.shape.map((_, i) => (i === 1 ? -1 : 1))).expand(g.shape);
      if (outer === null) return [needs[0] ? spread() : null, null];
      return [
        needs[0] ? beginning(convolve(x, outer, offsets, geometry), g.shape) : null,
        needs[1] ? inputGrad(g, outer, x.shape, geometry) : null,
      ];
    },
  });
}

function checkOperands(op: string, input: Tensor, weight: Tensor, bias: Tensor | null, groups: number): void {
  if (weight.ndim !== input.ndim)
    throw new ShapeError(
      op,
      `the weight must be (out, in / groups, ${input.ndim === 3 ? 'length' : 'height, width'})`,
      weight.shape,
    );
  checkGroups(op, groups);
  const channels = input.shape[1];
  if (channels !== weight.shape[1] * groups)
    throw new ShapeError(
      op,
      `the weight takes ${weight.shape[1] * groups} channels (groups ${groups}), but the input has ${channels}`,
      input.shape,
      weight.shape,
    );
  if (weight.shape[0] % groups !== 0)
    throw new ShapeError(op, `${weight.shape[0]} output channels do not fall into ${groups} groups`, weight.shape);
  checkDtypes(op, input, weight, bias, weight.shape[0]);
}

export function checkGroups(op: string, groups: number): void {
  if (!Number.isInteger(groups) || groups < 1)
    throw new ArgumentError(op, `groups is a whole number from 1, not ${groups}`);
}

/** Whether the operands' dtypes agree, and the bias has one number for each of the output's channels. */
export function checkDtypes(op: string, input: Tensor, weight: Tensor, bias: Tensor | null, channels: number): void {
  if (input.dtype !== weight.dtype)
    throw new DTypeError(op, `input and weight must have one dtype, not ${input.dtype} and ${weight.dtype}`);
  if (!isFloating(input.dtype))
    throw new DTypeError(op, `the input must be floating-point, not ${input.dtype}; convert with .to('float32')`);
  if (bias === null) return;
  if (bias.ndim !== 1 || bias.shape[0] !== channels)
    throw new ShapeError(op, `the bias must have ${channels} elements, one for each output channel`, bias.shape);
  if (bias.dtype !== weight.dtype)
    throw new DTypeError(op, `weight and bias must have one dtype, not ${weight.dtype} and ${bias.dtype}`);
}

/** How many zeros keep sizes: the same number on both sides, and what is lacking behind where the sum is odd. */
function samePadding(taps: Shape, dilation: readonly [number, number]) {
  const total = dilation.map((step, i) => step * ((taps[i + taps.length - 2] ?? 1) - 1));
  return {
    before: [Math.floor(total[0] / 2), Math.floor(total[1] / 2)] as const,
    extra: [total[0] % 2, total[1] % 2] as const,
  };
}

/** What the numbers of the options are called and read by: a height and a width, or a length. */
type Reader = (name: string, value: Pair, least: number, height: number) => readonly [number, number];

/** A convolution of batches whose options are read by `read`. */
function convolution(op: string, x: Tensor, weight: Tensor, options: Conv2dOptions | undefined, read: Reader): Tensor {
  const { bias = null, groups = 1, padding = 0 } = options ?? {};
  checkOperands(op, x, weight, bias, groups);
  const stride = read('stride', options?.stride ?? 1, 1, 1);
  const dilation = read('dilation', options?.dilation ?? 1, 1, 1);
  if (padding === 'valid') return checked(op, x, weight, bias, { stride, padding: [0, 0], dilation, groups });
  if (typeof padding !== 'string')
    return checked(op, x, weight, bias, { stride, padding: read('padding', padding, 0, 0), dilation, groups });
  if (padding !== 'same')
    throw new ArgumentError(op, `padding is a number, a list of them, 'same' or 'valid', not '${String(padding)}'`);
  if (stride[0] !== 1 || stride[1] !== 1)
    throw new ArgumentError(op, `padding 'same' needs stride 1, not [${stride.join(', ')}]`);
  const { before, extra } = samePadding(weight.shape.slice(2), dilation);
  const behind = x.ndim === 3 ? [0, extra[1]] : [0, extra[1], 0, extra[0]];
  const whole = extra[0] + extra[1] > 0 ? pad(x, behind) : x;
  return checked(op, whole, weight, bias, { stride, padding: before, dilation, groups });
}

function checked(op: string, input: Tensor, weight: Tensor, bias: Tensor | null, geometry: Geometry): Tensor {
  const out = outputShape(input.shape, weight.shape, geometry);
  if (out.slice(2).some((size) => size < 1)) {
    const first = out.length === 3 ? 1 : 0;
    const extent = weight.shape.slice(2).map((taps, i) => geometry.dilation[i + first] * (taps - 1) + 1);
    throw new ShapeError(
      op,
      `a window of ${extent.join(' × ')} pixels does not fit the input with padding [${geometry.padding.slice(first).join(', ')}]`,
      input.shape,
      weight.shape,
    );
  }
  return convolve(input, weight, bias, geometry);
}

const known = ['bias', 'stride', 'padding', 'dilation', 'groups'];

/**
 * 1-D convolution (cross-correlation) of signals (N, C, L) or (C, L) with a weight (out, C / groups, length).
 * @example nn.functional.conv1d(x, weight, { bias, padding: 1 })
 */
export function conv1d(input: Tensor, weight: Tensor, options?: Conv1dOptions): Tensor {
  checkOptions('conv1d', options, known);
  const read: Reader = (name, value, least, height) => singleOf('conv1d', name, value, least, height);
  return batched('conv1d', input, (x) => convolution('conv1d', x, weight, options, read), 1);
}

/**
 * 2-D convolution (cross-correlation) of pictures (N, C, H, W) or (C, H, W) with a weight (out, C / groups, height, width).
 * @example nn.functional.conv2d(x, weight, { bias, stride: 2, padding: 1 })
 */
export function conv2d(input: Tensor, weight: Tensor, options?: Conv2dOptions): Tensor {
  checkOptions('conv2d', options, known);
  const read: Reader = (name, value, least) => pairOf('conv2d', name, value, least);
  return batched('conv2d', input, (x) => convolution('conv2d', x, weight, options, read));
}
