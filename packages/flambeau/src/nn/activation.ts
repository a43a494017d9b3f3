import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
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
