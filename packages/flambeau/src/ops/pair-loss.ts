import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { binary, cast, kernelFor, promote, run } from './elementwise.js';

const k = engine.kernels;

/**
 * A loss of each pair of a prediction and a target of one shape, in one pass each way. `slope` is its gradient by the prediction, for
 * graphs that record gradients; `targetSlope` that by the target.
 */
function pairLoss(
  name: 'squared_error' | 'logit_entropy',
  slope: (x: Tensor, y: Tensor) => Tensor,
  targetSlope: (x: Tensor, y: Tensor) => Tensor,
): (x: Tensor, y: Tensor) => Tensor {
  const back = (grad: Tensor, x: Tensor, y: Tensor): Tensor =>
    apply(back, [grad, x, y], {
      shape: x.shape,
      dtype: grad.dtype,
      elementwise: true,
      kernel: (out, g, a, b) =>
        run(
          kernelFor(name, k[`${name}_backward`], out.dtype),
          out,
          [g, a, b].map((operand) => cast(operand, out.dtype)),
        ),
    });
  const op = (x: Tensor, y: Tensor): Tensor =>
    apply(op, [x, y], {
      shape: x.shape,
      dtype: promote(x, y),
      elementwise: true,
      kernel: (out, a, b) => binary(name, k[name], out, a, b),
      save: (_out, a, b) => [a, b],
      vjp: (grad, [a, b], needs) => [
        needs[0] ? (isGradEnabled() ? grad.mul(slope(a, b)) : back(grad, a, b)) : null,
        needs[1] ? grad.mul(targetSlope(a, b)) : null,
      ],
    });
  return op;
}

/** @internal (x − y)². */
export const squaredError = pairLoss(
  'squared_error',
  (x, y) => x.sub(y).mul(2),
  (x, y) => y.sub(x).mul(2),
);

/** @internal The binary cross entropy of sigmoid(x) and y, without overflow for large logits. */
export const logitEntropy = pairLoss(
  'logit_entropy',
  (x, y) => x.sigmoid().sub(y),
  (x) => x.neg(),
);
