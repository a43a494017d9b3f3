import { checkOptions } from '../ops/options.js';
import * as pools from '../ops/pooling.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import { Module } from './module.js';
import { options as repr } from './repr.js';

/** A height and a width, or one number for both. */
type Pair = number | readonly [height: number, width: number];
/** A length. */
type Single = number | readonly [length: number];
type Sizes = number | readonly number[];
type None = Record<never, never>;

interface Windowed<Size> {
  /** Default: the kernel's size. */
  stride?: Size;
  /** Default 0. */
  padding?: Size;
  /** Keep a last window that hangs over the edge. Default false. */
  ceilMode?: boolean;
}

interface MaxOptions<Size> extends Windowed<Size> {
  /** Distance of neighbouring pixels of the window. Default 1. */
  dilation?: Size;
  /** Answer `{ values, indices }`. Default false. */
  returnIndices?: boolean;
}

interface AvgOptions<Size> extends Windowed<Size> {
  /** Whether padding counts in the average. Default true. */
  countIncludePad?: boolean;
}

export type MaxPool1dLayerOptions = MaxOptions<Single>;
export type MaxPool2dLayerOptions = MaxOptions<Pair>;
export type AvgPool1dLayerOptions = AvgOptions<Single>;
export interface AvgPool2dLayerOptions extends AvgOptions<Pair> {
  /** Divide by this number instead of the window's size. */
  divisorOverride?: number;
}

/** What a layer answers: with `returnIndices` the winners' places too. */
type Best<Options> = Options extends { returnIndices: true } ? ValuesAndIndices : Tensor;

abstract class MaxPool<Size extends Sizes, Options extends MaxOptions<Size>> extends Module<[Tensor], Best<Options>> {
  readonly options: Options;

  constructor(
    readonly kernelSize: Size,
    options: Options | undefined,
  ) {
    super();
    this.options = options ?? ({} as Options);
    checkOptions(this.constructor.name, this.options, ['stride', 'padding', 'dilation', 'ceilMode', 'returnIndices']);
  }

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0, dilation = 1, ceilMode = false } = this.options;
    return repr({ kernel_size: this.kernelSize, stride, padding, dilation, ceil_mode: ceilMode });
  }
}

/** The largest number of each window of signals (N, C, L). */
export class MaxPool1d<const Options extends MaxPool1dLayerOptions = None> extends MaxPool<Single, Options> {
  constructor(kernelSize: Single, options?: Options) {
    super(kernelSize, options);
  }

  forward(input: Tensor): Best<Options> {
    return pools.maxPool1d(input, this.kernelSize, this.options) as Best<Options>;
  }
}

/** The largest number of each window of pictures (N, C, H, W). */
export class MaxPool2d<const Options extends MaxPool2dLayerOptions = None> extends MaxPool<Pair, Options> {
  constructor(kernelSize: Pair, options?: Options) {
    super(kernelSize, options);
  }

  forward(input: Tensor): Best<Options> {
    return pools.maxPool2d(input, this.kernelSize, this.options) as Best<Options>;
  }
}

const list = (size: Sizes, length: number): readonly number[] =>
  typeof size === 'number' ? new Array<number>(length).fill(size) : size;

/** The average of each window of signals (N, C, L). */
export class AvgPool1d extends Module {
  constructor(
    readonly kernelSize: Single,
    readonly options: AvgPool1dLayerOptions = {},
  ) {
    super();
    checkOptions('AvgPool1d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad']);
  }

  forward(input: Tensor): Tensor {
    return pools.avgPool1d(input, this.kernelSize, this.options);
  }

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0 } = this.options;
    return repr({ kernel_size: list(this.kernelSize, 1), stride: list(stride, 1), padding: list(padding, 1) });
  }
}

/** The average of each window of pictures (N, C, H, W). */
export class AvgPool2d extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: AvgPool2dLayerOptions = {},
  ) {
    super();
    checkOptions('AvgPool2d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad', 'divisorOverride']);
  }

  forward(input: Tensor): Tensor {
    return pools.avgPool2d(input, this.kernelSize, this.options);
  }

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0 } = this.options;
    return repr({ kernel_size: this.kernelSize, stride, padding });
  }
}

/** A pool of as many windows as the output has places. */
abstract class Adaptive<Size, Out = Tensor> extends Module<[Tensor], Out> {
  constructor(readonly outputSize: Size) {
    super();
  }

