import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, IndexError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { numelOf, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { kernelFor, packed } from './elementwise.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

/** What becomes of the losses of a batch. */
export type Reduction = 'none' | 'mean' | 'sum';

export interface ClassLossOptions {
  /** A weight for each class. Default: all 1. */
  weight?: Tensor | null;
  /** A target that counts for nothing. Default -100. */
  ignoreIndex?: number;
  /** Default `'mean'`, weighted where there are weights. */
  reduction?: Reduction;
}

const CODES: Readonly<Record<Reduction, number>> = { none: 0, mean: 1, sum: 2 };

/** @param others what else the op takes, for the message */
export function checkReduction(op: string, reduction: Reduction, others = ''): Reduction {
  if (!Object.hasOwn(CODES, reduction))
    throw new ArgumentError(op, `reduction is 'mean', 'sum'${others} or 'none', not '${String(reduction)}'`);
  return reduction;
}

/** The shape that targets of class indices have: the input's without its class dimension. */
export const targetShape = (input: Shape): Shape => (input.length === 1 ? [] : [input[0], ...input.slice(2)]);

/** n, c, inner of (C) or (N, C, …). */
function extents(shape: Shape): [number, number, number] {
  return shape.length === 1 ? [1, shape[0], 1] : [shape[0], shape[1], numelOf(shape.slice(2))];
}

/** Loss, and the sum of the weights that counted. Linear in the log-probabilities: its gradient's gradient is the loss itself. */
function pick(logp: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, ignore: number): Tensor[] {
  const { shape, dtype } = logp;
  return applyMany(pick, [logp, target, weight, reduction, ignore], {
    outputs: [
      { shape: reduction === 'none' ? target.shape : [], dtype },
      { shape: [], dtype },
    ],
    constant: [1],
    kernel: ([out, total], values, at, w) => {
      const [dense, classes, weights] = [packed(values), packed(at), w === null ? null : packed(w)];
      for (const tensor of [dense, classes, weights]) void tensor?.storage.place;
      kernelFor('nllLoss', k.nll_loss, dtype)(
        placeOf(out),
        placeOf(total),
        placeOf(dense),
        placeOf(classes),
        weights === null ? 0 : placeOf(weights),
        ...extents(shape),
        CODES[reduction],
        ignore,
      );
      if (engine.block[0] !== 0)
        throw new IndexError('nllLoss', `target ${engine.block[1]} is none of the ${extents(shape)[1]} classes`);
    },
    save: ([, total], values, at, w) => [values.shape, at, w, total] as const,
    vjp: ([grad], [full, at, w, total]) => [
      place(grad as Tensor, at, w, total, { shape: full, reduction, ignore }),
      null,
      ...(w === null ? [] : [null]),
    ],
  });
}

interface Placing {
  readonly shape: Shape;
  readonly reduction: Reduction;
  readonly ignore: number;
}

function place(grad: Tensor, target: Tensor, weight: Tensor | null, total: Tensor, placing: Placing): Tensor {
  const { shape, reduction, ignore } = placing;
  return apply(place, [grad, target, weight, total, placing], {
    shape,
    dtype: grad.dtype,
    kernel: (out, g, at, w, sum) => {
      const [slopes, classes, weights] = [packed(g), packed(at), w === null ? null : packed(w)];
      for (const tensor of [slopes, classes, weights]) void tensor?.storage.place;
      kernelFor('nllLoss', k.nll_loss_backward, out.dtype)(
        placeOf(out),
        placeOf(slopes),
        placeOf(sum),
        placeOf(classes),
        weights === null ? 0 : placeOf(weights),
        ...extents(shape),
        CODES[reduction],
        ignore,
      );
    },
    save: (_out, _g, at, w) => [at, w] as const,
    vjp: (outer, [at, w]) => [pick(outer, at, w, reduction, ignore)[0], null, ...(w === null ? [] : [null]), null],
  });
}

export function checkClassWeight(op: string, weight: Tensor | null, input: Tensor): void {
  if (weight === null) return;
  const classes = input.shape[input.ndim === 1 ? 0 : 1];
  if (weight.ndim !== 1 || weight.shape[0] !== classes)
    throw new ShapeError(op, `the weight must have one element for each of the ${classes} classes`, weight.shape);
  if (weight.dtype !== input.dtype)
    throw new DTypeError(op, `the weight must have the input's dtype ${input.dtype}, not ${weight.dtype}`);
}

/**
 * −log-probability of the target class. `input` (N, C), (C) or (N, C, d…) holds log-probabilities, `target` class indices in int64.
 */
export function nllLoss(input: Tensor, target: Tensor, options?: ClassLossOptions): Tensor {
  checkOptions('nllLoss', options, ['weight', 'ignoreIndex', 'reduction']);
  const { weight = null, ignoreIndex = -100, reduction = 'mean' } = options ?? {};
  checkReduction('nllLoss', reduction);
  if (input.ndim === 0) throw new ShapeError('nllLoss', 'the input must be (N, C), (C) or (N, C, …)', input.shape);
  if (target.dtype !== 'int64')
    throw new DTypeError(
      'nllLoss',
      `the target holds class indices in int64, not ${target.dtype}; convert with .long()`,
    );
  const expected = targetShape(input.shape);
  if (!sameShape(target.shape, expected))
    throw new ShapeError(
      'nllLoss',
      `the target must be [${expected.join(', ')}] for this input`,
      target.shape,
      input.shape,
    );
  checkClassWeight('nllLoss', weight, input);
  return pick(input, target, weight, reduction, ignoreIndex)[0];
}
