import { engine } from '@flambeau/kernels';
import { isGradEnabled, noGrad } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { numelOf, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { applyMany } from './apply.js';
import { channelsLastOrder, rawPlaceOf } from './channels.js';
import { kernelFor } from './elementwise.js';
import { batchNorm } from './normalization.js';
import {
  type AffineOptions,
  checkOperand,
  distribute,
  inOrder,
  normalizedGrads,
  packedOrNull,
  placeOrZero,
} from './normalizing.js';
import { checkOptions } from './options.js';
import { pad } from './padding.js';
import { avgPool2d } from './pooling.js';

const k = engine.kernels;

/** n, c, pixels, groups, and whether channels come last. */
const extents = (shape: Shape, groups: number, last: boolean): number[] => [
  shape[0],
  shape[1],
  numelOf(shape.slice(2)),
  groups,
  last ? 1 : 0,
];

/** Result, and mean and 1 / standard deviation of each group of channels of each example. */
function normalizeGroups(
  input: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  groups: number,
  eps: number,
): Tensor[] {
  const { shape, dtype } = input;
  const last = input.storage.channels !== null;
  const statistics = { shape: [shape[0], groups], dtype };
  return applyMany(normalizeGroups, [input, weight, bias, groups, eps], {
    outputs: [{ shape, dtype, channels: last ? channelsLastOrder(shape) : null }, statistics, statistics],
    constant: [1, 2],
    kernel: ([out, mean, rstd], x, w, b) => {
      const [values, scale, offset] = [inOrder(x, last), packedOrNull(w), packedOrNull(b)];
      if (x.numel === 0) return;
      kernelFor('groupNorm', k.group_norm, dtype)(
        rawPlaceOf(out),
        placeOf(mean),
        placeOf(rstd),
        rawPlaceOf(values),
        placeOrZero(scale),
        placeOrZero(offset),
        ...extents(shape, groups, last),
        eps,
      );
    },
    save: ([, mean, rstd], x, w, b) => [x, w, mean, rstd, b !== null] as const,
    vjp: ([grad], [x, w, mean, rstd, hasBias], needs) => {
      const wants = [needs[0], w !== null && needs[1], hasBias && needs[w === null ? 1 : 2]];
      const [dx, dw, db] = isGradEnabled()
        ? groupsGradFormula(grad as Tensor, x, w, groups, eps)
        : groupsGrad(grad as Tensor, x, w, mean, rstd, wants);
      return [dx, ...(w === null ? [] : [dw]), ...(hasBias ? [db] : [])];
    },
  });
}

/** All gradients in one pass; what is recorded for higher derivatives is the formula below instead. */
function groupsGrad(
  grad: Tensor,
  input: Tensor,
  weight: Tensor | null,
  mean: Tensor,
  rstd: Tensor,
  wants: readonly boolean[],
): (Tensor | null)[] {
  const { shape, dtype } = input;
  const last = input.storage.channels !== null;
  const outputs = [
    { shape, dtype, channels: last ? channelsLastOrder(shape) : null },
    { shape: [shape[1]], dtype },
    { shape: [shape[1]], dtype },
  ];
  const outs = applyMany(groupsGrad, [grad, input, weight, mean, rstd, wants], {
    outputs: outputs.filter((_, i) => wants[i]),
    kernel: (results, g, x, w, m, r) => {
      const [dx, dw, db] = distribute(wants, results);
      const [slopes, values, scale] = [inOrder(g, last), inOrder(x, last), packedOrNull(w)];
      kernelFor('groupNorm', k.group_norm_backward, dtype)(
        dx === null ? 0 : rawPlaceOf(dx),
        placeOrZero(dw),
        placeOrZero(db),
        rawPlaceOf(slopes),
        rawPlaceOf(values),
        placeOrZero(scale),
        placeOf(m),
        placeOf(r),
        ...extents(shape, m.shape[1], last),
      );
    },
  });
  return distribute(wants, outs);
}

function groupsGradFormula(grad: Tensor, x: Tensor, weight: Tensor | null, groups: number, eps: number): Tensor[] {
  const [n, c] = x.shape;
  const split = [n, groups, c / groups, numelOf(x.shape.slice(2))];
  const values = x.reshape(split);
  const keep = { keepdim: true };
  const centered = values.sub(values.mean([2, 3], keep));
  const scale = centered.square().mean([2, 3], keep).add(eps).rsqrt();
  const flat = weight?.reshape([1, groups, -1, 1]) ?? null;
  const [dx, dw, db] = normalizedGrads(grad.reshape(split), centered.mul(scale), scale, flat, [2, 3], [0, 3], true);
  return [dx.reshape(x.shape), dw.reshape([c]), db.reshape([c])];
}

/**
 * Groups of neighbouring channels of each example (N, C, …) with mean 0 and variance 1; `weight` and `bias` have one number a channel. Wu & He, 2018.
 * @example nn.functional.groupNorm(x, 8, { weight, bias })
 */
export function groupNorm(input: Tensor, numGroups: number, options?: AffineOptions): Tensor {
  checkOptions('groupNorm', options, ['weight', 'bias', 'eps']);
  const { weight = null, bias = null, eps = 1e-5 } = options ?? {};
  if (input.ndim < 2) throw new ShapeError('groupNorm', 'the input must be (N, C, …)', input.shape);
  const channels = input.shape[1];
  if (!Number.isInteger(numGroups) || numGroups < 1 || channels % numGroups !== 0)
    throw new ArgumentError('groupNorm', `${channels} channels do not fall into ${numGroups} groups`);
  checkOperand('groupNorm', 'weight', weight, input, [channels]);
  checkOperand('groupNorm', 'bias', bias, input, [channels]);
  if (input.shape[0] * (input.numel / input.shape[0] / numGroups) === 1)
    throw new ShapeError('groupNorm', 'a group needs more than one value', input.shape);
  return normalizeGroups(input, weight, bias, numGroups, eps)[0];
}

export interface InstanceNormOptions extends AffineOptions {
  /** Running mean of each channel: updated in place, or used when `useInputStats` is false. Default: none. */
  runningMean?: Tensor | null;
  /** Running variance of each channel. Default: none. */
  runningVar?: Tensor | null;
  /** Normalise by each example's own statistics. Default true. */
  useInputStats?: boolean;
  /** The weight of this batch in the running statistics. Default 0.1. */
  momentum?: number;
}

/**
 * Each channel of each example (N, C, …) with mean 0 and variance 1. Running statistics, where given, move to the averages of the examples'.
 * Ulyanov, Vedaldi & Lempitsky, 2016.
 */
export function instanceNorm(input: Tensor, options?: InstanceNormOptions): Tensor {
  const known = ['runningMean', 'runningVar', 'weight', 'bias', 'useInputStats', 'momentum', 'eps'];
  checkOptions('instanceNorm', options, known);
  const { weight = null, bias = null, eps = 1e-5, momentum = 0.1, useInputStats = true } = options ?? {};
  const { runningMean = null, runningVar = null } = options ?? {};
  if (input.ndim < 3) throw new ShapeError('instanceNorm', 'the input must be (N, C, …)', input.shape);
  if ((runningMean === null) !== (runningVar === null))
    throw new ArgumentError('instanceNorm', 'give both running statistics or none');
  if (!useInputStats) {
    if (runningMean === null)
      throw new ArgumentError('instanceNorm', 'without the statistics of the input the running ones are needed');
    return batchNorm(input, runningMean, runningVar, { weight, bias, eps });
  }
  if (numelOf(input.shape.slice(2)) === 1)
    throw new ShapeError('instanceNorm', 'a channel needs more than one value', input.shape);
  const channels = [input.shape[1]];
  const named = { weight, bias, runningMean, runningVar };
  for (const [name, tensor] of Object.entries(named)) checkOperand('instanceNorm', name, tensor, input, channels);
  if (runningMean !== null && runningVar !== null) noGrad(() => follow(input, runningMean, runningVar, momentum));
  return normalizeGroups(input, weight, bias, input.shape[1], eps)[0];
}

/** Moves running statistics to the averages of those of the examples. */
function follow(input: Tensor, runningMean: Tensor, runningVar: Tensor, momentum: number): void {
  const pixels = input.shape.slice(2).map((_, i) => i + 2);
  runningMean.lerp_(input.mean(pixels).mean(0), momentum);
  runningVar.lerp_(input.var({ dim: pixels }).mean(0), momentum);
}

export interface LocalResponseOptions {
  /** Default 1e-4. */
  alpha?: number;
  /** Default 0.75. */
  beta?: number;
  /** Default 1. */
  k?: number;
}

/**
 * x / (k + alpha · the mean square of `size` neighbouring channels)^beta, for (N, C, …). Krizhevsky, Sutskever & Hinton, 2012.
 */
export function localResponseNorm(input: Tensor, size: number, options?: LocalResponseOptions): Tensor {
  checkOptions('localResponseNorm', options, ['alpha', 'beta', 'k']);
  const { alpha = 1e-4, beta = 0.75, k: offset = 1 } = options ?? {};
  if (input.ndim < 3) throw new ShapeError('localResponseNorm', 'the input must be (N, C, …)', input.shape);
  const [n, c] = input.shape;
  const squares = input.square().reshape([n, 1, c, -1]);
  const before = Math.floor(size / 2);
  const means = avgPool2d(pad(squares, [0, 0, before, size - 1 - before]), [size, 1], { stride: 1 });
  return input.div(means.reshape(input.shape).mul(alpha).add(offset).pow(beta));
}
