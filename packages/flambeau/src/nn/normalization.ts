import { noGrad } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
import { ones, tensor, zeros } from '../ops/creation.js';
import { groupNorm, instanceNorm, type LocalResponseOptions, localResponseNorm } from '../ops/group-norm.js';
import { batchNorm, layerNorm } from '../ops/normalization.js';
import { checkOptions } from '../ops/options.js';
import type { DType } from '../tensor/dtype.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { asFloat, python, options as repr } from './repr.js';

export interface BatchNormLayerOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** How fast the running statistics follow; null for the average of all batches. Default 0.1. */
  momentum?: number | null;
  /** Whether scale and offset are learned. Default true. */
  affine?: boolean;
  /** Whether running statistics are kept for evaluation. Default true. */
  trackRunningStats?: boolean;
  /** Whether an offset is learned too, with `affine`. Default true. */
  bias?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

export type InstanceNormLayerOptions = BatchNormLayerOptions;

/** What batch and instance norms share: scale and offset, and running statistics. The dimensions they take are the subclasses' matter. */
abstract class RunningNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  running_mean: Tensor | null = null;
  running_var: Tensor | null = null;
  num_batches_tracked: Tensor | null = null;
  readonly eps: number;
  readonly momentum: number | null;
  readonly trackRunningStats: boolean;
  protected abstract readonly ranks: readonly number[];

  constructor(
    readonly numFeatures: number,
    options: BatchNormLayerOptions,
    byDefault: boolean,
  ) {
    super();
    checkOptions(this.constructor.name, options, ['eps', 'momentum', 'affine', 'trackRunningStats', 'bias', 'dtype']);
    this.eps = options.eps ?? 1e-5;
    this.momentum = options.momentum === undefined ? 0.1 : options.momentum;
    this.trackRunningStats = options.trackRunningStats ?? byDefault;
    const affine = options.affine ?? byDefault;
    const { dtype } = options;
    this.weight = affine ? new Parameter(ones([numFeatures], { dtype })) : null;
    this.bias = affine && options.bias !== false ? new Parameter(zeros([numFeatures], { dtype })) : null;
    if (!this.trackRunningStats) return;
    this.registerBuffer('running_mean', zeros([numFeatures], { dtype }));
    this.registerBuffer('running_var', ones([numFeatures], { dtype }));
    this.registerBuffer('num_batches_tracked', tensor(0));
  }

  protected checkRank(input: Tensor): void {
    if (!this.ranks.includes(input.ndim))
      throw new ShapeError(this.constructor.name, `expected ${this.ranks.join(' or ')} dimensions`, input.shape);
  }

  override extraRepr(): string {
    const { eps, momentum, trackRunningStats } = this;
    return `${this.numFeatures}, ${repr({ eps, momentum, affine: this.weight !== null, bias: this.bias !== null, track_running_stats: trackRunningStats })}`;
  }
}

abstract class BatchNorm extends RunningNorm {
  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    super(numFeatures, options, true);
  }

  forward(input: Tensor): Tensor {
    this.checkRank(input);
    const byBatch = this.training || this.running_mean === null;
    let momentum = this.momentum ?? 0;
    if (this.training && this.num_batches_tracked !== null) {
      const count = this.num_batches_tracked;
      noGrad(() => count.add_(1));
      if (this.momentum === null) momentum = 1 / count.item();
    }
    const { weight, bias, eps } = this;
    const track = !this.training || this.trackRunningStats;
    return batchNorm(input, track ? this.running_mean : null, track ? this.running_var : null, {
      weight,
      bias,
      training: byBatch,
      momentum,
      eps,
    });
  }
}

/** Batch normalisation of (N, C) or (N, C, L). Ioffe & Szegedy, 2015. */
export class BatchNorm1d extends BatchNorm {
  protected override readonly ranks = [2, 3] as const;
}

/** Batch normalisation of pictures (N, C, H, W). Ioffe & Szegedy, 2015. */
export class BatchNorm2d extends BatchNorm {
  protected override readonly ranks = [4] as const;
}

/** By default without scale, offset and running statistics. */
abstract class InstanceNorm extends RunningNorm {
  constructor(numFeatures: number, options: InstanceNormLayerOptions = {}) {
    super(numFeatures, options, false);
  }

