import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
import { python, options as repr } from './repr.js';

/** Layers without parameters that call one op. */

/** max(x, 0). */
export class ReLU extends Module {
  readonly inplace: boolean;

  constructor(options: { inplace?: boolean } = {}) {
    super();
    checkOptions('ReLU', options, ['inplace']);
    this.inplace = options.inplace ?? false;
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.relu_() : input.relu();
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/** min(max(x, 0), 6). */
export class ReLU6 extends Module {
  forward(input: Tensor): Tensor {
    return input.relu6();
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

/** x · sigmoid(x). */
export class SiLU extends Module {
  forward(input: Tensor): Tensor {
    return input.silu();
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

/** x where positive, `negativeSlope` · x elsewhere. */
export class LeakyReLU extends Module {
  constructor(readonly negativeSlope = 0.01) {
    super();
  }

  forward(input: Tensor): Tensor {
    return input.leakyRelu({ negativeSlope: this.negativeSlope });
  }

  override extraRepr(): string {
    return repr({ negative_slope: this.negativeSlope });
  }
}

/** x where positive, alpha · (eˣ − 1) elsewhere. */
export class ELU extends Module {
  constructor(readonly alpha = 1) {
    super();
  }

  forward(input: Tensor): Tensor {
    return input.elu({ alpha: this.alpha });
  }

  override extraRepr(): string {
    return `alpha=${this.alpha.toFixed(1)}`;
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
    return `beta=${this.beta.toFixed(1)}, threshold=${this.threshold.toFixed(1)}`;
  }
}

/** Exponentials along `dim` that sum to 1. */
export class Softmax extends Module {
  constructor(readonly dimension: number) {
    super();
  }

  forward(input: Tensor): Tensor {
    return input.softmax(this.dimension);
  }

  override extraRepr(): string {
    return `dim=${python(this.dimension)}`;
  }
}

/** The logarithm of softmax. */
export class LogSoftmax extends Module {
  constructor(readonly dimension: number) {
    super();
  }

  forward(input: Tensor): Tensor {
    return input.logSoftmax(this.dimension);
  }

  override extraRepr(): string {
    return `dim=${python(this.dimension)}`;
  }
}
