import { engine, type Place } from '@flambeau/kernels';
import { ArgumentError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { Storage } from '../tensor/storage.js';
import { fresh, type Tensor } from '../tensor/tensor.js';
import { packed } from './elementwise.js';

/** The kernels' generator in 32-bit words: cpp/random.h. */
const STATE_WORDS = 640;
const STATE_BYTES = 4 * STATE_WORDS;

/** PyTorch's default seed. */
const DEFAULT_SEED = 67280421310721n;

/**
 * A stream of random numbers equal to that of PyTorch's CPU generator (Mersenne Twister).
 * @example
 * const generator = new fl.Generator().manualSeed(0);
 * fl.randperm(10, { generator });
 */
export class Generator {
  readonly #storage = new Storage(STATE_BYTES, 'i32');
  #seed = DEFAULT_SEED;

  constructor() {
    this.#storage.expose();
    this.manualSeed(DEFAULT_SEED);
  }

  /** @internal Where the kernels find the state. */
  get place(): Place {
    return this.#storage.place;
  }

  /** Starts the stream that belongs to a seed: a whole number, negative ones count from 2⁶⁴ down. */
  manualSeed(seed: number | bigint): this {
    if (typeof seed === 'number' && !Number.isSafeInteger(seed))
      throw new ArgumentError('manualSeed', `a seed is a whole number up to 2^53 or a bigint, not ${seed}`);
    this.#seed = BigInt.asUintN(64, BigInt(seed));
    engine.kernels.generator_seed.u32(this.place, Number(this.#seed & 0xffffffffn), Number(this.#seed >> 32n));
    return this;
  }

  /** Starts a stream that nobody can foresee, and returns its seed. */
  seed(): number {
    const words = crypto.getRandomValues(new Uint32Array(2));
    const seed = (words[0] & 0x1fffff) * 2 ** 32 + words[1];
    this.manualSeed(seed);
    return seed;
  }

  /** The seed that the stream began with; one past 2⁵³ is rounded. */
  initialSeed(): number {
    return Number(this.#seed);
  }

  /** A copy of the state, as a uint8 tensor. */
  getState(): Tensor {
    const state = fresh(new Storage(STATE_BYTES + 8, 'u8'), [STATE_BYTES + 8], 'uint8');
    const bytes = new Uint8Array(STATE_BYTES + 8);
    engine.read(this.place, bytes.subarray(0, STATE_BYTES));
    new DataView(bytes.buffer).setBigUint64(STATE_BYTES, this.#seed, true);
    engine.write(placeOf(state), bytes);
    return state;
  }

  /** Continues from a state that `getState` gave. */
  setState(state: Tensor): this {
    if (state.dtype !== 'uint8' || state.numel !== STATE_BYTES + 8)
      throw new ShapeError(
        'setState',
        `a state is a uint8 tensor of ${STATE_BYTES + 8} elements, as getState gives it`,
        state.shape,
      );
    const bytes = new Uint8Array(state.numel);
    engine.read(placeOf(packed(state)), bytes);
    this.#seed = new DataView(bytes.buffer).getBigUint64(STATE_BYTES, true);
    engine.write(this.place, bytes.subarray(0, STATE_BYTES));
    return this;
  }
}

let standard: Generator | null = null;

/** The generator that ops use when none is given. */
export function defaultGenerator(): Generator {
  standard ??= new Generator();
  return standard;
}

/** Seeds the default generator. @example fl.manualSeed(0) */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator().manualSeed(seed);
}

/** Seeds the default generator with a number that nobody can foresee, and returns that. */
export function seed(): number {
  return defaultGenerator().seed();
}

/** The seed of the default generator. */
export function initialSeed(): number {
  return defaultGenerator().initialSeed();
}

/** The state of the default generator, to be given to `setRngState` later. */
export function getRngState(): Tensor {
  return defaultGenerator().getState();
}

/** Puts the default generator back to a state of `getRngState`. */
export function setRngState(state: Tensor): void {
  defaultGenerator().setState(state);
}
