import { ArgumentError, ShapeError } from '../errors.js';
import { arange, full, tensor } from '../ops/creation.js';
import { cat, stack } from '../ops/joining.js';
import { checkOptions } from '../ops/options.js';
import { lookUp } from '../ops/table.js';
import type { DType } from '../tensor/dtype.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/** Sequences of different lengths for recurrent layers: `nn.utils.rnn`. */

/**
 * Sequences without their padding, step by step: the first numbers of all, then the second of those that have one, and so on. The longest
 * sequence comes first. Made by `packPaddedSequence` and `packSequence`.
 */
export class PackedSequence {
  constructor(
    /** (rows, …): the steps of all sequences. */
    readonly data: Tensor,
    /** How many sequences each step has, int64. */
    readonly batchSizes: Tensor,
    /** Where each sequence stood before they were sorted by length; null when they came sorted. */
    readonly sortedIndices: Tensor | null = null,
    /** Where each sequence went. */
    readonly unsortedIndices: Tensor | null = invertPermutation(sortedIndices),
  ) {}

  /** The same sequences in another dtype. */
  to(dtype: DType): PackedSequence {
    return this.with(this.data.to(dtype));
  }

  float(): PackedSequence {
    return this.to('float32');
  }

  double(): PackedSequence {
    return this.to('float64');
  }

  /** Other rows of the same sequences: what a layer that works on each step makes of `data`. */
  with(data: Tensor): PackedSequence {
    if (data.shape[0] !== this.data.shape[0])
      throw new ShapeError('PackedSequence', 'the rows must stay as many', data.shape, this.data.shape);
    return new PackedSequence(data, this.batchSizes, this.sortedIndices, this.unsortedIndices);
  }
}

/** The permutation that undoes another. */
export function invertPermutation(permutation: Tensor): Tensor;
export function invertPermutation(permutation: Tensor | null): Tensor | null;
export function invertPermutation(permutation: Tensor | null): Tensor | null {
  if (permutation === null) return null;
  return permutation.zerosLike().scatter(0, permutation, arange(permutation.numel));
}

export interface PackOptions {
  /** Whether the longest sequence must come first; otherwise they are sorted here. Default true. */
  enforceSorted?: boolean;
}
export interface BatchFirst {
  /** (batch, steps, …) instead of (steps, batch, …). Default false. */
  batchFirst?: boolean;
}

const int64 = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'int64' });

function lengthsOf(op: string, lengths: Tensor | readonly number[], batch: number, steps: number): number[] {
  const list = isTensor(lengths) ? (lengths.to('int64').toArray() as number[]) : [...lengths];
  if (list.length !== batch) throw new ArgumentError(op, `${list.length} lengths for ${batch} sequences`);
  const wrong = list.find((length) => !(Number.isInteger(length) && length > 0 && length <= steps));
  if (wrong !== undefined) throw new ArgumentError(op, `a length must lie between 1 and ${steps}, but one is ${wrong}`);
  return list;
}

/** How many sequences reach each step. */
const sizesFor = (lengths: readonly number[]): number[] =>
  Array.from({ length: Math.max(...lengths) }, (_, t) => lengths.filter((length) => length > t).length);

/** The rows of a tensor (rows, …) that the index lists, with its shape in front. */
function rowsAt(rows: Tensor, index: Tensor): Tensor {
  const inner = rows.shape.slice(1);
  const flat = rows.reshape([rows.shape[0], -1]);
  return lookUp(flat, index, -1, false).reshape([...index.shape, ...inner]);
}

/**
 * Packs padded sequences (steps, batch, …) of given lengths.
 * @example
 * const packed = nn.utils.rnn.packPaddedSequence(x, [5, 3], { batchFirst: true });
 * const [output] = lstm(packed);
 */
export function packPaddedSequence(
  input: Tensor,
  lengths: Tensor | readonly number[],
  options: PackOptions & BatchFirst = {},
): PackedSequence {
  checkOptions('packPaddedSequence', options, ['batchFirst', 'enforceSorted']);
  if (input.ndim < 2) throw new ShapeError('packPaddedSequence', 'the input must be (steps, batch, …)', input.shape);
  const { batchFirst = false, enforceSorted = true } = options;
  const [steps, batch] = batchFirst ? [input.shape[1], input.shape[0]] : input.shape;
  const given = lengthsOf('packPaddedSequence', lengths, batch, steps);
  const order = given.map((_, i) => i);
  if (enforceSorted) checkSorted(given);
  else order.sort((a, b) => given[b] - given[a] || a - b);
  const sizes = sizesFor(given);
  const places = sizes.flatMap((size, t) =>
    order.slice(0, size).map((b) => (batchFirst ? b * steps + t : t * batch + b)),
  );
  const data = rowsAt(input.flatten({ endDim: 1 }), int64(places));
  return new PackedSequence(data, int64(sizes), enforceSorted ? null : int64(order));
}

