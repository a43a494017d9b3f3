import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply, applyMany } from './apply.js';
import { arange, zeros } from './creation.js';
import { kernelFor, packed } from './elementwise.js';
import { checkOptions } from './options.js';
import { checkBounds } from './scatter.js';
import { checkTable, limitRows, lookUp, sumRows, type TableOptions } from './table.js';

const k = engine.kernels;

export interface EmbeddingBagOptions extends TableOptions {
  /** Where each bag begins in a 1-D input; a 2-D input needs none, its rows are the bags. */
  offsets?: Tensor | null;
  /** How the rows of a bag become one. Default `'mean'`. */
  mode?: 'sum' | 'mean' | 'max';
  /** What each row is multiplied by, in the input's shape; with mode `'sum'` only. Default: 1. */
  perSampleWeights?: Tensor | null;
  /** The last offset is the end of the last bag. Default false: it begins one. */
  includeLastOffset?: boolean;
}

/** The rows of all bags, one after the other, and where each bag begins. */
interface Bags {
  readonly index: Tensor;
  readonly offsets: Tensor;
  readonly padding: number;
}

/** A 2-D input is a bag a row; a 1-D one is cut at the offsets. */
function bagsOf(index: Tensor, padding: number, { offsets, includeLastOffset }: EmbeddingBagOptions): Bags {
  const given = offsets ?? null;
  if (index.ndim === 2) {
    if (given !== null)
      throw new ArgumentError('embeddingBag', 'a 2-D input has a bag in each row; leave the offsets out');
    const [bags, size] = index.shape;
    return { index: index.flatten(), offsets: arange(bags).mul(size), padding };
  }
  if (index.ndim !== 1) throw new ShapeError('embeddingBag', 'the input must be 1-D or 2-D', index.shape);
  if (given === null || given.ndim !== 1 || (given.dtype !== 'int64' && given.dtype !== 'int32'))
    throw new ArgumentError(
      'embeddingBag',
      'a 1-D input needs `offsets`, a 1-D tensor of int64 or int32: where each bag begins',
    );
  const begins = given.to('int64');
  checkOffsets(begins.toArray() as number[], index.numel, includeLastOffset ?? false);
  return { index, offsets: includeLastOffset ? begins.narrow(0, 0, begins.numel - 1) : begins, padding };
}

function checkOffsets(begins: readonly number[], count: number, withEnd: boolean): void {
  const problem = (text: string): never => {
    throw new ArgumentError('embeddingBag', text);
  };
  if (withEnd && begins.length === 0) problem('includeLastOffset needs an offset at least, the end');
  if (begins.length > 0 && begins[0] !== 0) problem(`the first offset must be 0, but is ${begins[0]}`);
  begins.forEach((begin, i) => {
    if (begin > count) problem(`offset ${begin} is behind the input's ${count} numbers`);
    if (i > 0 && begin < begins[i - 1]) problem(`offsets must ascend, but ${begin} follows ${begins[i - 1]}`);
  });
  if (withEnd && begins[begins.length - 1] !== count)
    problem(`with includeLastOffset the last offset must be ${count}, the input's end, not ${begins.at(-1)}`);
}

/** The number of the bag that each index lies in. */
function bagOf({ index, offsets }: Bags): Tensor {
  const begins = zeros([index.numel + 1], { dtype: 'int64' }).scatterAdd(0, offsets, offsets.onesLike());
  return begins.narrow(0, 0, index.numel).cumsum(0).sub(1);
}

interface SumRule {
  readonly mean: boolean;
  readonly padding: number;
  readonly byFrequency: boolean;
}

/** Sum (each row times its scale) or mean over each bag. */
function sumBags(weight: Tensor, index: Tensor, offsets: Tensor, scale: Tensor | null, rule: SumRule): Tensor {
  const { mean, padding } = rule;
  return apply(sumBags, [weight, index, offsets, scale, rule], {
    shape: [offsets.numel, weight.shape[1]],
    dtype: weight.dtype,
    kernel: (out, table, at, begins, factors) => {
      const [rows, width] = table.shape;
      const given = [table, at, begins].map(packed);
      const by = factors === null ? null : packed(factors);
      for (const tensor of given) void tensor.storage.place;
      void by?.storage.place;
      kernelFor('embeddingBag', k.embedding_bag, out.dtype)(
        placeOf(out),
        ...given.map(placeOf),
        by === null ? 0 : placeOf(by),
        begins.numel,
        at.numel,
        rows,
        width,
        mean ? 1 : 0,
        padding,
      );
      checkBounds('embeddingBag', rows);
    },
    save: (_out, table, at, begins, factors) => [table, at, begins, factors] as const,
    vjp: (grad, [table, at, begins, factors], needs) => sumBagsGrads(grad, table, at, begins, factors, rule, needs),
  });
}

