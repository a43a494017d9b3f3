import { ArgumentError } from '../errors.js';
import { convTranspose1d, convTranspose2d } from '../ops/conv-transpose.js';
import { conv1d, conv2d } from '../ops/convolution.js';
import { empty } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { pad } from '../ops/padding.js';
import type { DType } from '../tensor/dtype.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { resetAffine } from './linear.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { python } from './repr.js';

/** A height and a width, or one number for both. */
export type Pair = number | readonly [height: number, width: number];
/** A length. */
export type Single = number | readonly [length: number];

/** What lies around the input: zeros, the input mirrored without its edge, its edge repeated, or its other end. */
export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

interface LayerOptions<Size> {
  /** Default 1. */
  stride?: Size;
  /** Distance between taps. Default 1. */
  dilation?: Size;
  /** Groups of channels that are convolved apart. Default 1. */
  groups?: number;
  /** Whether a learned offset is added. Default true. */
  bias?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

interface ConvLayerOptions<Size> extends LayerOptions<Size> {
  /** How much lies around the input; `'same'` keeps its size. Default 0. */
  padding?: Size | 'same' | 'valid';
  /** What lies around the input. Default `'zeros'`. */
  paddingMode?: PaddingMode;
}

interface ConvTransposeLayerOptions<Size> extends LayerOptions<Size> {
  /** How much is cut off the result on all sides. Default 0. */
  padding?: Size;
  /** How much is added at the end of the result. Default 0. */
  outputPadding?: Size;
  /** There is `'zeros'`. */
  paddingMode?: 'zeros';
}

export type Conv1dLayerOptions = ConvLayerOptions<Single>;
export type Conv2dLayerOptions = ConvLayerOptions<Pair>;
export type ConvTranspose1dLayerOptions = ConvTransposeLayerOptions<Single>;
export type ConvTranspose2dLayerOptions = ConvTransposeLayerOptions<Pair>;

type AnyOptions = Omit<ConvLayerOptions<number | readonly number[]>, 'padding'> & {
  padding?: number | readonly number[] | 'same' | 'valid';
  outputPadding?: number | readonly number[];
};

const modes: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];
const known = ['stride', 'padding', 'dilation', 'groups', 'bias', 'paddingMode', 'dtype'];

/** What the convolutions share; `Size` has one number for each of their dimensions. */
abstract class Convolution<Size extends readonly number[], Args extends readonly unknown[] = [Tensor]> extends Module<
  Args,
  Tensor
> {
  weight: Parameter;
  bias: Parameter | null;
  readonly kernelSize: Size;
  readonly stride: Size;
  readonly padding: Size | 'same' | 'valid';
  readonly dilation: Size;
  readonly groups: number;
  readonly paddingMode: PaddingMode;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    kernelSize: number | readonly number[],
    options: AnyOptions,
    rank: 1 | 2,
    transposed = false,
  ) {
    super();
    const name = this.constructor.name;
    checkOptions(name, options, transposed ? [...known, 'outputPadding'] : known);
    const { stride = 1, padding = 0, dilation = 1, groups = 1, paddingMode = 'zeros' } = options;
    if (!modes.includes(paddingMode) || (transposed && paddingMode !== 'zeros'))
      throw new ArgumentError(
        name,
        `paddingMode is ${transposed ? "'zeros'" : modes.map((mode) => `'${mode}'`).join(', ')}, not '${String(paddingMode)}'`,
      );
    if (inChannels % groups !== 0 || outChannels % groups !== 0)
      throw new ArgumentError(name, `${inChannels} and ${outChannels} channels cannot be parted into ${groups} groups`);
    const sizes = (value: number | readonly number[]): Size =>
      (typeof value === 'number' ? new Array<number>(rank).fill(value) : [...value]) as readonly number[] as Size;
    this.kernelSize = sizes(kernelSize);
    this.stride = sizes(stride);
    this.padding = typeof padding === 'string' ? padding : sizes(padding);
    this.dilation = sizes(dilation);
    this.groups = groups;
    this.paddingMode = paddingMode;
    const channels = transposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups];
    const { dtype } = options;
    this.weight = new Parameter(empty([...channels, ...this.kernelSize], { dtype }));
    this.bias = options.bias === false ? null : new Parameter(empty([outChannels], { dtype }));
    this.resetParameters();
  }

  resetParameters(): void {
    resetAffine(this.weight, this.bias);
  }

  /** Options that stand behind the dilation in the printed layer. */
  protected further(): string[] {
    return [];
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding, dilation } = this;
    const all = (size: Size, value: number): boolean => size.every((n) => n === value);
    const parts = [
      `${this.inChannels}, ${this.outChannels}`,
      `kernel_size=${python(kernelSize)}`,
      `stride=${python(stride)}`,
    ];
    if (typeof padding === 'string') parts.push(`padding=${padding}`);
    else if (!all(padding, 0)) parts.push(`padding=${python(padding)}`);
    if (!all(dilation, 1)) parts.push(`dilation=${python(dilation)}`);
    parts.push(...this.further());
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (this.bias === null) parts.push('bias=False');
    if (this.paddingMode !== 'zeros') parts.push(`padding_mode=${this.paddingMode}`);
    return parts.join(', ');
  }

  /** The input with its margins where these are not zeros, and the padding that is left to the op. */
  protected padded(input: Tensor): { input: Tensor; padding: Size | 'same' | 'valid' } {
    const { padding, paddingMode: mode } = this;
    if (mode === 'zeros' || padding === 'valid') return { input, padding };
    const margins = this.kernelSize.flatMap((taps, i) => {
      if (padding !== 'same') return [padding[i], padding[i]];
      const total = this.dilation[i] * (taps - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    // Pairs, the last dimension first.
    const pairs = margins.length === 4 ? [...margins.slice(2), ...margins.slice(0, 2)] : margins;
    return { input: pad(input, pairs, { mode }), padding: 'valid' };
  }
}

/** Convolution of signals. In: (N, inChannels, L). Out: (N, outChannels, L'). */
export class Conv1d extends Convolution<[number]> {
  constructor(inChannels: number, outChannels: number, kernelSize: Single, options: Conv1dLayerOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, 1);
  }

  forward(given: Tensor): Tensor {
    const { bias, stride, dilation, groups } = this;
    const { input, padding } = this.padded(given);
    return conv1d(input, this.weight, { bias, stride, padding, dilation, groups });
  }
}

/** Convolution of pictures. In: (N, inChannels, H, W). Out: (N, outChannels, H', W'). */
export class Conv2d extends Convolution<[number, number]> {
  constructor(inChannels: number, outChannels: number, kernelSize: Pair, options: Conv2dLayerOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, 2);
  }

  forward(given: Tensor): Tensor {
    const { bias, stride, dilation, groups } = this;
    const { input, padding } = this.padded(given);
    return conv2d(input, this.weight, { bias, stride, padding, dilation, groups });
  }
}

