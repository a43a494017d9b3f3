import { ArgumentError, IndexError } from '../errors.js';
import { fromTypedArray } from '../ops/creation.js';
import { defaultGenerator, type Generator } from '../ops/generator.js';
import { randperm } from '../ops/random.js';
import type { Tensor } from '../tensor/tensor.js';

/** Samples by number. */
export abstract class Dataset<Sample> {
  abstract readonly length: number;
  abstract get(index: number): Sample;
  /** Several samples at once as one batch, where that is faster than collating them one by one. */
  getBatch?(indices: readonly number[]): unknown;
}

/** Rows of tensors of equal first sizes: sample i is row i of each. */
export class TensorDataset<Tensors extends readonly Tensor[]> extends Dataset<{ [K in keyof Tensors]: Tensor }> {
  readonly tensors: Tensors;

  constructor(...tensors: Tensors) {
    super();
    if (tensors.length === 0 || tensors.some((tensor) => tensor.shape[0] !== tensors[0].shape[0])) {
      throw new ArgumentError('TensorDataset', 'all tensors must have the same number of rows');
    }
    this.tensors = tensors;
  }

  get length(): number {
    return this.tensors[0].shape[0];
  }

  get(index: number): { [K in keyof Tensors]: Tensor } {
    return this.tensors.map((tensor) => tensor.select(0, index)) as unknown as { [K in keyof Tensors]: Tensor };
  }

  override getBatch(indices: readonly number[]): { [K in keyof Tensors]: Tensor } {
    const rows = fromTypedArray(BigInt64Array.from(indices, BigInt));
    return this.tensors.map((tensor) => tensor.indexSelect(0, rows)) as unknown as { [K in keyof Tensors]: Tensor };
  }
}

/** Some samples of another data set. */
export class Subset<Sample> extends Dataset<Sample> {
  constructor(
    readonly dataset: Dataset<Sample>,
    readonly indices: readonly number[],
  ) {
    super();
    if (dataset.getBatch === undefined) this.getBatch = undefined;
  }

  get length(): number {
    return this.indices.length;
  }

  get(index: number): Sample {
    if (!(index in this.indices)) throw new IndexError('Subset', `there is no sample ${index} among ${this.length}`);
    return this.dataset.get(this.indices[index]);
  }

  override getBatch?(indices: readonly number[]): unknown {
    return this.dataset.getBatch?.(indices.map((index) => this.indices[index]));
  }
}

/** Data sets one after the other. */
export class ConcatDataset<Sample> extends Dataset<Sample> {
  constructor(readonly datasets: readonly Dataset<Sample>[]) {
    super();
  }

  get length(): number {
    return this.datasets.reduce((n, { length }) => n + length, 0);
  }

  get(index: number): Sample {
    let rest = index < 0 ? index + this.length : index;
    if (rest < 0) rest = this.length;
    for (const dataset of this.datasets) {
      if (rest < dataset.length) return dataset.get(rest);
      rest -= dataset.length;
    }
    throw new IndexError('ConcatDataset', `there is no sample ${index} among ${this.length}`);
  }
}

/**
 * Parts of a data set, drawn at random as PyTorch draws them.
 * @param lengths numbers of samples, or fractions that sum to 1
 */
export function randomSplit<Sample>(
  dataset: Dataset<Sample>,
  lengths: readonly number[],
  options: { generator?: Generator } = {},
): Subset<Sample>[] {
  const total = lengths.reduce((a, b) => a + b, 0);
  const sizes =
    Math.abs(total - 1) < 1e-9 && lengths.every((n) => n <= 1) ? sizesOf(lengths, dataset.length) : [...lengths];
  if (sizes.reduce((a, b) => a + b, 0) !== dataset.length) {
    throw new ArgumentError(
      'randomSplit',
      `the lengths [${lengths.join(', ')}] do not sum to the ${dataset.length} samples`,
    );
  }
  const order = randperm(dataset.length, { generator: options.generator ?? defaultGenerator() }).toArray() as number[];
  let start = 0;
  return sizes.map((size) => {
    const part = new Subset(dataset, order.slice(start, start + size));
    start += size;
    return part;
  });
}

/** What rounding down leaves over goes to the first parts, one each. */
function sizesOf(fractions: readonly number[], length: number): number[] {
  const sizes = fractions.map((fraction) => Math.floor(length * fraction));
  const left = length - sizes.reduce((a, b) => a + b, 0);
  for (let i = 0; i < left; i++) sizes[i % sizes.length]++;
  return sizes;
}