  override extraRepr(): string {
    return repr({ output_size: this.outputSize });
  }
}

/** The average of as many windows as the output has places, of signals (N, C, L). */
export class AdaptiveAvgPool1d extends Adaptive<Single> {
  forward(input: Tensor): Tensor {
    return pools.adaptiveAvgPool1d(input, this.outputSize);
  }
}

/** The average of as many windows as the output has pixels. */
export class AdaptiveAvgPool2d extends Adaptive<pools.AdaptiveSize> {
  forward(input: Tensor): Tensor {
    return pools.adaptiveAvgPool2d(input, this.outputSize);
  }
}

abstract class AdaptiveMax<Size, Options extends pools.WithIndices> extends Adaptive<Size, Best<Options>> {
  readonly options: Options;

  constructor(outputSize: Size, options?: Options) {
    super(outputSize);
    this.options = options ?? ({} as Options);
    checkOptions(this.constructor.name, this.options, ['returnIndices']);
  }
}

/** The largest numbers of as many windows as the output has places, of signals (N, C, L). */
export class AdaptiveMaxPool1d<const Options extends pools.WithIndices = None> extends AdaptiveMax<Single, Options> {
  forward(input: Tensor): Best<Options> {
    return pools.adaptiveMaxPool1d(input, this.outputSize, this.options) as Best<Options>;
  }
}

/** The largest numbers of as many windows as the output has pixels. */
export class AdaptiveMaxPool2d<const Options extends pools.WithIndices = None> extends AdaptiveMax<
  pools.AdaptiveSize,
  Options
> {
  forward(input: Tensor): Best<Options> {
    return pools.adaptiveMaxPool2d(input, this.outputSize, this.options) as Best<Options>;
  }
}

type UnpoolArgs = [input: Tensor, indices: Tensor, outputSize?: readonly number[]];

/** Puts numbers back to where a pool with `returnIndices` took them from. */
abstract class MaxUnpool<Size extends Sizes> extends Module<UnpoolArgs, Tensor> {
  constructor(
    readonly kernelSize: Size,
    readonly options: { stride?: Size; padding?: Size } = {},
  ) {
    super();
    checkOptions(this.constructor.name, options, ['stride', 'padding']);
  }

  protected abstract readonly rank: 1 | 2;

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0 } = this.options;
    const { rank } = this;
    return repr({
      kernel_size: list(this.kernelSize, rank),
      stride: list(stride, rank),
      padding: list(padding, rank),
    });
  }
}

/** Puts the numbers of signals back to where `MaxPool1d` with `returnIndices` took them from, and zeros elsewhere. */
export class MaxUnpool1d extends MaxUnpool<Single> {
  protected override readonly rank = 1;

  forward(input: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return pools.maxUnpool1d(input, indices, this.kernelSize, { ...this.options, outputSize });
  }
}

/** Puts the numbers of pictures back to where `MaxPool2d` with `returnIndices` took them from, and zeros elsewhere. */
export class MaxUnpool2d extends MaxUnpool<Pair> {
  protected override readonly rank = 2;

  forward(input: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return pools.maxUnpool2d(input, indices, this.kernelSize, { ...this.options, outputSize });
  }
}

/** The root of the sum of powers of each window. */
abstract class LPPool<Size extends Sizes> extends Module {
  constructor(
    readonly normType: number,
    readonly kernelSize: Size,
    readonly options: { stride?: Size; ceilMode?: boolean } = {},
  ) {
    super();
    checkOptions(this.constructor.name, options, ['stride', 'ceilMode']);
  }

  override extraRepr(): string {
    const { normType, kernelSize } = this;
    const { stride, ceilMode = false } = this.options;
    return repr({ norm_type: normType, kernel_size: kernelSize, stride, ceil_mode: ceilMode });
  }
}

/** The p-th root of the sum of the p-th powers of each window of signals (N, C, L). */
export class LPPool1d extends LPPool<number> {
  forward(input: Tensor): Tensor {
    return pools.lpPool1d(input, this.normType, this.kernelSize, this.options);
  }
}

/** The p-th root of the sum of the p-th powers of each window of pictures (N, C, H, W). */
export class LPPool2d extends LPPool<Pair> {
  forward(input: Tensor): Tensor {
    return pools.lpPool2d(input, this.normType, this.kernelSize, this.options);
  }
}
