import { noGrad } from '../autograd/modes.js';
import { ArgumentError } from '../errors.js';
import { tensor } from '../ops/creation.js';
import { cat, stack } from '../ops/joining.js';
import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';

/** Helpers for parameters: `nn.utils`. */

export * as rnn from './packed-sequence.js';

export interface ClipOptions {
  /** The p of the norm; `Infinity` for the largest element. Default 2. */
  normType?: number;
  /** Throw when the norm is no finite number. Default false. */
  errorIfNonfinite?: boolean;
}

const normOf = (grad: Tensor, p: number): Tensor => (p === Number.POSITIVE_INFINITY ? grad.abs().max() : grad.norm(p));

/** Scales gradients down so that their common norm is at most `maxNorm`. Returns the norm before. */
export function clipGradNorm_(parameters: Iterable<Tensor>, maxNorm: number, options: ClipOptions = {}): Tensor {
  checkOptions('clipGradNorm_', options, ['normType', 'errorIfNonfinite']);
  const grads = [...parameters].flatMap(({ grad }) => (grad === null ? [] : [grad]));
  if (grads.length === 0) return tensor(0, { dtype: 'float32' });
  const p = options.normType ?? 2;
  return noGrad(() => {
    const total = normOf(stack(grads.map((grad) => normOf(grad, p))), p);
    const norm = total.item();
    if (options.errorIfNonfinite === true && !Number.isFinite(norm))
      throw new ArgumentError('clipGradNorm_', `the norm of the gradients is ${norm}`);
    const scale = maxNorm / (norm + 1e-6);
    if (!(scale >= 1)) for (const grad of grads) grad.mul_(scale);
    return total;
  });
}

/** Confines every element of the gradients to ±clipValue. */
export function clipGradValue_(parameters: Iterable<Tensor>, clipValue: number): void {
  noGrad(() => {
    for (const { grad } of parameters) grad?.clamp_({ min: -clipValue, max: clipValue });
  });
}

/** All elements of the parameters one after the other. */
export function parametersToVector(parameters: Iterable<Tensor>): Tensor {
  return cat([...parameters].map((parameter) => parameter.reshape(-1)));
}

/** Writes a vector of `parametersToVector` back into the parameters. */
export function vectorToParameters(vector: Tensor, parameters: Iterable<Tensor>): void {
  const list = [...parameters];
  const wanted = list.reduce((n, { numel }) => n + numel, 0);
  if (vector.ndim !== 1 || vector.numel !== wanted)
    throw new ArgumentError(
      'vectorToParameters',
      `the parameters need a vector of ${wanted}, not [${vector.shape.join(', ')}]`,
    );
  let at = 0;
  noGrad(() => {
    for (const parameter of list) {
      parameter.copy_(vector.narrow(0, at, parameter.numel).view(parameter.shape));
      at += parameter.numel;
    }
  });
}
