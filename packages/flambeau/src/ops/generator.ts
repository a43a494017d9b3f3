import { engine, type Place } from '@flambeau/kernels';
import { ArgumentError, ShapeError } from '../errors.js';
import { Storage } from '../tensor/storage.js';
import type { Tensor } from '../tensor/tensor.js';
import { fromTypedArray } from './creation.js';

/** Words of the Mersenne Twister. */
const TWISTER = 624;

/** The kernels' state: 32-bit words, as cpp/random.h lays them. */
const STATE_WORDS = 640;
const OURS = { left: 624, next: 625, seed: 626, waits: 628, waiting: 630 } as const;

/** PyTorch's state: bytes, each word of the twister in eight of them. `waiting` is the second of a pair of normal numbers. */
const TORCH = { seed: 0, left: 8, seeded: 12, next: 16, words: 24, waiting: 5024, waits: 5040, bytes: 5056 } as const;

/** PyTorch's default seed. */
const DEFAULT_SEED = 67280421310721n;

/**
 * A stream of random numbers equal to that of PyTorch's CPU generator (Mersenne Twister).
 * @example
 * const generator = new fl.Generator().manualSeed(0);
 * fl.randperm(10, { generator });
 */
export class Generator {
  readonly #storage = new Storage(4 * STATE_WORDS, 'i32');
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

  /** A copy of the state: the bytes of `torch.get_rng_state()`, as a uint8 tensor. */
  getState(): Tensor {
    const words = new Uint32Array(STATE_WORDS);
    engine.read(this.place, words);
    const bytes = new DataView(new ArrayBuffer(TORCH.bytes));
    bytes.setUint32(TORCH.seed, words[OURS.seed], true);
    bytes.setUint32(TORCH.seed + 4, words[OURS.seed + 1], true);
    bytes.setUint32(TORCH.left, words[OURS.left], true);
    bytes.setUint32(TORCH.seeded, 1, true);
    bytes.setUint32(TORCH.next, words[OURS.next], true);
    for (let i = 0; i < TWISTER; i++) bytes.setUint32(TORCH.words + 8 * i, words[i], true);
    bytes.setUint32(TORCH.waiting, words[OURS.waits] === 1 ? words[OURS.waiting] : 0, true);
    bytes.setUint32(TORCH.waiting + 4, words[OURS.waits] === 1 ? words[OURS.waiting + 1] : 0, true);
    bytes.setUint32(TORCH.waits, words[OURS.waits], true);
    return fromTypedArray(new Uint8Array(bytes.buffer), [TORCH.bytes]);
  }

  /** Continues from a state that `getState`, or PyTorch, gave. */
  setState(state: Tensor): this {
    if (state.dtype !== 'uint8' || state.numel !== TORCH.bytes)
      throw new ShapeError(
        'setState',
        `a state is a uint8 tensor of ${TORCH.bytes} elements, as getState gives it`,
        state.shape,
      );
    const bytes = new DataView(state.toTypedArray().buffer);
    const word = (at: number): number => bytes.getUint32(at, true);
    const [left, next] = [word(TORCH.left), word(TORCH.next)];
    if (left < 1 || left > TWISTER || next > TWISTER)
      throw new ArgumentError('setState', `the state is damaged: ${left} words left, ${next} next of ${TWISTER}`);
    const words = new Uint32Array(STATE_WORDS);
    for (let i = 0; i < TWISTER; i++) words[i] = word(TORCH.words + 8 * i);
    words[OURS.left] = left;
    words[OURS.next] = next;
    words.set([word(TORCH.seed), word(TORCH.seed + 4)], OURS.seed);
    words[OURS.waits] = word(TORCH.waits) === 0 ? 0 : 1;
    words.set([word(TORCH.waiting), word(TORCH.waiting + 4)], OURS.waiting);
    engine.write(this.place, words);
    this.#seed = bytes.getBigUint64(TORCH.seed, true);
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
