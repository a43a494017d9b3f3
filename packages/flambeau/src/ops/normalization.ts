import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { numelOf, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { applyMany } from './apply.js';
import { channelsLastOrder, rawPlaceOf } from './channels.js';
import { copyInto, kernelFor, packed } from './elementwise.js';
import { poolExtents } from './geometry.js';
import { channelExtents, gradBehindMaximum, gradBehindRelu, Normalized, nextMark } from './joined.js';
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

const k = engine.kernels;

export interface BatchNormOptions extends AffineOptions {
  /** Normalise by the batch's own statistics and update the running ones. Default false. */
  training?: boolean;
  /** The weight of this batch in the running statistics. Default 0.1. */
  momentum?: number;
}

interface BatchNormRule {
  readonly training: boolean;
  readonly momentum: number;
  readonly eps: number;
}

/** Result, and of each channel mean, 1 / standard deviation, scale and shift: `(x − mean) · scale + shift`. */
function normalizeBatch(
  input: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  running: readonly Tensor[],
  rule: BatchNormRule,
): Tensor[] {
  const { shape, dtype } = input;
  const { training, momentum, eps } = rule;
  const last = input.storage.channels !== null;
  const mark = nextMark();
  const column = { shape: [shape[1]], dtype };
  return applyMany(normalizeBatch, [input, weight, bias, running, rule], {
    outputs: [{ shape, dtype, channels: last ? channelsLastOrder(shape) : null }, column, column, column, column],
    constant: [1, 2, 3, 4],
    kernel: ([out, mean, rstd, scale, shift], x, w, b, statistics) => {
      const [factor, offset] = [packedOrNull(w), packedOrNull(b)];
      const running = statistics.map(packed);
      const values = inOrder(x, last);
      if (training) for (const statistic of statistics) statistic.storage.willChange();
      kernelFor('batchNorm', k.batch_norm_statistics, dtype)(
        placeOf(mean),
        placeOf(rstd),
        placeOf(scale),
        placeOf(shift),
        rawPlaceOf(values),
        placeOrZero(factor),
        placeOrZero(offset),
        placeOrZero(running[0] ?? null),
        placeOrZero(running[1] ?? null),
        ...channelExtents(shape, last),
        training ? 1 : 0,
        momentum,
        eps,
      );
      out.storage.defer(new Normalized({ mark, x: values, mean, scale, shift, last }));
      if (!training) return;
      statistics.forEach((statistic, i) => {
        if (running[i] !== statistic) copyInto(statistic, running[i]);
        statistic.storage.changed();
      });
    },
    save: ([, mean, rstd, scale, shift], x, w, b, statistics) =>
      [x, w, mean, rstd, scale, shift, b !== null, statistics.length] as const,
    vjp: ([grad], [x, w, mean, rstd, scale, shift, hasBias, count], needs) => {
      const wants = [needs[0], w !== null && needs[1], hasBias && needs[w === null ? 1 : 2]];
      const [dx, dw, db] = isGradEnabled()
        ? batchGradFormula(grad as Tensor, x, w, mean, rstd, rule)
        : batchGrad(grad as Tensor, x, w, { mark, mean, rstd, scale, shift }, wants, training);
      return [dx, ...(w === null ? [] : [dw]), ...(hasBias ? [db] : []), ...new Array<null>(count).fill(null)];
    },
  });
}

/** What a batch norm found out about its channels, and the mark of its result. */
interface BatchTerms {
  readonly mark: number;
  readonly mean: Tensor;
  readonly rstd: Tensor;
  readonly scale: Tensor;
  readonly shift: Tensor;
}

/** All gradients in one pass; what is recorded for higher derivatives is the formula below instead. */
function batchGrad(
  grad: Tensor,
  input: Tensor,
  weight: Tensor | null,
  terms: BatchTerms,
  wants: readonly boolean[],
  training: boolean,
): (Tensor | null)[] {
  const { shape, dtype } = input;
  const last = input.storage.channels !== null;
  const { mean, rstd, scale, shift } = terms;
  const behind = gradBehindRelu(grad, terms.mark);
  const outputs = [
    { shape, dtype, channels: last ? channelsLastOrder(shape) : null },
    { shape: [shape[1]], dtype },
    { shape: [shape[1]], dtype },
  ];
  const outs = applyMany(batchGrad as typeof batchGrad, [grad, input, weight, terms, wants, training], {
    outputs: outputs.filter((_, i) => wants[i]),
    kernel: (outputs, g, x, w) => {
      const [dx, dw, db] = distribute(wants, outputs);
      const factor = packedOrNull(w);
      const values = inOrder(x, last);
      const maximum = behind === null || !last ? null : gradBehindMaximum(behind);
      const slopes = inOrder(maximum?.grad ?? behind ?? g, last);
      const results = [dx === null ? 0 : rawPlaceOf(dx), placeOrZero(dw), placeOrZero(db)];
      const operands = [
        rawPlaceOf(values),
        placeOrZero(factor),
        placeOf(mean),
        placeOf(rstd),
        behind === null ? 0 : placeOf(scale),
        behind === null ? 0 : placeOf(shift),
      ];
      if (maximum === null) {
        const kernel = kernelFor('batchNorm', k.batch_norm_backward, dtype);
        kernel(...results, rawPlaceOf(slopes), ...operands, ...channelExtents(shape, last), training ? 1 : 0);
        return;
      }
      const { winners, window } = maximum;
      kernelFor('batchNorm', k.batch_norm_relu_max_pool2d_backward, dtype)(
        ...results,
        rawPlaceOf(slopes),
        placeOf(winners),
        ...operands,
        ...poolExtents(shape, maximum.grad.shape),
        ...window.stride,
        ...window.padding,
        training ? 1 : 0,
      );
    },
  });
  return distribute(wants, outs);
}

/** The same in ops: with the batch's statistics as functions of the input, so that it can be differentiated again. */
function batchGradFormula(
  grad: Tensor,
  x: Tensor,
  weight: Tensor | null,
  mean: Tensor,
  rstd: Tensor,
  { training, eps }: BatchNormRule,
): Tensor[] {
  const dims = x.shape.map((_, i) => i).filter((i) => i !== 1);
  const column = x.shape.map((_, i) => (i === 1 ? -1 : 1));
  const centered = x.sub(training ? x.mean(dims, { keepdim: true }) : mean.reshape(column));
  const scale = training ? centered.square().mean(dims, { keepdim: true }).add(eps).rsqrt() : rstd.reshape(column);
  return normalizedGrads(grad, centered.mul(scale), scale, weight?.reshape(column) ?? null, dims, dims, training);
}

/**
 * Each channel of (N, C, …) with mean 0 and variance 1, by the batch's statistics in training, which then also move the running ones
 * (in place, the variance unbiased), and by the running ones otherwise.
 */
export function batchNorm(
  input: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options?: BatchNormOptions,
): Tensor {
  checkOptions('batchNorm', options, ['weight', 'bias', 'training', 'momentum', 'eps']);
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options ?? {};
  if (input.ndim < 2) throw new ShapeError('batchNorm', 'the input must be (N, C, …)', input.shape);
  const channels = [input.shape[1]];
  const named = { weight, bias, runningMean, runningVar };
  for (const [name, tensor] of Object.entries(named)) checkOperand('batchNorm', name, tensor, input, channels);
  if ((runningMean === null) !== (runningVar === null))
    throw new ArgumentError('batchNorm', 'give both running statistics or none');
  if (!training && runningMean === null)
    throw new ArgumentError('batchNorm', 'outside of training the running statistics are needed');
  if (training && input.numel === input.shape[1])
    throw new ShapeError('batchNorm', 'training needs more than one value per channel', input.shape);
  const running = runningMean === null ? [] : [runningMean, runningVar as Tensor];
  return normalizeBatch(input, weight, bias, running, { training, momentum, eps })[0];
}

/** Result, and mean and 1 / standard deviation of each row. */
function normalizeRows(input: Tensor, weight: Tensor | null, bias: Tensor | null, n: number, eps: number): Tensor[] {
  const { shape, dtype } = input;
  const rows = n === 0 ? 0 : input.numel / n;
  return applyMany(normalizeRows, [input, weight, bias, n, eps], {
    outputs: [
      { shape, dtype },
      { shape: [rows], dtype },
      { shape: [rows], dtype },
    ],
    constant: [1, 2],
    kernel: ([out, mean, rstd], x, w, b) => {
      const [values, scale, offset] = [inOrder(x, false), packedOrNull(w), packedOrNull(b)];
      kernelFor('layerNorm', k.layer_norm, dtype)(
        placeOf(out),
        placeOf(mean),
        placeOf(rstd),
        placeOf(values),
        placeOrZero(scale),
        placeOrZero(offset),
        rows,
        n,
        eps,
      );
    },
    save: ([, mean, rstd], x, w, b) => [x, w, mean, rstd, b !== null] as const,
    vjp: ([grad], [x, w, mean, rstd, hasBias], needs) => {
      const wants = [needs[0], w !== null && needs[1], hasBias && needs[w === null ? 1 : 2]];
      const [dx, dw, db] = isGradEnabled()
        ? rowsGradFormula(grad as Tensor, x, w, n, eps)
        : rowsGrad(grad as Tensor, x, w, mean, rstd, wants, n);
      return [dx, ...(w === null ? [] : [dw]), ...(hasBias ? [db] : [])];
    },
  });
}

function rowsGrad(
  grad: Tensor,
  input: Tensor,
  weight: Tensor | null,
  mean: Tensor,
  rstd: Tensor,
  wants: readonly boolean[],
  n: number,
): (Tensor | null)[] {
  const { shape, dtype } = input;
  const width = weight === null ? [n] : weight.shape;
  const outputs = [
    { shape, dtype },
    { shape: width, dtype },
    { shape: width, dtype },
  ];
  const outs = applyMany(rowsGrad, [grad, input, weight, mean, rstd, wants, n], {
    outputs: outputs.filter((_, i) => wants[i]),
    kernel: (results, g, x, w, m, r) => {
      const [dx, dw, db] = distribute(wants, results);
      const [slopes, values, scale] = [inOrder(g, false), inOrder(x, false), packedOrNull(w)];
      kernelFor('layerNorm', k.layer_norm_backward, dtype)(
        placeOrZero(dx),
        placeOrZero(dw),
        placeOrZero(db),
        placeOf(slopes),
        placeOf(values),
        placeOrZero(scale),
        placeOf(m),
        placeOf(r),
        mean.numel,
        n,
      );
    },
  });
  return distribute(wants, outs);
}

function rowsGradFormula(grad: Tensor, x: Tensor, weight: Tensor | null, n: number, eps: number): Tensor[] {
  const rows = x.reshape([-1, n]);
  const centered = rows.sub(rows.mean(1, { keepdim: true }));
  const scale = centered.square().mean(1, { keepdim: true }).add(eps).rsqrt();
  const flat = weight?.reshape([1, n]) ?? null;
  const [dx, dw, db] = normalizedGrads(grad.reshape([-1, n]), centered.mul(scale), scale, flat, [1], [0], true);
  const width = weight?.shape ?? [n];
  return [dx.reshape(x.shape), dw.reshape(width), db.reshape(width)];
}

/**
 * Rows with mean 0 and variance 1, a row being the last dimensions whose sizes are `normalizedShape`.
 * @example nn.functional.layerNorm(x, [512], { weight, bias })
 */
export function layerNorm(input: Tensor, normalizedShape: Shape | number, options?: AffineOptions): Tensor {
  checkOptions('layerNorm', options, ['weight', 'bias', 'eps']);
  const { weight = null, bias = null, eps = 1e-5 } = options ?? {};
  const row = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
  if (row.length === 0) throw new ArgumentError('layerNorm', 'normalizedShape needs at least one size');
  if (!sameShape(input.shape.slice(-row.length), row))
    throw new ShapeError('layerNorm', `the input's last sizes must be [${row.join(', ')}]`, input.shape);
  checkOperand('layerNorm', 'weight', weight, input, row);
  checkOperand('layerNorm', 'bias', bias, input, row);
  return normalizeRows(input, weight, bias, numelOf(row), eps)[0];
}
