import { noGrad } from '../autograd/modes.js';
import { tensor } from '../ops/creation.js';
import { stack } from '../ops/joining.js';
import type { Tensor } from '../tensor/tensor.js';

/** Helpers for parameters: `nn.utils`. */

/** Scales gradients down so that their common norm is at most `maxNorm`. Returns the norm before. */
export function clipGradNorm_(
  parameters: Iterable<Tensor>,
  maxNorm: number,
  options: { normType?: number } = {},
): Tensor {
  const grads = [...parameters].flatMap(({ grad }) => (grad === null ? [] : [grad]));
  if (grads.length === 0) return tensor(0, { dtype: 'float32' });
  const p = options.normType ?? 2;
  return noGrad(() => {
    const total = stack(grads.map((grad) => grad.norm(p))).norm(p);
    const scale = Math.min(1, maxNorm / (total.item() + 1e-6));
    if (scale < 1) for (const grad of grads) grad.mul_(scale);
    return total;
  });
}

/** Confines every element of the gradients to ±clipValue. */
export function clipGradValue_(parameters: Iterable<Tensor>, clipValue: number): void {
  noGrad(() => {
    for (const { grad } of parameters) grad?.clamp_({ min: -clipValue, max: clipValue });
  });
}
