import { ArgumentError, ShapeError } from '../errors.js';
import { ones } from '../ops/creation.js';
import { dropout } from '../ops/drawing.js';
import { checkOptions } from '../ops/options.js';
import { adaptiveAvgPool2d, avgPool2d, maxPool2d } from '../ops/pooling.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Pair } from './conv.js';
import { Module } from './module.js';
import { options as repr } from './repr.js';

export interface MaxPool2dLayerOptions {
  /** Default: the kernel's size. */
  stride?: Pair;
  padding?: Pair;
  dilation?: Pair;
  /** Keep a last window that hangs over the edge. Default false. */
  ceilMode?: boolean;
}

/** The largest number of each window. */
export class MaxPool2d extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: MaxPool2dLayerOptions = {},
  ) {
    super();
    checkOptions('MaxPool2d', options, ['stride', 'padding', 'dilation', 'ceilMode']);
  }

  forward(input: Tensor): Tensor {
    return maxPool2d(input, this.kernelSize, this.options);
  }

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0, dilation = 1, ceilMode = false } = this.options;
    return repr({ kernel_size: this.kernelSize, stride, padding, dilation, ceil_mode: ceilMode });
  }
}

export interface AvgPool2dLayerOptions {
  /** Default: the kernel's size. */
  stride?: Pair;
  padding?: Pair;
  ceilMode?: boolean;
  /** Whether padding counts in the average. Default true. */
  countIncludePad?: boolean;
  divisorOverride?: number;
}

/** The average of each window. */
export class AvgPool2d extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: AvgPool2dLayerOptions = {},
  ) {
    super();
    checkOptions('AvgPool2d', options, ['stride', 'padding', 'ceilMode', 'countIncludePad', 'divisorOverride']);
  }

  forward(input: Tensor): Tensor {
    return avgPool2d(input, this.kernelSize, this.options);
  }

  override extraRepr(): string {
    const { stride = this.kernelSize, padding = 0 } = this.options;
    return repr({ kernel_size: this.kernelSize, stride, padding });
  }
}

/** The average of as many windows as the output has pixels. */
export class AdaptiveAvgPool2d extends Module {
  constructor(readonly outputSize: number | readonly [number | null, number | null]) {
    super();
  }

  forward(input: Tensor): Tensor {
    return adaptiveAvgPool2d(input, this.outputSize);
  }

  override extraRepr(): string {
    return repr({ output_size: this.outputSize });
  }
}

interface DropoutLayerOptions {
  /** The probability of a 0. Default 0.5. */
  p?: number;
}

/** What the dropouts share: the probability, alone or as an option. */
abstract class Dropping extends Module {
  readonly p: number;

  constructor(options: number | DropoutLayerOptions = {}) {
    super();
    const given = typeof options === 'number' ? { p: options } : options;
    checkOptions(this.constructor.name, given, ['p']);
    this.p = given.p ?? 0.5;
    if (!(this.p >= 0 && this.p <= 1))
      throw new ArgumentError(this.constructor.name, `a probability lies between 0 and 1, but p is ${this.p}`);
  }

  override extraRepr(): string {
    return repr({ p: this.p, inplace: false });
  }
}

/** Sets elements to 0 with probability p while training, and scales the others up. Srivastava et al., 2014. */
export class Dropout extends Dropping {
  forward(input: Tensor): Tensor {
    return dropout(input, { p: this.p, training: this.training });
  }
}

/** Sets whole channels of (N, C, H, W) to 0 with probability p while training, and scales the others up. Tompson et al., 2015. */
export class Dropout2d extends Dropping {
  forward(input: Tensor): Tensor {
    if (input.ndim !== 4) throw new ShapeError('Dropout2d', 'the input must be (N, C, H, W)', input.shape);
    if (!this.training || this.p === 0) return input;
    const kept = ones([input.shape[0], input.shape[1], 1, 1], { dtype: input.dtype });
    return input.mul(dropout(kept, { p: this.p }));
  }
}
