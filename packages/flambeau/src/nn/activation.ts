import { ShapeError } from '../errors.js';
import { full } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { softmin } from '../ops/softmax.js';
import { type DType, getDefaultDtype } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { asFloat, python, options as repr } from './repr.js';

/** Layers without parameters that call one op. */

interface InPlaceOptions {
  /** Overwrite the input. Default false. */
  inplace?: boolean;
}

/** An activation that can be computed into its input. */
abstract class Activation extends Module {
  readonly inplace: boolean;

  constructor(options: InPlaceOptions, known: readonly string[] = []) {
    super();
    checkOptions(this.constructor.name, options, [...known, 'inplace']);
    this.inplace = options.inplace ?? false;
  }

  /** The options as Python floats, in order. */
  protected settings(): Record<string, number> {
    return {};
  }

  override extraRepr(): string {
    const shown = Object.entries(this.settings()).map(([name, value]) => [name, asFloat(value)]);
    return repr({ ...Object.fromEntries(shown), ...(this.inplace ? { inplace: true } : {}) });
  }
}

/** max(x, 0). */
export class ReLU extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.relu_() : input.relu();
  }
}

/** min(max(x, 0), 6). */
export class ReLU6 extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.relu6_() : input.relu6();
  }
}

/** x confined to [minVal, maxVal]; −1 and 1 when left out. */
export class Hardtanh extends Activation {
  readonly minVal: number;
  readonly maxVal: number;

  constructor(options: InPlaceOptions & { minVal?: number; maxVal?: number } = {}) {
    super(options, ['minVal', 'maxVal']);
    this.minVal = options.minVal ?? -1;
    this.maxVal = options.maxVal ?? 1;
  }

  forward(input: Tensor): Tensor {
    const bounds = { minVal: this.minVal, maxVal: this.maxVal };
    return this.inplace ? input.hardtanh_(bounds) : input.hardtanh(bounds);
  }

  protected override settings(): Record<string, number> {
    return { min_val: this.minVal, max_val: this.maxVal };
  }
}

/** x · sigmoid(x). */
export class SiLU extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.silu_() : input.silu();
  }
}

/** x where positive, `negativeSlope` (0.01) · x elsewhere. */
export class LeakyReLU extends Activation {
  readonly negativeSlope: number;

  constructor(options: InPlaceOptions & { negativeSlope?: number } = {}) {
    super(options, ['negativeSlope']);
    this.negativeSlope = options.negativeSlope ?? 0.01;
  }

  forward(input: Tensor): Tensor {
    const { negativeSlope } = this;
    return this.inplace ? input.leakyRelu_({ negativeSlope }) : input.leakyRelu({ negativeSlope });
  }

  protected override settings(): Record<string, number> {
    return { negative_slope: this.negativeSlope };
  }
}

/** x where positive, alpha (1) · (eˣ − 1) elsewhere. */
export class ELU extends Activation {
  readonly alpha: number;

  constructor(options: InPlaceOptions & { alpha?: number } = {}) {
    super(options, ['alpha']);
    this.alpha = options.alpha ?? 1;
  }

  forward(input: Tensor): Tensor {
    const { alpha } = this;
    return this.inplace ? input.elu_({ alpha }) : input.elu({ alpha });
  }

  protected override settings(): Record<string, number> {
    return { alpha: this.alpha };
  }
}

/** Activations without options whose printed layer has none. */
abstract class Silent extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  override extraRepr(): string {
    return '';
  }
}

/** relu6(x + 3) / 6. */
export class Hardsigmoid extends Silent {
  forward(input: Tensor): Tensor {
    return this.inplace ? input.hardsigmoid_() : input.hardsigmoid();
  }
}

/** x · hardsigmoid(x). Howard et al., 2019. */
export class Hardswish extends Silent {
  forward(input: Tensor): Tensor {
    return this.inplace ? input.hardswish_() : input.hardswish();
  }
}

/** x · tanh(log(1 + eˣ)). Misra, 2019. */
export class Mish extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.mish_() : input.mish();
  }
}

/** An ELU that keeps mean 0 and variance 1. Klambauer et al., 2017. */
export class SELU extends Activation {
  constructor(options: InPlaceOptions = {}) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.selu_() : input.selu();
  }
}

/** x where positive, alpha (1) · (e^(x / alpha) − 1) elsewhere. Barron, 2017. */
export class CELU extends Activation {
  readonly alpha: number;

  constructor(options: InPlaceOptions & { alpha?: number } = {}) {
    super(options, ['alpha']);
    this.alpha = options.alpha ?? 1;
  }

  forward(input: Tensor): Tensor {
    const { alpha } = this;
    return this.inplace ? input.celu_({ alpha }) : input.celu({ alpha });
  }

  protected override settings(): Record<string, number> {
    return { alpha: this.alpha };
  }
}

/** Slopes of negative numbers drawn between `lower` (1/8) and `upper` (1/3) while training. Xu et al., 2015. */
export class RReLU extends Activation {
  readonly lower: number;
  readonly upper: number;

  constructor(options: InPlaceOptions & { lower?: number; upper?: number } = {}) {
    super(options, ['lower', 'upper']);
    this.lower = options.lower ?? 1 / 8;
    this.upper = options.upper ?? 1 / 3;
  }

  forward(input: Tensor): Tensor {
    const { lower, upper, training } = this;
    const rule = { lower, upper, training };
    return this.inplace ? input.rrelu_(rule) : input.rrelu(rule);
  }

  protected override settings(): Record<string, number> {
    return { lower: this.lower, upper: this.upper };
  }
}

