import { ArgumentError, ShapeError } from '../errors.js';
import { ones } from '../ops/creation.js';
import { dropout } from '../ops/drawing.js';
import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';
import { options as repr } from './repr.js';

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
