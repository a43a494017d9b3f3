import { BATCHES_A_TURN, turn } from '#turn';
import { ArgumentError } from '../errors.js';
import type { Generator } from '../ops/generator.js';
import { checkOptions } from '../ops/options.js';
import { defaultCollate } from './collate.js';
import type { Dataset } from './dataset.js';
import { BatchSampler, drawSeed, RandomSampler, type Sampler, SequentialSampler } from './sampler.js';

export interface DataLoaderOptions {
  /** Samples in a batch. Default 1. */
  batchSize?: number;
  /** A new random order every epoch. Default false. */
  shuffle?: boolean;
  /** An order of your own, instead of `shuffle`. */
  sampler?: Sampler;
  /** Batches of your own, instead of `batchSize`, `shuffle`, `sampler` and `dropLast`. */
  batchSampler?: Iterable<readonly number[]> & { readonly length: number };
  /** Leave out a last batch that is not full. Default false. */
  dropLast?: boolean;
  /** How samples become a batch. Default: `defaultCollate`. */
  collateFn?: (samples: readonly unknown[]) => unknown;
  /** Batches that are prepared ahead in `for await`. Default 0: preparing costs the same thread's time. */
  prefetch?: number;
  /** The source of the shuffle. Default: seeded from the default generator. */
  generator?: Generator;
  /** Batches of the first epoch to pass over without reading them, to go on with a training. Default 0. */
  skip?: number;
}

const OPTIONS = [
  'batchSize',
  'shuffle',
  'sampler',
  'batchSampler',
  'dropLast',
  'collateFn',
  'prefetch',
  'generator',
  'skip',
] as const;

/** What a data set's batches are: samples of tensors give tensors. */
export type Batch<Sample> = Sample extends number | boolean ? import('../tensor/tensor.js').Tensor : Sample;

/**
 * Batches of a data set, one epoch per loop. `for await` lets the event loop turn now and then; `for … of` does not.
 * @example
 * for await (const [x, y] of new fl.data.DataLoader(set, { batchSize: 64, shuffle: true })) { … }
 */
export class DataLoader<Sample> {
  readonly #batches: Iterable<readonly number[]> & { readonly length: number };
  #skip: number;

  constructor(
    readonly dataset: Dataset<Sample>,
    readonly options: DataLoaderOptions = {},
  ) {
    checkOptions('DataLoader', options, OPTIONS);
    const { batchSize = 1, shuffle = false, sampler, batchSampler, dropLast = false, generator, skip = 0 } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1)
      throw new ArgumentError('DataLoader', `batchSize ${batchSize} is no whole number from 1`);
    if (shuffle && sampler !== undefined)
      throw new ArgumentError('DataLoader', 'shuffle and a sampler exclude each other');
    const order =
      sampler ?? (shuffle ? new RandomSampler(dataset.length, { generator }) : new SequentialSampler(dataset.length));
    this.#batches = batchSampler ?? new BatchSampler(order, batchSize, dropLast);
    this.#skip = skip;
  }

  /** Batches of an epoch. */
  get length(): number {
    return this.#batches.length;
  }

  #read(indices: readonly number[]): Batch<Sample> {
    const { dataset } = this;
    const { collateFn } = this.options;
    if (collateFn === undefined && dataset.getBatch !== undefined) return dataset.getBatch(indices) as Batch<Sample>;
    return (collateFn ?? defaultCollate)(indices.map((index) => dataset.get(index))) as Batch<Sample>;
  }

  /** The numbers of an epoch's batches. PyTorch draws a seed for its workers first, with or without workers: so must we. */
  *#epoch(): globalThis.Generator<readonly number[]> {
    drawSeed(this.options.generator);
    let left = this.#skip;
    this.#skip = 0;
    for (const indices of this.#batches) if (left-- <= 0) yield indices;
  }

  *[Symbol.iterator](): globalThis.Generator<Batch<Sample>> {
    for (const indices of this.#epoch()) yield this.#read(indices);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<Sample>> {
    const ahead: Batch<Sample>[] = [];
    let count = 0;
    for (const indices of this.#epoch()) {
      ahead.push(this.#read(indices));
      if (ahead.length <= (this.options.prefetch ?? 0)) continue;
      yield ahead.shift() as Batch<Sample>;
      if (++count % BATCHES_A_TURN === 0) await turn();
    }
    yield* ahead;
  }
}