/** x where it is greater than the threshold, `value` elsewhere. */
export class Threshold extends Activation {
  constructor(
    readonly threshold: number,
    readonly value: number,
    options: InPlaceOptions = {},
  ) {
    super(options);
  }

  forward(input: Tensor): Tensor {
    const { threshold, value } = this;
    return this.inplace ? input.threshold_(threshold, value) : input.threshold(threshold, value);
  }

  override extraRepr(): string {
    return repr({ threshold: this.threshold, value: this.value, ...(this.inplace ? { inplace: true } : {}) });
  }
}

/** x where positive, a learned slope times x elsewhere: one, or one for each channel. He et al., 2015. */
export class PReLU extends Module {
  weight: Parameter;
  readonly numParameters: number;

  /** @param options `numParameters` 1 or the number of channels; `init` the first slope, 0.25 */
  constructor(options: { numParameters?: number; init?: number; dtype?: DType } = {}) {
    super();
    checkOptions('PReLU', options, ['numParameters', 'init', 'dtype']);
    this.numParameters = options.numParameters ?? 1;
    const dtype = options.dtype ?? getDefaultDtype();
    this.weight = new Parameter(full([this.numParameters], options.init ?? 0.25, { dtype }));
  }

  forward(input: Tensor): Tensor {
    return input.prelu(this.weight);
  }

  override extraRepr(): string {
    return repr({ num_parameters: this.numParameters });
  }
}

/** x / (1 + |x|). */
export class Softsign extends Module {
  forward(input: Tensor): Tensor {
    return input.softsign();
  }
}

/** x − tanh x. */
export class Tanhshrink extends Module {
  forward(input: Tensor): Tensor {
    return input.tanhshrink();
  }
}

/** What the shrinkages share: half the width of what becomes 0. */
abstract class Shrinkage extends Module {
  readonly lambd: number;

  constructor(options: number | { lambd?: number } = {}) {
    super();
    const given = typeof options === 'number' ? { lambd: options } : options;
    checkOptions(this.constructor.name, given, ['lambd']);
    this.lambd = given.lambd ?? 0.5;
  }

  override extraRepr(): string {
    return python(this.lambd);
  }
}

/** x moved towards 0 by lambd (0.5), and 0 where it would pass it. */
export class Softshrink extends Shrinkage {
  forward(input: Tensor): Tensor {
    return input.softshrink(this.lambd);
  }
}

/** x, and 0 where |x| is at most lambd (0.5). */
export class Hardshrink extends Shrinkage {
  forward(input: Tensor): Tensor {
    return input.hardshrink(this.lambd);
  }
}

/** 1 / (1 + e⁻ˣ). */
export class Sigmoid extends Module {
  forward(input: Tensor): Tensor {
    return input.sigmoid();
  }
}

/** Hyperbolic tangent. */
export class Tanh extends Module {
  forward(input: Tensor): Tensor {
    return input.tanh();
  }
}

/** log(sigmoid(x)). */
export class LogSigmoid extends Module {
  forward(input: Tensor): Tensor {
    return input.logSigmoid();
  }
}

/** x · Φ(x). */
export class GELU extends Module {
  readonly approximate: 'none' | 'tanh';

  constructor(options: { approximate?: 'none' | 'tanh' } = {}) {
    super();
    checkOptions('GELU', options, ['approximate']);
    this.approximate = options.approximate ?? 'none';
  }

  forward(input: Tensor): Tensor {
    return input.gelu({ approximate: this.approximate });
  }

  override extraRepr(): string {
    return repr({ approximate: this.approximate });
  }
}

/** log(1 + e^(beta·x)) / beta. */
export class Softplus extends Module {
  readonly beta: number;
  readonly threshold: number;

  constructor(options: { beta?: number; threshold?: number } = {}) {
    super();
    checkOptions('Softplus', options, ['beta', 'threshold']);
    this.beta = options.beta ?? 1;
    this.threshold = options.threshold ?? 20;
  }

  forward(input: Tensor): Tensor {
    return input.softplus({ beta: this.beta, threshold: this.threshold });
  }

  override extraRepr(): string {
    return repr({ beta: asFloat(this.beta), threshold: asFloat(this.threshold) });
  }
}

/** A layer that works along one dimension. */
abstract class Along extends Module {
  readonly dim: number;

  constructor(dim: number | { dim: number }) {
    super();
    if (typeof dim === 'object') checkOptions(this.constructor.name, dim, ['dim']);
    this.dim = typeof dim === 'number' ? dim : dim.dim;
  }

  override extraRepr(): string {
    return `dim=${python(this.dim)}`;
  }
}

/** Exponentials along `dim` that sum to 1. */
export class Softmax extends Along {
  forward(input: Tensor): Tensor {
    return input.softmax(this.dim);
  }
}

/** The logarithm of softmax. */
export class LogSoftmax extends Along {
  forward(input: Tensor): Tensor {
    return input.logSoftmax(this.dim);
  }
}

/** Softmax of −x. */
export class Softmin extends Along {
  forward(input: Tensor): Tensor {
    return softmin(input, this.dim);
  }
}

/** Exponentials over the channels of pictures (N, C, H, W) that sum to 1 at every pixel. */
export class Softmax2d extends Module {
  forward(input: Tensor): Tensor {
    if (input.ndim !== 3 && input.ndim !== 4)
      throw new ShapeError('Softmax2d', 'the input must be (N, C, H, W) or (C, H, W)', input.shape);
    return input.softmax(-3);
  }
}

/** The first half of `dim` times the sigmoid of the second. Dauphin et al., 2016. */
export class GLU extends Along {
  constructor(dim: number | { dim: number } = -1) {
    super(dim);
  }

  forward(input: Tensor): Tensor {
    return input.glu(this.dim);
  }
}
