import { cosineSimilarity, type DistanceOptions, pairwiseDistance } from '../ops/distance.js';
import type { Tensor } from '../tensor/tensor.js';
import { Module } from './module.js';

/** The cosine of the angle between vectors along `dim` (1). */
export class CosineSimilarity extends Module<[Tensor, Tensor], Tensor> {
  constructor(readonly options: { /** Default 1. */ dim?: number /** Default 1e-8. */; eps?: number } = {}) {
    super();
  }

  forward(x1: Tensor, x2: Tensor): Tensor {
    return cosineSimilarity(x1, x2, this.options);
  }
}

/** The norm of the difference of vectors, along the last dimension. */
export class PairwiseDistance extends Module<[Tensor, Tensor], Tensor> {
  constructor(readonly options: DistanceOptions = {}) {
    super();
  }

  forward(x1: Tensor, x2: Tensor): Tensor {
    return pairwiseDistance(x1, x2, this.options);
  }
}
