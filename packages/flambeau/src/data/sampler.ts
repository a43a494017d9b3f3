import { ArgumentError, ShapeError } from '../errors.js';
import { tensor } from '../ops/creation.js';
import { Generator } from '../ops/generator.js';
import { checkOptions } from '../ops/options.js';
import { randint, randperm } from '../ops/random.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/** An order of samples: numbers, anew for every epoch. */
export interface Sampler {
  readonly length: number;
  [Symbol.iterator](): Iterator<number>;
}

/** 0, 1, 2 … */
export class SequentialSampler implements Sampler {
  constructor(readonly length: number) {}

  *[Symbol.iterator](): Generator_<number> {
    for (let i = 0; i < this.length; i++) yield i;
  }
}

type Generator_<T> = globalThis.Generator<T>;

/** A seed for a generator of its own, drawn from the default one as PyTorch draws it. */
export function drawSeed(generator?: Generator): bigint {
  const drawn = tensor(0, { dtype: 'int64' }).random_(generator === undefined ? {} : { generator });
  return (drawn.toTypedArray() as BigInt64Array)[0];
}

export interface RandomSamplerOptions {
  /** Draw with putting back. Default false: a permutation. */
  replacement?: boolean;
  /** How many to draw. Default: all. */
  numSamples?: number;
  /** Default: a new one, seeded from the default generator. */
  generator?: Generator;
}

/** A random order, the one that PyTorch's sampler draws from the same seed. */
export class RandomSampler implements Sampler {
  constructor(
    readonly count: number,
    readonly options: RandomSamplerOptions = {},
  ) {
    checkOptions('RandomSampler', options, ['replacement', 'numSamples', 'generator']);
    if (!Number.isInteger(this.length) || this.length <= 0)
      throw new ArgumentError('RandomSampler', `there must be samples to draw, but their number is ${this.length}`);
  }

  get length(): number {
    return this.options.numSamples ?? this.count;
  }

  *[Symbol.iterator](): Generator_<number> {
    const generator = this.options.generator ?? new Generator().manualSeed(drawSeed());
    if (this.options.replacement === true) {
      for (let left = this.length; left > 0; left -= 32)
        yield* randint(0, this.count, [Math.min(left, 32)], { generator }).toArray() as number[];
      return;
    }
    // PyTorch draws one permutation more than it needs when the numbers come out even, and so must a generator that others share.
    for (let left = this.length; left >= 0; left -= this.count)
      yield* (randperm(this.count, { generator }).toArray() as number[]).slice(0, left);
  }
}

export interface WeightedRandomSamplerOptions {
  /** Draw with putting back. Default true. */
  replacement?: boolean;
  /** Default: the default one. */
  generator?: Generator;
}

/**
 * Samples drawn by weights, which need not sum to 1: for data with rare classes. With replacement the order is the one that PyTorch draws.
 * @example new data.WeightedRandomSampler([0.1, 0.9, 0.4], 100)
 */
export class WeightedRandomSampler implements Sampler {
  readonly weights: Tensor;

  constructor(
    weights: Tensor | readonly number[],
    readonly numSamples: number,
    readonly options: WeightedRandomSamplerOptions = {},
  ) {
    checkOptions('WeightedRandomSampler', options, ['replacement', 'generator']);
    this.weights = isTensor(weights) ? weights.to('float64') : tensor([...weights], { dtype: 'float64' });
    if (this.weights.ndim !== 1)
      throw new ShapeError('WeightedRandomSampler', 'the weights must be one for each sample', this.weights.shape);
    if (!(Number.isInteger(numSamples) && numSamples > 0))
      throw new ArgumentError('WeightedRandomSampler', `numSamples must be a positive integer, but is ${numSamples}`);
  }

  get length(): number {
    return this.numSamples;
  }

  *[Symbol.iterator](): Generator_<number> {
    const { replacement = true, generator } = this.options;
    yield* this.weights.multinomial(this.numSamples, { replacement, generator }).toArray() as number[];
  }
}

/** Batches of another sampler's numbers. */
export class BatchSampler {
  constructor(
    readonly sampler: Iterable<number> & { readonly length: number },
    readonly batchSize: number,
    readonly dropLast: boolean,
  ) {}

  get length(): number {
    const batches = this.sampler.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  *[Symbol.iterator](): Generator_<number[]> {
    let batch: number[] = [];
    for (const index of this.sampler) {
      batch.push(index);
      if (batch.length < this.batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield batch;
  }
}
