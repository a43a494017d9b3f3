import { isGradEnabled } from '../autograd/modes.js';
import type { Tensor } from '../tensor/tensor.js';
import { cat } from './joining.js';

/** @internal The gradient of y = cumprod(x): exact where x has zeros, too. */
export function cumprodGrad(grad: Tensor, x: Tensor, y: Tensor, dim: number): Tensor {
  if (x.numel === 0 || x.ndim === 0) return grad;
  const zero = x.detach().eq(0);
  if (!zero.any().item()) return sumFromEnd(grad.mul(y), dim).div(x);
  if (isGradEnabled()) return byRecurrence(grad, x, dim);
  // Before the first zero of a row as ever; at it, the products with 1 in its place; behind it nothing changes anything.
  const zeros = zero.cumsum(dim);
  const first = zero.logicalAnd(zeros.eq(1));
  const before = sumFromEnd(grad.mul(y), dim).div(x.maskedFill(zero, 1));
  const at = sumFromEnd(grad.mul(x.maskedFill(first, 1).cumprod(dim)), dim);
  return before.maskedFill(zeros.gt(0), 0).add(at.maskedFill(first.logicalNot(), 0));
}

const sumFromEnd = (values: Tensor, dim: number): Tensor => values.flip(dim).cumsum(dim).flip(dim);

/**
 * Without a division, so that it can be differentiated again: the product of all before an entry, times
 * s(i) = grad(i) + x(i + 1) s(i + 1), in as many steps as there are entries.
 */
function byRecurrence(grad: Tensor, x: Tensor, dim: number): Tensor {
  const factors = x.unbind(dim);
  const slopes = grad.unbind(dim);
  let sum = slopes[slopes.length - 1];
  const sums = [sum];
  for (let i = factors.length - 2; i >= 0; i--) {
    sum = slopes[i].add(factors[i + 1].mul(sum));
    sums.unshift(sum);
  }
  let product = factors[0].detach().onesLike();
  const parts = sums.map((part, i) => {
    const result = product.mul(part).unsqueeze(dim);
    product = product.mul(factors[i]);
    return result;
  });
  return cat(parts, dim);
}