  forward(input: Tensor): Tensor {
    this.checkRank(input);
    const batch = Math.max(...this.ranks);
    const channels = input.shape[input.ndim - batch + 1];
    if (channels !== this.numFeatures && this.weight !== null)
      throw new ShapeError(this.constructor.name, `expected ${this.numFeatures} channels`, input.shape);
    const { weight, bias, eps } = this;
    const useInputStats = this.training || !this.trackRunningStats;
    const running = { runningMean: this.running_mean, runningVar: this.running_var };
    const rule = { ...running, weight, bias, useInputStats, momentum: this.momentum ?? 0, eps };
    return input.ndim === batch ? instanceNorm(input, rule) : instanceNorm(input.unsqueeze(0), rule).squeeze(0);
  }
}

/** Each channel of each example (N, C, L) or (C, L) normalised. Ulyanov, Vedaldi & Lempitsky, 2016. */
export class InstanceNorm1d extends InstanceNorm {
  protected override readonly ranks = [2, 3] as const;
}

/** Each channel of each picture (N, C, H, W) or (C, H, W) normalised. Ulyanov, Vedaldi & Lempitsky, 2016. */
export class InstanceNorm2d extends InstanceNorm {
  protected override readonly ranks = [3, 4] as const;
}

/** Groups of channels of each example (N, C, …) normalised. Wu & He, 2018. */
export class GroupNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly eps: number;

  constructor(
    readonly numGroups: number,
    readonly numChannels: number,
    options: { eps?: number; affine?: boolean; bias?: boolean; dtype?: DType } = {},
  ) {
    super();
    checkOptions('GroupNorm', options, ['eps', 'affine', 'bias', 'dtype']);
    if (numChannels % numGroups !== 0)
      throw new ArgumentError('GroupNorm', `${numChannels} channels do not fall into ${numGroups} groups`);
    this.eps = options.eps ?? 1e-5;
    const affine = options.affine ?? true;
    const { dtype } = options;
    this.weight = affine ? new Parameter(ones([numChannels], { dtype })) : null;
    this.bias = affine && options.bias !== false ? new Parameter(zeros([numChannels], { dtype })) : null;
  }

  forward(input: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return groupNorm(input, this.numGroups, { weight, bias, eps });
  }

  override extraRepr(): string {
    const settings = repr({ eps: this.eps, affine: this.weight !== null, bias: this.bias !== null });
    return `${this.numGroups}, ${this.numChannels}, ${settings}`;
  }
}

/** Normalisation over the last dimensions. Ba, Kiros & Hinton, 2016. */
export class LayerNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly normalizedShape: Shape;
  readonly eps: number;

  constructor(
    normalizedShape: number | Shape,
    options: { eps?: number; elementwiseAffine?: boolean; bias?: boolean; dtype?: DType } = {},
  ) {
    super();
    checkOptions('LayerNorm', options, ['eps', 'elementwiseAffine', 'bias', 'dtype']);
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    this.eps = options.eps ?? 1e-5;
    const affine = options.elementwiseAffine ?? true;
    this.weight = affine ? new Parameter(ones(this.normalizedShape, { dtype: options.dtype })) : null;
    this.bias =
      affine && options.bias !== false ? new Parameter(zeros(this.normalizedShape, { dtype: options.dtype })) : null;
  }

  forward(input: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return layerNorm(input, this.normalizedShape, { weight, bias, eps });
  }

  override extraRepr(): string {
    return `${python(this.normalizedShape)}, ${repr({ eps: this.eps, elementwise_affine: this.weight !== null, bias: this.bias !== null })}`;
  }
}

/** Each number divided by a power of the mean square of neighbouring channels. Krizhevsky, Sutskever & Hinton, 2012. */
export class LocalResponseNorm extends Module {
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;

  constructor(
    readonly size: number,
    options: LocalResponseOptions = {},
  ) {
    super();
    checkOptions('LocalResponseNorm', options, ['alpha', 'beta', 'k']);
    this.alpha = options.alpha ?? 1e-4;
    this.beta = options.beta ?? 0.75;
    this.k = options.k ?? 1;
  }

  forward(input: Tensor): Tensor {
    const { alpha, beta, k } = this;
    return localResponseNorm(input, this.size, { alpha, beta, k });
  }

  override extraRepr(): string {
    return `${this.size}, ${repr({ alpha: asFloat(this.alpha), beta: asFloat(this.beta), k: asFloat(this.k) })}`;
  }
}
