import { type ErrorSamples, extremes, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';
import type * as unary from './unary.js';

const KINK = 'not differentiable there';
const POLE = { differences: 'at poles and infinities', second: 'at poles and infinities' } as const;
const rounded = { gradient: KINK } as const;

/** Inputs of a function that is smooth in (low, high). */
const smooth = (low = -2, high = 2) =>
  [
    [numbers([3, 4], low, high)],
    [numbers([], low, high)],
    [numbers([0, 3], low, high)],
    [strided(numbers([2, 3], low, high, 2))],
    [numbers([3, 1], low, high).expand([3, 2])],
    [numbers([2, 3], low, high).t()],
    [numbers([5, 7], low, high, 3)],
    { args: [extremes()], skip: POLE, tolerance: 2e-5 },
    [integers([4])],
    [integers([4], 0, 6, 'uint8')],
    [truths([3])],
  ] as const;

/** Inputs of a function with steps or kinks. */
const edged = () =>
  [
    [numbers([3, 4], -3, 3)],
    [numbers([], -3, 3)],
    [numbers([0])],
    [strided(numbers([2, 3], -3, 3))],
    { args: [extremes()], skip: { ...POLE, ...rounded } },
    [integers([6])],
    [integers([6], -5, 6, 'int32')],
    [integers([6], 0, 6, 'uint8')],
  ] as const;

const NO_SECOND = { gradient: 'its derivative, polygamma, is not there yet' } as const;

export const samples: Samples<typeof unary> = {
  exp: smooth(),
  exp2: smooth(),
  expm1: smooth(),
  log: smooth(0.1, 4),
  log2: smooth(0.1, 4),
  log10: smooth(0.1, 4),
  log1p: smooth(-0.9, 3),
  sqrt: smooth(0.1, 4),
  rsqrt: smooth(0.1, 4),
  reciprocal: smooth(0.25, 4),
  sin: smooth(-6, 6),
  cos: smooth(-6, 6),
  tan: smooth(-1.4, 1.4),
  asin: smooth(-0.9, 0.9),
  acos: smooth(-0.9, 0.9),
  atan: smooth(-4, 4),
  sinh: smooth(),
  cosh: smooth(),
  asinh: smooth(-4, 4),
  acosh: smooth(1.25, 4),
  atanh: smooth(-0.9, 0.9),
  erf: smooth(),
  erfc: smooth(),
  erfinv: smooth(-0.9, 0.9),
  lgamma: smooth(0.25, 4).map((sample) => ({
    args: 'args' in sample ? sample.args : sample,
    tolerance: 1e-4,
    skip: { second: 'digamma has no derivative yet', ...('skip' in sample ? sample.skip : {}) },
  })),
  digamma: smooth(0.25, 4).map((sample) => ({
    args: 'args' in sample ? sample.args : sample,
    tolerance: 1e-4,
    skip: { ...NO_SECOND, differences: NO_SECOND.gradient, second: NO_SECOND.gradient },
  })),
  floor: edged(),
  ceil: edged(),
  round: edged(),
  trunc: edged(),
  frac: edged().slice(0, 5),
  neg: edged(),
  abs: edged(),
  sign: [...edged(), [truths([4])]],
  square: [...edged(), [truths([4])]],
};

export const errorSamples: ErrorSamples<typeof unary> = {
  neg: [[[truths([2])], 'DTypeError', 'neg: not implemented for bool; there is float32, float64, int64, int32, uint8']],
};
