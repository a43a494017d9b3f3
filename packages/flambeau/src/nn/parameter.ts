import { Tensor } from '../tensor/tensor.js';

const PARAMETER = Symbol.for('flambeau.Parameter');

/** A tensor that a module learns: assigned to a module's field, it is one of its parameters. */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad = true) {
    super(data.storage, data.shape, data.strides, data.offset, data.dtype);
    if (requiresGrad) this.requiresGrad_();
  }

  get [PARAMETER](): true {
    return true;
  }
}

/** Whether a value is a parameter, of this or of another loaded copy of the package. */
export function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && PARAMETER in value;
}
