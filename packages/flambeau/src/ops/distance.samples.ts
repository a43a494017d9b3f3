import { tensor } from './creation.js';
import type * as distance from './distance.js';
import { type ErrorSamples, numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const y = (...shape: number[]) => numbers(shape, -2, 2, 2);

export const samples: Samples<typeof distance> = {
  cosineSimilarity: [
    [x(3, 4), y(3, 4)],
    [x(3, 4), y(3, 4), { dim: 0 }],
    [x(2, 3, 4), y(3, 1), { dim: -2 }],
    [x(4), y(4), { dim: 0 }],
    [strided(x(2, 3)), y(3, 2).t()],
    {
      args: [tensor([[0, 0]], { dtype: 'float32' }), y(1, 2)],
      skip: { differences: 'the angle of nothing has no slope', gradient: 'PyTorch has a slope of 1 / eps there' },
    },
    { args: [x(2, 2).mul(1e-3), y(2, 2), { eps: 1 }], skip: { differences: 'the norm is held, its gradient is not' } },
  ],
  pairwiseDistance: [
    [x(3, 4), y(3, 4)],
    [x(3, 4), y(3, 4), { p: 1 }],
    [x(3, 4), y(3, 4), { p: 3, keepdim: true }],
    [x(3, 4), y(4), { p: Number.POSITIVE_INFINITY }],
    [x(4), y(4), { eps: 0.1 }],
    [strided(x(2, 3)), y(3, 2).t()],
  ],
};

export const errorSamples: ErrorSamples<typeof distance> = {
  cosineSimilarity: [
    [[x(3), y(3)], 'IndexError', 'cosineSimilarity: dimension 1 is outside [-1, 0] of a tensor with 1 dimension'],
  ],
  pairwiseDistance: [[[x(), y()], 'ShapeError', 'pairwiseDistance: the inputs must be vectors (got [] and [])']],
};