/** What the transposed convolutions share. */
abstract class Transposed<Size extends readonly number[]> extends Convolution<
  Size,
  [input: Tensor, outputSize?: Shape]
> {
  readonly outputPadding: Size;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number | readonly number[],
    options: AnyOptions,
    rank: 1 | 2,
  ) {
    super(inChannels, outChannels, kernelSize, options, rank, true);
    const { outputPadding = 0 } = options;
    this.outputPadding = (typeof outputPadding === 'number'
      ? new Array<number>(rank).fill(outputPadding)
      : [...outputPadding]) as readonly number[] as Size;
  }

  protected override further(): string[] {
    return this.outputPadding.every((n) => n === 0) ? [] : [`output_padding=${python(this.outputPadding)}`];
  }

  /** The output padding that gives the wanted size. */
  protected extraFor(input: Tensor, outputSize: Shape | undefined): readonly number[] {
    if (outputSize === undefined) return this.outputPadding;
    const rank = this.kernelSize.length;
    if (outputSize.length !== rank && outputSize.length !== input.ndim)
      throw new ArgumentError(
        this.constructor.name,
        `outputSize has ${rank} or ${input.ndim} numbers, not [${outputSize.join(', ')}]`,
      );
    const [wanted, from] = [outputSize.slice(-rank), input.shape.slice(-rank)];
    return wanted.map((size, i) => {
      const { [i]: stride } = this.stride;
      const reach = this.dilation[i] * (this.kernelSize[i] - 1) + 1;
      const least = (from[i] - 1) * stride - 2 * (this.padding as Size)[i] + reach;
      if (size < least || size > least + stride - 1)
        throw new ArgumentError(
          this.constructor.name,
          `outputSize ${size} cannot be reached: from ${from[i]} come ${least} to ${least + stride - 1}`,
        );
      return size - least;
    });
  }
}

/** Transposed convolution of signals, which a stride makes longer. In: (N, inChannels, L). Out: (N, outChannels, L'). */
export class ConvTranspose1d extends Transposed<[number]> {
  constructor(inChannels: number, outChannels: number, kernelSize: Single, options: ConvTranspose1dLayerOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, 1);
  }

  /** @param outputSize the wanted size, where several are possible; instead of `outputPadding` */
  forward(input: Tensor, outputSize?: Shape): Tensor {
    const { bias, stride, dilation, groups } = this;
    const padding = this.padding as [number];
    const outputPadding = this.extraFor(input, outputSize);
    return convTranspose1d(input, this.weight, { bias, stride, padding, outputPadding, groups, dilation });
  }
}

/** Transposed convolution of pictures, which a stride makes larger. In: (N, inChannels, H, W). Out: (N, outChannels, H', W'). */
export class ConvTranspose2d extends Transposed<[number, number]> {
  constructor(inChannels: number, outChannels: number, kernelSize: Pair, options: ConvTranspose2dLayerOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, 2);
  }

  /** @param outputSize the wanted size, where several are possible; instead of `outputPadding` */
  forward(input: Tensor, outputSize?: Shape): Tensor {
    const { bias, stride, dilation, groups } = this;
    const padding = this.padding as [number, number];
    const outputPadding = this.extraFor(input, outputSize);
    return convTranspose2d(input, this.weight, { bias, stride, padding, outputPadding, groups, dilation });
  }
}
