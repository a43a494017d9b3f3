import type { Tensor } from '../tensor/tensor.js';
import { checkReduction, type Reduction } from './nll.js';

/** The losses of a batch as they are, their mean or their sum. */
export function reduced(op: string, loss: Tensor, reduction: Reduction = 'mean'): Tensor {
  checkReduction(op, reduction);
  return reduction === 'none' ? loss : reduction === 'mean' ? loss.mean() : loss.sum();
}