/** Every row of a bag gets the bag's gradient, times its scale or divided by the bag's size. */
function sumBagsGrads(
  grad: Tensor,
  table: Tensor,
  index: Tensor,
  offsets: Tensor,
  scale: Tensor | null,
  { mean, padding, byFrequency }: SumRule,
  needs: readonly boolean[],
): (Tensor | null)[] {
  const bag = bagOf({ index, offsets, padding });
  const each = lookUp(grad, bag, -1, false);
  const counts = index.ne(padding).to(grad.dtype);
  const share = mean
    ? zeros([offsets.numel], { dtype: grad.dtype }).scatterAdd(0, bag, counts).clampMin(1).reciprocal().gather(0, bag)
    : scale;
  const toRows = share === null ? each : each.mul(share.unsqueeze(1));
  const dweight = needs[0] ? sumRows(toRows, index, table.shape[0], padding, byFrequency) : null;
  if (scale === null) return [dweight, null, null];
  const dscale = needs[3]
    ? each
        .mul(lookUp(table, index, padding, false))
        .sum(1)
        .mul(counts)
    : null;
  return [dweight, null, null, dscale];
}

/** Largest element of each column over each bag, and the row it came from. */
function maxBags(weight: Tensor, index: Tensor, offsets: Tensor, padding: number): Tensor[] {
  const shape = [offsets.numel, weight.shape[1]];
  return applyMany(maxBags, [weight, index, offsets, padding], {
    outputs: [
      { shape, dtype: weight.dtype },
      { shape, dtype: 'int64' },
    ],
    kernel: ([out, winner], table, at, begins) => {
      const [rows, width] = table.shape;
      const given = [table, at, begins].map(packed);
      for (const tensor of given) void tensor.storage.place;
      kernelFor('embeddingBag', k.embedding_bag_max, out.dtype)(
        placeOf(out),
        placeOf(winner),
        ...given.map(placeOf),
        begins.numel,
        at.numel,
        rows,
        width,
        padding,
      );
      checkBounds('embeddingBag', rows);
    },
    save: ([, winner], table) => [winner, table.shape] as const,
    vjp: ([grad], [winner, full]) => {
      const none = winner.lt(0);
      const won = none.where((grad as Tensor).zerosLike(), grad as Tensor);
      return [(grad as Tensor).newZeros(full).scatterAdd(0, winner.maskedFill(none, 0), won), null, null];
    },
  });
}

/**
 * Sums, means or maxima of bags of rows of `weight` (rows, size), without the rows themselves: shape (bags, size). A 2-D `input` has a bag in
 * each row; a 1-D one is cut at `offsets`. A bag without rows gives zeros.
 * @example nn.functional.embeddingBag(fl.tensor([4, 2, 7]), weight, { offsets: fl.tensor([0, 2]), mode: 'sum' })
 */
export function embeddingBag(input: Tensor, weight: Tensor, options: EmbeddingBagOptions = {}): Tensor {
  checkOptions('embeddingBag', options, [
    'offsets',
    'maxNorm',
    'normType',
    'scaleGradByFreq',
    'mode',
    'sparse',
    'perSampleWeights',
    'includeLastOffset',
    'paddingIdx',
  ]);
  const { mode = 'mean', perSampleWeights: scale = null, scaleGradByFreq: byFrequency = false } = options;
  const { index, padding } = checkTable('embeddingBag', input, weight, options);
  if (!['sum', 'mean', 'max'].includes(mode))
    throw new ArgumentError('embeddingBag', `mode must be 'sum', 'mean' or 'max', not '${String(mode)}'`);
  if (mode === 'max' && byFrequency)
    throw new ArgumentError('embeddingBag', "mode 'max' has no scaleGradByFreq; leave one of them out");
  if (scale !== null) checkScale(scale, input, weight, mode);
  const bags = bagsOf(index, padding, options);
  limitRows(weight, bags.index, options);
  if (mode === 'max') return maxBags(weight, bags.index, bags.offsets, padding)[0];
  const rule = { mean: mode === 'mean', padding, byFrequency };
  return sumBags(weight, bags.index, bags.offsets, scale?.flatten() ?? null, rule);
}

function checkScale(scale: Tensor, input: Tensor, weight: Tensor, mode: string): void {
  if (mode !== 'sum') throw new ArgumentError('embeddingBag', `perSampleWeights need mode 'sum', not '${mode}'`);
  if (!sameShape(scale.shape, input.shape))
    throw new ShapeError('embeddingBag', "perSampleWeights must have the input's shape", scale.shape, input.shape);
  if (scale.dtype !== weight.dtype)
    throw new DTypeError('embeddingBag', `perSampleWeights must be ${weight.dtype} as the weight, not ${scale.dtype}`);
}
