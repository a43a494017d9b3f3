import type { Kernels } from './kernels.generated.js';

/** An address in native memory or an offset in WebAssembly memory: a number either way. */
export type Place = number;

/**
 * Where kernels run and where tensors' numbers live. The native addon and the WebAssembly module both implement this
 * interface, and nothing outside this package knows which of them is at work.
 *
 * Rule of addresses: allocate outputs first, read addresses last. Nothing may allocate between reading an address and the
 * return of the kernel that uses it, or a collection in between may give the block to somebody else.
 */
export interface Engine {
  readonly name: 'native' | 'wasm';
  /** What the kernels were compiled for: `avx512`, `avx2`, `baseline`, `neon` or `simd128`. */
  readonly isa: string;
  readonly kernels: Kernels;

  /**
   * The argument block, in engine memory: kernels read their numbers from its start and write numeric results there.
   * Read the property anew after every allocation, for WebAssembly memory moves when it grows.
   */
  readonly block: Float64Array;
  /** The address of the argument block. */
  readonly blockPlace: Place;

  /** An uninitialised block of memory, 64-byte aligned, that lives until `release`. @throws OutOfMemoryError */
  allocate(bytes: number): Place;
  /**
   * The same for an owner that the garbage collector watches: the block is given back when `owner` is collected, or at once by
   * `release`. Up to 1 KB it is a slot of a page shared with others, and `owner.page` keeps that page alive.
   */
  allocateFor(owner: Owner, bytes: number): Place;
  /** Hands a block of `allocate` to an owner that the collector watches from now on. */
  adopt(owner: Owner, place: Place): void;
  /** Gives a block back at once, whether it has an owner or not; its owner's end then does nothing. */
  release(owner: Owner | null, place: Place): void;

  /** Copies engine memory into a typed array. */
  read(place: Place, into: ArrayBufferView): void;
  /** Copies a typed array into engine memory. */
  write(place: Place, from: ArrayBufferView): void;
  /** Engine memory itself, as bytes. Whoever holds the view also holds `owner`; on WebAssembly it dies when memory grows. */
  view(owner: object, place: Place, bytes: number): Uint8Array;

  /** Whether results of ops are being kept for a way back: then collections wait for the next safe point, which ends it. */
  retaining: boolean;
  /** A moment where little is alive (end of backward, of an optimiser step): collects when enough was allocated since the last. */
  safePoint(): void;
  /** Collects everything that can be, now: for tests and after large models were dropped. */
  collect(): void;
  memory(): MemoryUse;

  readonly threads: number;
  setThreads(count: number): void;
}

/** An object whose end frees memory. The engine keeps its page in `page`. */
export interface Owner {
  page: object | null;
}

/** What the engine holds, in bytes and blocks. */
export interface MemoryUse {
  /** Bytes in blocks that are in use. */
  live: number;
  /** Bytes that the engine has from the system: live ones, free lists and scratch. */
  reserved: number;
  /** Blocks in use; a page of small slots is one. */
  blocks: number;
}

/** Where things stand in the argument block, in doubles; `cpp/block.h` says the same. */
export const BLOCK = {
  /** The kernel's own parameters and its results. */
  arguments: 0,
  /** Eight lanes of eight bytes for scalar operands: a kernel reads such a lane by its address with stride 0. */
  scalars: 32,
  /** The loop nest: dimensions, operands, sizes, then the strides of each operand; or the rows of a table. */
  loop: 40,
  length: 8192,
} as const;

/** @throws RangeError unless `count` is a number of threads */
export function checkThreads(count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(`setThreads: expected a positive integer (got ${count})`);
}

/** The engine has no memory left, even after everything was collected. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError' as const;
  constructor(engine: string, bytes: number, live: number, hint = '') {
    super(`out of memory: the ${engine} engine could not give ${bytes} bytes (${live} in use)${hint}`);
  }
}
