import { type InterpolateOptions, interpolate, pixelShuffle, pixelUnshuffle } from '../ops/interpolation.js';
import { checkOptions } from '../ops/options.js';
import { pad } from '../ops/padding.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
import { asFloat, options as repr } from './repr.js';

/** Channels (N, C · r², H, W) become pixels (N, C, H · r, W · r). Shi et al., 2016. */
export class PixelShuffle extends Module {
  constructor(readonly upscaleFactor: number) {
    super();
  }

  forward(input: Tensor): Tensor {
    return pixelShuffle(input, this.upscaleFactor);
  }

  override extraRepr(): string {
    return repr({ upscale_factor: this.upscaleFactor });
  }
}

/** Pixels (N, C, H · r, W · r) become channels (N, C · r², H, W). */
export class PixelUnshuffle extends Module {
  constructor(readonly downscaleFactor: number) {
    super();
  }

  forward(input: Tensor): Tensor {
    return pixelUnshuffle(input, this.downscaleFactor);
  }

  override extraRepr(): string {
    return repr({ downscale_factor: this.downscaleFactor });
  }
}

/**
 * Signals (N, C, L) or pictures (N, C, H, W) in another size.
 * @example new nn.Upsample({ scaleFactor: 2, mode: 'bilinear' })
 */
export class Upsample extends Module {
  constructor(readonly options: InterpolateOptions = {}) {
    super();
    const known = ['size', 'scaleFactor', 'mode', 'alignCorners', 'recomputeScaleFactor'];
    checkOptions(this.constructor.name, options, known);
  }

  forward(input: Tensor): Tensor {
    return interpolate(input, this.options);
  }

  override extraRepr(): string {
    const { size, scaleFactor, mode = 'nearest' } = this.options;
    const factor = typeof scaleFactor === 'number' ? asFloat(scaleFactor) : scaleFactor?.map(asFloat);
    return repr({ ...(factor === undefined ? { size } : { scale_factor: factor }), mode });
  }
}

type UpsamplingOptions = Pick<InterpolateOptions, 'size' | 'scaleFactor'>;

/** Pictures (N, C, H, W) made larger, each pixel the nearest one's copy. */
export class UpsamplingNearest2d extends Upsample {
  constructor(options: UpsamplingOptions) {
    super({ ...options, mode: 'nearest' });
  }
}

/** Pictures (N, C, H, W) made larger, bilinearly, with the corners where they are. */
export class UpsamplingBilinear2d extends Upsample {
  constructor(options: UpsamplingOptions) {
    super({ ...options, mode: 'bilinear', alignCorners: true });
  }
}

type Mode = 'constant' | 'reflect' | 'replicate' | 'circular';

/** Margins around signals or pictures. */
abstract class Padding extends Module {
  readonly padding: readonly number[];
  protected abstract readonly mode: Mode;

  /** @param padding one number for all sides, or [left, right] or [left, right, top, bottom] */
  constructor(padding: number | readonly number[], rank: 1 | 2) {
    super();
    this.padding = typeof padding === 'number' ? new Array<number>(2 * rank).fill(padding) : padding;
  }

  forward(input: Tensor): Tensor {
    return pad(input, this.padding, { mode: this.mode });
  }

  override extraRepr(): string {
    return `(${this.padding.join(', ')})`;
  }
}

abstract class Padding1d extends Padding {
  constructor(padding: number | readonly [left: number, right: number]) {
    super(padding, 1);
  }
}

abstract class Padding2d extends Padding {
  constructor(padding: number | readonly [left: number, right: number, top: number, bottom: number]) {
    super(padding, 2);
  }
}

/** Zeros around signals (N, C, L). */
export class ZeroPad1d extends Padding1d {
  protected override readonly mode = 'constant';
}
/** Zeros around pictures (N, C, H, W). */
export class ZeroPad2d extends Padding2d {
  protected override readonly mode = 'constant';
}
/** Signals mirrored at their ends, these themselves not repeated. */
export class ReflectionPad1d extends Padding1d {
  protected override readonly mode = 'reflect';
}
/** Pictures mirrored at their edges, these themselves not repeated. */
export class ReflectionPad2d extends Padding2d {
  protected override readonly mode = 'reflect';
}
/** The ends of signals repeated. */
export class ReplicationPad1d extends Padding1d {
  protected override readonly mode = 'replicate';
}
/** The edges of pictures repeated. */
export class ReplicationPad2d extends Padding2d {
  protected override readonly mode = 'replicate';
}
/** Signals continued with their other end. */
export class CircularPad1d extends Padding1d {
  protected override readonly mode = 'circular';
}
/** Pictures continued with their other side. */
export class CircularPad2d extends Padding2d {
  protected override readonly mode = 'circular';
}

/** A number around signals or pictures. */
abstract class ConstantPadding extends Module {
  readonly padding: readonly number[];

  constructor(
    padding: number | readonly number[],
    readonly value: number,
    rank: 1 | 2,
  ) {
    super();
    this.padding = typeof padding === 'number' ? new Array<number>(2 * rank).fill(padding) : padding;
  }

  forward(input: Tensor): Tensor {
    return pad(input, this.padding, { value: this.value });
  }

  override extraRepr(): string {
    return repr({ padding: this.padding, value: this.value });
  }
}

/** A number around signals (N, C, L). */
export class ConstantPad1d extends ConstantPadding {
  constructor(padding: number | readonly [left: number, right: number], value: number) {
    super(padding, value, 1);
  }
}
/** A number around pictures (N, C, H, W). */
export class ConstantPad2d extends ConstantPadding {
  constructor(padding: number | readonly [left: number, right: number, top: number, bottom: number], value: number) {
    super(padding, value, 2);
  }
}
