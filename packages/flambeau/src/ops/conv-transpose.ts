import { engine } from '@flambeau/kernels';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf, writeLoop } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { channelsLastOrder, rawPlaceOf } from './channels.js';
import {
  beginning,
  checkDtypes,
  checkGroups,
  convolve,
  type Geometry,
  overPixels,
  runInputGrad,
  weightGrad,
} from './convolution.js';
import { kernelFor, packed } from './elementwise.js';
import { batched, type Pair, pairOf, type Single, singleOf } from './geometry.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

interface TransposeOptions<Size> {
  /** One number for each output channel. Default: none. */
  bias?: Tensor | null;
  /** Distance of the places where neighbouring inputs are put. Default 1. */
  stride?: Size;
  /** How much is cut off the result on all sides. Default 0. */
  padding?: Size;
  /** How much is added at the end of the result, for with a stride several sizes are possible. Default 0. */
  outputPadding?: Size;
  /** Into how many groups the channels fall that do not see each other. Default 1. */
  groups?: number;
  /** Distance of neighbouring taps. Default 1. */
  dilation?: Size;
}

export type ConvTranspose1dOptions = TransposeOptions<Single>;
export type ConvTranspose2dOptions = TransposeOptions<Pair>;

/** The weight put down at every place, as often as the input says: what a convolution's gradient does, and a bias. */
function transposed(input: Tensor, weight: Tensor, bias: Tensor | null, shape: Shape, geometry: Geometry): Tensor {
  return apply(transposed, [input, weight, bias, shape, geometry], {
    shape,
    dtype: input.dtype,
    channels: channelsLastOrder(shape),
    kernel: (out, x, w, b) => {
      runInputGrad(out, x, w, geometry);
      if (b !== null) addToPixels(out, b);
    },
    save: (_out, x, w, b) => [x, w, b !== null] as const,
    vjp: (grad, [x, w, hasBias], needs) => [
      needs[0] ? beginning(convolve(grad, w, null, geometry), x.shape) : null,
      needs[1] ? weightGrad(x, grad, w.shape, geometry, false)[0] : null,
      ...(hasBias ? [needs[2] ? overPixels(grad) : null] : []),
    ],
  });
}

/** Adds a number for each channel to channels-last data. */
function addToPixels(out: Tensor, bias: Tensor): void {
  const offsets = packed(bias);
  void offsets.storage.place;
  const { n, c, p } = channelsLastOrder(out.shape);
  const place = rawPlaceOf(out);
  writeLoop([n * p, c], [c, 1], [c, 1], [0, 1]);
  kernelFor('convTranspose', k.add, out.dtype)(place, place, placeOf(offsets), 1);
}

interface Transposition extends Geometry {
  readonly outputPadding: readonly [number, number];
}

function outputShape(op: string, x: Shape, weight: Shape, rule: Transposition): Shape {
  const skipped = 4 - x.length; // a signal has no height
  const size = (pixels: number, i: number): number => {
    const at = i + skipped;
    const reach = rule.dilation[at] * (weight[i + 2] - 1) + 1;
    return (pixels - 1) * rule.stride[at] - 2 * rule.padding[at] + reach + rule.outputPadding[at];
  };
  const shape = [x[0], weight[1] * rule.groups, ...x.slice(2).map(size)];
  rule.outputPadding.forEach((extra, i) => {
    if (extra >= Math.max(rule.stride[i], rule.dilation[i]))
      throw new ArgumentError(
        op,
        `outputPadding ${extra} must be less than the stride ${rule.stride[i]} or the dilation ${rule.dilation[i]}`,
      );
  });
  if (shape.slice(2).some((pixels) => pixels < 1))
    throw new ShapeError(op, `padding [${rule.padding.join(', ')}] leaves nothing of the result`, x, weight);
  return shape;
}

type Reader = (name: string, value: Pair, least: number, height: number) => readonly [number, number];

function convTranspose(
  op: string,
  x: Tensor,
  weight: Tensor,
  options: ConvTranspose2dOptions | undefined,
  read: Reader,
): Tensor {
  const { bias = null, groups = 1 } = options ?? {};
  if (weight.ndim !== x.ndim)
    throw new ShapeError(
      op,
      `the weight must be (in, out / groups, ${x.ndim === 3 ? 'length' : 'height, width'})`,
      weight.shape,
    );
  checkGroups(op, groups);
  if (x.shape[1] !== weight.shape[0])
    throw new ShapeError(
      op,
      `the weight takes ${weight.shape[0]} channels, but the input has ${x.shape[1]}`,
      x.shape,
      weight.shape,
    );
  if (x.shape[1] % groups !== 0)
    throw new ShapeError(op, `${x.shape[1]} input channels do not fall into ${groups} groups`, x.shape);
  checkDtypes(op, x, weight, bias, weight.shape[1] * groups);
  const rule = {
    stride: read('stride', options?.stride ?? 1, 1, 1),
    padding: read('padding', options?.padding ?? 0, 0, 0),
    outputPadding: read('outputPadding', options?.outputPadding ?? 0, 0, 0),
    dilation: read('dilation', options?.dilation ?? 1, 1, 1),
    groups,
  };
  const { outputPadding: _, ...geometry } = rule;
  return transposed(x, weight, bias, outputShape(op, x.shape, weight.shape, rule), geometry);
}

const known = ['bias', 'stride', 'padding', 'outputPadding', 'groups', 'dilation'];

/**
 * 1-D transposed convolution: signals (N, C, L) or (C, L), made longer by a stride; weight (C, out / groups, length).
 * @example nn.functional.convTranspose1d(x, weight, { stride: 2 })
 */
export function convTranspose1d(input: Tensor, weight: Tensor, options?: ConvTranspose1dOptions): Tensor {
  checkOptions('convTranspose1d', options, known);
  const read: Reader = (name, value, least, height) => singleOf('convTranspose1d', name, value, least, height);
  return batched('convTranspose1d', input, (x) => convTranspose('convTranspose1d', x, weight, options, read), 1);
}

/**
 * 2-D transposed convolution: pictures (N, C, H, W) or (C, H, W), made larger by a stride; weight (C, out / groups, height, width). With the options
 * of a convolution it has the shapes of that convolution's gradient. Zeiler et al., 2010.
 * @example nn.functional.convTranspose2d(x, weight, { stride: 2, padding: 1, outputPadding: 1 })
 */
export function convTranspose2d(input: Tensor, weight: Tensor, options?: ConvTranspose2dOptions): Tensor {
  checkOptions('convTranspose2d', options, known);
  const read: Reader = (name, value, least) => pairOf('convTranspose2d', name, value, least);
  return batched('convTranspose2d', input, (x) => convTranspose('convTranspose2d', x, weight, options, read));
}