function checkSorted(lengths: readonly number[]): void {
  lengths.forEach((length, i) => {
    if (i > 0 && length > lengths[i - 1])
      throw new ArgumentError(
        'packPaddedSequence',
        `lengths must not grow, but ${length} follows ${lengths[i - 1]}; pass { enforceSorted: false } to have them sorted`,
      );
  });
}

export interface PadPackedOptions extends BatchFirst {
  /** What stands behind the end of a sequence. Default 0. */
  paddingValue?: number;
  /** How many steps the result has. Default: those of the longest sequence. */
  totalLength?: number;
}

/** The sequences padded again, (steps, batch, …), in the order in which they were packed; and their lengths, int64. */
export function padPackedSequence(sequence: PackedSequence, options: PadPackedOptions = {}): [Tensor, Tensor] {
  checkOptions('padPackedSequence', options, ['batchFirst', 'paddingValue', 'totalLength']);
  const { batchFirst = false, paddingValue = 0 } = options;
  const sizes = sequence.batchSizes.toArray() as number[];
  const steps = options.totalLength ?? sizes.length;
  if (steps < sizes.length)
    throw new ArgumentError(
      'padPackedSequence',
      `totalLength ${steps} is less than the longest sequence, ${sizes.length}`,
    );
  const order = sequence.unsortedIndices?.toArray() as number[] | undefined;
  const columns = order ?? Array.from({ length: sizes[0] }, (_, i) => i);
  const begins = sizes.map((_, t) => sizes.slice(0, t).reduce((n, size) => n + size, 0));
  /** The row of sequence b at time t; -1 behind its end. */
  const place = (t: number, b: number): number => (t < sizes.length && b < sizes[t] ? begins[t] + b : -1);
  const times = Array.from({ length: steps }, (_, t) => t);
  const places = batchFirst
    ? columns.map((b) => times.map((t) => place(t, b)))
    : times.map((t) => columns.map((b) => place(t, b)));
  const index = tensor(places, { dtype: 'int64' });
  const outside = index.lt(0);
  const rows = rowsAt(sequence.data, index.clampMin(0));
  const mask = outside.reshape([...outside.shape, ...new Array<number>(rows.ndim - 2).fill(1)]);
  const lengths = columns.map((b) => sizes.filter((size) => size > b).length);
  return [rows.maskedFill(mask, paddingValue), int64(lengths)];
}

export interface PadOptions extends BatchFirst {
  /** What fills up shorter sequences. Default 0. */
  paddingValue?: number;
  /** Where it stands. Default `'right'`: behind the sequence. */
  paddingSide?: 'left' | 'right';
}

/** Sequences (steps, …) of different lengths as one tensor (longest, batch, …). */
export function padSequence(sequences: readonly Tensor[], options: PadOptions = {}): Tensor {
  checkOptions('padSequence', options, ['batchFirst', 'paddingValue', 'paddingSide']);
  if (sequences.length === 0) throw new ArgumentError('padSequence', 'needs one sequence at least');
  const { batchFirst = false, paddingValue = 0, paddingSide = 'right' } = options;
  const steps = Math.max(...sequences.map((sequence) => sequence.shape[0]));
  const padded = sequences.map((sequence) => {
    const [length, ...rest] = sequence.shape;
    if (length === steps) return sequence;
    const filler = full([steps - length, ...rest], paddingValue, { dtype: sequence.dtype });
    return cat(paddingSide === 'right' ? [sequence, filler] : [filler, sequence]);
  });
  return stack(padded, batchFirst ? 0 : 1);
}

/** The sequences of a padded tensor (steps, batch, …), each with its own length. */
export function unpadSequence(padded: Tensor, lengths: Tensor | readonly number[], options: BatchFirst = {}): Tensor[] {
  checkOptions('unpadSequence', options, ['batchFirst']);
  const rows = options.batchFirst ? padded : padded.transpose(0, 1);
  const own = lengthsOf('unpadSequence', lengths, rows.shape[0], rows.shape[1]);
  return own.map((length, i) => rows.select(0, i).narrow(0, 0, length).clone());
}

/** Packs sequences (steps, …) of different lengths. */
export function packSequence(sequences: readonly Tensor[], options: PackOptions = {}): PackedSequence {
  checkOptions('packSequence', options, ['enforceSorted']);
  const lengths = sequences.map((sequence) => sequence.shape[0]);
  return packPaddedSequence(padSequence(sequences), lengths, options);
}

/** The sequences of a packed one. */
export function unpackSequence(packed: PackedSequence): Tensor[] {
  return unpadSequence(...padPackedSequence(packed, { batchFirst: true }), { batchFirst: true });
}
