import { ArgumentError, ShapeError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { tensor } from './creation.js';
import { checkOptions } from './options.js';
import { adaptiveAvgPool1d, adaptiveAvgPool2d } from './pooling.js';

export type InterpolationMode = 'nearest' | 'nearest-exact' | 'linear' | 'bilinear' | 'bicubic' | 'area';

export interface InterpolateOptions {
  /** The wanted length, or height and width; or give `scaleFactor`. */
  size?: number | readonly number[] | null;
  /** How many times as large, for all sizes or each. */
  scaleFactor?: number | readonly number[] | null;
  /** `'linear'` is for signals (N, C, L), `'bilinear'` and `'bicubic'` for pictures (N, C, H, W). Default `'nearest'`. */
  mode?: InterpolationMode;
  /** Whether the middles of the corner pixels stay where they are, instead of their outer edges. Default false. */
  alignCorners?: boolean | null;
  /** Work with the ratio of the sizes instead of `scaleFactor` itself, which may differ where it was rounded. Default false. */
  recomputeScaleFactor?: boolean | null;
}

/** One of the inputs of every output along a dimension: which, and with which weight. */
interface Tap {
  readonly from: number[];
  readonly weight: number[] | null;
}

/** How a dimension is resized. */
interface Resizing {
  readonly from: number;
  readonly to: number;
  /** Distance of neighbouring outputs in inputs, where corners are not aligned. */
  readonly step: number;
  readonly alignCorners: boolean;
  /** Rounds to the precision that PyTorch computes positions in. */
  readonly round: (x: number) => number;
}

const outputs = (to: number, each: (i: number) => number): number[] => Array.from({ length: to }, (_, i) => each(i));

/** The position of output i among the inputs. */
function position(r: Resizing, i: number): number {
  if (!r.alignCorners) return r.round(r.round(r.step * (i + 0.5)) - 0.5);
  return r.to > 1 ? r.round(r.round((r.from - 1) / (r.to - 1)) * i) : 0;
}

function nearest(r: Resizing, exact: boolean): Tap[] {
  const from = outputs(r.to, (i) => Math.min(Math.floor(r.round((exact ? i + 0.5 : i) * r.step)), r.from - 1));
  return [{ from, weight: null }];
}

function linearTaps(r: Resizing): Tap[] {
  const at = outputs(r.to, (i) => Math.max(position(r, i), 0));
  const first = at.map((x) => Math.min(Math.floor(x), r.from - 1));
  const beyond = at.map((x, i) => r.round(x - first[i]));
  return [
    { from: first, weight: beyond.map((x) => 1 - x) },
    { from: first.map((i) => Math.min(i + 1, r.from - 1)), weight: beyond },
  ];
}

/** Keys's cubic convolution with a = −3/4, as in PyTorch and OpenCV. Keys, 1981. */
const A = -0.75;
const near = (x: number): number => ((A + 2) * x - (A + 3)) * x * x + 1;
const far = (x: number): number => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;

function cubicTaps(r: Resizing): Tap[] {
  const at = outputs(r.to, (i) => position(r, i));
  const weights = [(t: number) => far(t + 1), near, (t: number) => near(1 - t), (t: number) => far(2 - t)];
  return weights.map((weight, tap) => ({
    from: at.map((x) => Math.min(Math.max(Math.floor(x) - 1 + tap, 0), r.from - 1)),
    weight: at.map((x) => weight(x - Math.floor(x))),
  }));
}

/** A dimension resized: every tap a selection along it, times its weights. */
function resize(self: Tensor, dim: number, taps: readonly Tap[]): Tensor {
  const along = self.shape.map((_, i) => (i === dim ? -1 : 1));
  return taps
    .map(({ from, weight }) => {
      const chosen = self.indexSelect(dim, tensor(from, { dtype: 'int64' }));
      return weight === null ? chosen : chosen.mul(tensor(weight, { dtype: self.dtype }).reshape(along));
    })
    .reduce((sum, term) => sum.add(term));
}

const ranks: Readonly<Record<InterpolationMode, readonly number[]>> = {
  nearest: [3, 4],
  'nearest-exact': [3, 4],
  area: [3, 4],
  linear: [3],
  bilinear: [4],
  bicubic: [4],
};

/** The wanted sizes, and the scale factors where they count. */
function targets(input: Tensor, options: InterpolateOptions): { sizes: number[]; factors: (number | null)[] } {
  const dims = input.ndim - 2;
  const { size = null, scaleFactor = null } = options;
  const each = (value: number | readonly number[]): number[] =>
    typeof value === 'number' ? new Array<number>(dims).fill(value) : [...value];
  if ((size === null) === (scaleFactor === null))
    throw new ArgumentError('interpolate', 'give either size or scaleFactor');
  const given = each((size ?? scaleFactor) as number | readonly number[]);
  if (given.length !== dims)
    throw new ArgumentError('interpolate', `${dims} numbers are needed for this input, not ${given.length}`);
  const sizes = size !== null ? given : given.map((factor, i) => Math.floor(input.shape[i + 2] * factor));
  if (!sizes.every((n) => Number.isInteger(n) && n > 0))
    throw new ShapeError('interpolate', `sizes [${sizes.join(', ')}] must be whole numbers from 1`, input.shape);
  const counts = size === null && options.recomputeScaleFactor !== true;
  return { sizes, factors: given.map((factor) => (counts ? factor : null)) };
}

/**
 * Signals (N, C, L) or pictures (N, C, H, W) in another size.
 * @example nn.functional.interpolate(x, { scaleFactor: 2, mode: 'bilinear' })
 */
export function interpolate(input: Tensor, options: InterpolateOptions): Tensor {
  checkOptions('interpolate', options, ['size', 'scaleFactor', 'mode', 'alignCorners', 'recomputeScaleFactor']);
  const { mode = 'nearest', alignCorners = null } = options;
  if (!Object.hasOwn(ranks, mode))
    throw new ArgumentError('interpolate', `mode is one of ${Object.keys(ranks).join(', ')}, not '${String(mode)}'`);
  if (!ranks[mode].includes(input.ndim))
    throw new ShapeError('interpolate', `mode '${mode}' takes ${ranks[mode].join(' or ')} dimensions`, input.shape);
  if (alignCorners !== null && !mode.includes('linear') && mode !== 'bicubic')
    throw new ArgumentError('interpolate', `alignCorners has no meaning for mode '${mode}'`);
  const { sizes, factors } = targets(input, options);
  if (mode === 'area')
    return sizes.length === 1 ? adaptiveAvgPool1d(input, sizes[0]) : adaptiveAvgPool2d(input, [sizes[0], sizes[1]]);
  const round = input.dtype === 'float32' ? Math.fround : (x: number) => x;
  return sizes.reduce((out, to, i) => {
    const from = input.shape[i + 2];
    const step = round(factors[i] === null ? from / to : 1 / (factors[i] as number));
    const rule = { from, to, step, alignCorners: alignCorners ?? false, round };
    const taps = mode.startsWith('nearest')
      ? nearest(rule, mode === 'nearest-exact')
      : mode === 'bicubic'
        ? cubicTaps(rule)
        : linearTaps(rule);
    return resize(out, i + 2, taps);
  }, input);
}

/** Channels (…, C · r², H, W) become pixels (…, C, H · r, W · r). Shi et al., 2016. */
export function pixelShuffle(input: Tensor, upscaleFactor: number): Tensor {
  const r = upscaleFactor;
  if (input.ndim < 3) throw new ShapeError('pixelShuffle', 'the input must be (…, C, H, W)', input.shape);
  const [c, h, w] = input.shape.slice(-3);
  if (!Number.isInteger(r) || r < 1 || c % (r * r) !== 0)
    throw new ShapeError('pixelShuffle', `${c} channels do not fall into squares of ${r}`, input.shape);
  const leading = input.shape.slice(0, -3);
  return input
    .reshape([-1, c / (r * r), r, r, h, w])
    .permute(0, 1, 4, 2, 5, 3)
    .reshape([...leading, c / (r * r), h * r, w * r]);
}

/** Pixels (…, C, H · r, W · r) become channels (…, C · r², H, W). */
export function pixelUnshuffle(input: Tensor, downscaleFactor: number): Tensor {
  const r = downscaleFactor;
  if (input.ndim < 3) throw new ShapeError('pixelUnshuffle', 'the input must be (…, C, H, W)', input.shape);
  const [c, h, w] = input.shape.slice(-3);
  if (!Number.isInteger(r) || r < 1 || h % r !== 0 || w % r !== 0)
    throw new ShapeError('pixelUnshuffle', `${h} × ${w} pixels do not fall into squares of ${r}`, input.shape);
  const leading = input.shape.slice(0, -3);
  return input
    .reshape([-1, c, h / r, r, w / r, r])
    .permute(0, 1, 3, 5, 2, 4)
    .reshape([...leading, c * r * r, h / r, w / r]);
}
