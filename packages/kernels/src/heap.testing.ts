import { expect } from 'vitest';
import type { Engine, Place } from './engine.js';

export type Reals = Float32Array | Float64Array;
export type Numbers = Reals | BigInt64Array | Int32Array | Uint8Array;
type Made<A> = { new (length: number): A };

/** Float types that most kernels come in, with how far a sum of a few thousand may be off, relative to the largest number. */
export const floats = [
  { type: 'f32', Values: Float32Array, tolerance: 1e-5 },
  { type: 'f64', Values: Float64Array, tolerance: 1e-13 },
] as const;
export type Float = (typeof floats)[number];

/** Arrays in an engine's memory, given back together. */
export class Heap {
  readonly #engine: Engine;
  readonly #places: Place[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A copy of the array in engine memory. */
  put(values: Numbers | null): Place {
    if (values === null) return 0;
    const place = this.#engine.allocate(Math.max(8, values.byteLength));
    this.#places.push(place);
    this.#engine.write(place, values);
    return place;
  }

  /** Room for `length` elements. Each byte is 0xff, so that a float that a kernel leaves out is a NaN. */
  room(Values: Made<Numbers>, length: number): Place {
    const values = new Values(length);
    new Uint8Array(values.buffer).fill(0xff);
    return this.put(values);
  }

  get(place: Place, Values: Made<Reals>, length: number): Reals;
  get<A extends Numbers>(place: Place, Values: Made<A>, length: number): A;
  get(place: Place, Values: Made<Numbers>, length: number): Numbers {
    const values = new Values(length);
    this.#engine.read(place, values);
    return values;
  }

  /** Calls `body` with a heap and gives all its arrays back. */
  static use<R>(engine: Engine, body: (heap: Heap) => R): R {
    const heap = new Heap(engine);
    try {
      return body(heap);
    } finally {
      for (const place of heap.#places) engine.release(null, place);
    }
  }
}

/** The same numbers in -1..1 on every run. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed * 2654435761 + 1;
  }
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2147483648 - 1;
  }
  /** An array of them, each handed through `map`. */
  fill(Values: Made<Reals>, length: number, map = (x: number) => x): Reals {
    const values = new Values(length);
    for (let i = 0; i < length; i++) values[i] = map(this.next());
    return values;
  }
  below(limit: number): number {
    return Math.floor(((this.next() + 1) / 2) * limit);
  }
}

/** Fails unless each number is within `tolerance` of the largest finite one wanted, and NaN and infinities agree. */
export function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, what = ''): void {
  expect(actual.length, what).toBe(wanted.length);
  let largest = 1e-30;
  for (let i = 0; i < wanted.length; i++) {
    if (Number.isFinite(wanted[i])) largest = Math.max(largest, Math.abs(wanted[i]!));
  }
  for (let i = 0; i < wanted.length; i++) {
    const close = Object.is(actual[i], wanted[i]) || Math.abs(actual[i]! - wanted[i]!) <= tolerance * largest;
    if (!close && actual[i] !== wanted[i]) expect.fail(`${what}: element ${i} is ${actual[i]}, not ${wanted[i]}`);
  }
}

/** What `body` gives with one thread, after checking that it gives the same bits with two. */
export function onAnyThreads(engine: Engine, body: () => readonly Reals[]): readonly Reals[] {
  const threads = engine.threads;
  try {
    engine.setThreads(1);
    const one = body();
    engine.setThreads(2);
    const two = body();
    for (const [i, values] of one.entries()) {
      const same = Buffer.compare(bytes(values), bytes(two[i]!)) === 0;
      expect(same, `result ${i} depends on the number of threads`).toBe(true);
    }
    return one;
  } finally {
    engine.setThreads(threads);
  }
}

const bytes = (values: Numbers) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
