import { ShapeError } from '../errors.js';
import { normalizeDim } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { broadcast } from './elementwise.js';
import { checkOptions } from './options.js';

/** max(norm, eps) with the gradient of the norm, as PyTorch takes it. */
function heldNorm(x: Tensor, dim: number, eps: number): Tensor {
  const norm = x.norm(2, { dim, keepdim: true });
  return norm.add(norm.detach().clampMin(eps).sub(norm.detach()));
}

/** The cosine of the angle between vectors along `dim`: x1 · x2 / (max(|x1|, eps) max(|x2|, eps)). The others broadcast. */
export function cosineSimilarity(
  x1: Tensor,
  x2: Tensor,
  options: { /** Default 1. */ dim?: number /** Default 1e-8. */; eps?: number } = {},
): Tensor {
  checkOptions('cosineSimilarity', options, ['dim', 'eps']);
  const { dim = 1, eps = 1e-8 } = options;
  const shape = broadcast('cosineSimilarity', x1, x2);
  const axis = normalizeDim('cosineSimilarity', dim, shape.length);
  const [a, b] = [x1.expand(shape), x2.expand(shape)].map((x) => x.div(heldNorm(x, axis, eps)));
  return a.mul(b).sum(axis);
}

export interface DistanceOptions {
  /** The p of the norm. Default 2. */
  p?: number;
  /** Added to each difference, so that the gradient stays finite where they are 0. Default 1e-6. */
  eps?: number;
  /** Keep the last dimension with size 1. Default false. */
  keepdim?: boolean;
}

/** The norm of x1 − x2 + eps along the last dimension; the others broadcast. */
export function pairwiseDistance(x1: Tensor, x2: Tensor, options: DistanceOptions = {}): Tensor {
  checkOptions('pairwiseDistance', options, ['p', 'eps', 'keepdim']);
  const { p = 2, eps = 1e-6, keepdim = false } = options;
  const difference = x1.sub(x2).add(eps);
  if (difference.ndim === 0) throw new ShapeError('pairwiseDistance', 'the inputs must be vectors', x1.shape, x2.shape);
  return difference.norm(p, { dim: -1, keepdim });
}
