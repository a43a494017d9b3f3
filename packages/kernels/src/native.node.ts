import { createRequire } from 'node:module';
import { Budget } from './budget.js';
import type { Collector } from './collector.js';
import { openCollector } from './collector.node.js';
import { checkThreads, type Engine, type MemoryUse, OutOfMemoryError, type Owner, type Place } from './engine.js';
import { bind, type Kernels } from './kernels.generated.js';
import { Page, Pages, SLOT_LIMIT } from './pages.js';
import { Watcher } from './watcher.js';

/** The addon's face (cpp/addon.cpp). Its functions take their numbers from the start of `block` and answer there. */
interface Addon {
  readonly isa: string;
  /** Whether it was built to find writes past the ends of blocks. */
  readonly guarded: boolean;
  readonly block: Float64Array;
  readonly blockPlace: Place;
  /** [0]: bytes in blocks that the collector watches. */
  readonly gauges: Float64Array;
  readonly kernels: Record<string, () => void>;
  allocate(): void;
  allocateFor(owner: Owner): void;
  adopt(owner: Owner): void;
  release(): void;
  /** block[0]: a place; answers with the bytes of its block. */
  size(): void;
  trim(): void;
  measure(): void;
  setThreads(): void;
  read(into: Uint8Array): void;
  write(from: Uint8Array): void;
  view(): ArrayBuffer;
}

const MB = 1 << 20;
/** A quick collection costs 50 µs and 0.7 µs for every block that ends; filling 64 MB takes 6 ms, and 8 MB stay in the last cache. */
const LIMITS = { safePoint: 64 * MB, most: 64 * MB, loose: 8 * MB, old: 96 * MB, backstop: 512 * MB };

/** What a view's memory belongs to stands on its buffer, so that any array over the buffer keeps it alive. */
const OWNER = Symbol('owner');

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Loads the addon, or the one that FLAMBEAU_ADDON names (scripts/sanitize.mjs). @throws where it was not built or does not load */
export function openNative(): Engine {
  const file = process.env.FLAMBEAU_ADDON || '../build/flambeau.node';
  return new NativeEngine(createRequire(import.meta.url)(file) as Addon);
}

class NativeEngine implements Engine {
  readonly name = 'native';
  readonly isa: string;
  readonly kernels: Kernels;
  readonly block: Float64Array;
  readonly blockPlace: Place;
  readonly #addon: Addon;
  readonly #pages = new Pages((page, bytes) => this.#allocateWatched(page, bytes));
  readonly #budget: Budget;
  #collector: Collector | null = null;
  /** In use where finalizers turn out not to run inside collections. */
  #watcher: Watcher | null = null;

  constructor(addon: Addon) {
    this.#addon = addon;
    this.isa = addon.isa;
    this.block = addon.block;
    this.blockPlace = addon.blockPlace;
    this.kernels = bind((name) => {
      const kernel = addon.kernels[name];
      if (kernel === undefined) throw new Error(`the addon is of other sources: it has no ${name}`);
      return kernel;
    }, this);
    this.#budget = new Budget(() => addon.gauges[0]! + (this.#watcher?.bytes ?? 0), LIMITS, {
      quick: () => this.#collect('minor'),
      full: () => this.#collect('major'),
    });
  }

  allocate(bytes: number): Place {
    return this.#allocate(bytes, null);
  }

  allocateFor(owner: Owner, bytes: number): Place {
    // Slots have no guards between them.
    if (bytes <= SLOT_LIMIT && !this.#addon.guarded) return this.#pages.allocate(owner, bytes);
    return this.#allocateWatched(owner, bytes);
  }

  #allocateWatched(owner: Owner, bytes: number): Place {
    this.#budget.beforeBlock(bytes);
    if (this.#watcher === null) return this.#allocate(bytes, owner);
    const place = this.#allocate(bytes, null);
    this.#watcher.watch(owner, place, bytes);
    return place;
  }

  #allocate(bytes: number, owner: Owner | null): Place {
    const mayGrow = this.#budget.mayGrow();
    let place = this.#tryAllocate(bytes, owner, mayGrow);
    if (place === 0 && !mayGrow) {
      this.#budget.quick();
      place = this.#tryAllocate(bytes, owner, true);
    }
    if (place === 0) {
      this.collect();
      place = this.#tryAllocate(bytes, owner, true);
    }
    if (place === 0) throw new OutOfMemoryError('native', bytes, this.memory().live);
    return place;
  }

  #tryAllocate(bytes: number, owner: Owner | null, mayGrow: boolean): Place {
    const block = this.block;
    block[0] = bytes;
    block[1] = mayGrow ? 1 : 0;
    if (owner === null) this.#addon.allocate();
    else this.#addon.allocateFor(owner);
    return block[0]!;
  }

  adopt(owner: Owner, place: Place): void {
    this.block[0] = place;
    if (this.#watcher === null) {
      this.#addon.adopt(owner);
    } else {
      this.#addon.size();
      this.#watcher.watch(owner, place, this.block[0]!);
    }
  }

  release(owner: Owner | null, place: Place): void {
    if (owner?.page instanceof Page) return; // a slot goes with its page
    if (!this.#watcher?.release(place)) this.#free(place);
  }

  #free(place: Place): void {
    this.block[0] = place;
    this.#addon.release();
  }

  read(place: Place, into: ArrayBufferView): void {
    this.block[0] = place;
    this.block[1] = into.byteLength;
    this.#addon.read(into instanceof Uint8Array ? into : bytesOf(into));
  }

  write(place: Place, from: ArrayBufferView): void {
    this.block[0] = place;
    this.block[1] = from.byteLength;
    this.#addon.write(from instanceof Uint8Array ? from : bytesOf(from));
  }

  view(owner: object, place: Place, bytes: number): Uint8Array {
    if (bytes === 0) return new Uint8Array(0);
    this.block[0] = place;
    this.block[1] = bytes;
    const buffer = this.#addon.view();
    Object.defineProperty(buffer, OWNER, { value: owner });
    return new Uint8Array(buffer);
  }

  get retaining(): boolean {
    return this.#budget.retaining;
  }

  set retaining(retaining: boolean) {
    this.#budget.retaining = retaining;
  }

  safePoint(): void {
    this.#budget.safePoint();
  }

  collect(): void {
    this.#budget.full();
    this.#addon.trim();
  }

  memory(): MemoryUse {
    this.#addon.measure();
    const [live, reserved, blocks] = this.block;
    return { live: live!, reserved: reserved!, blocks: blocks! };
  }

  get threads(): number {
    this.block[0] = 0;
    this.#addon.setThreads();
    return this.block[0]!;
  }

  setThreads(count: number): void {
    checkThreads(count);
    this.block[0] = count;
    this.#addon.setThreads();
  }

  #collect(kind: 'minor' | 'major'): void {
    if (this.#collector === null) {
      this.#collector = openCollector();
      if (!this.#finalizersRunInside(this.#collector)) this.#watcher = new Watcher((place) => this.#free(place));
    }
    if (this.#watcher !== null) {
      this.#collector.checkpoint();
      this.#collector.major();
      this.#collector.checkpoint();
      this.#watcher.poll();
    } else {
      this.#collector[kind]();
    }
  }

  /** Tries whether a collection gives a dead owner's block back before it returns, on which everything here rests. */
  #finalizersRunInside(collector: Collector): boolean {
    const watched = this.#abandonBlock();
    collector.minor();
    return this.#addon.gauges[0]! < watched;
  }

  /**
   * Leaves a block whose owner is dead as soon as this returns; answers with the bytes watched then. A function of its own, for what a
   * frame of the interpreter has touched stays alive until the frame is left.
   */
  #abandonBlock(): number {
    this.#tryAllocate(1 << 20, { page: null }, true);
    return this.#addon.gauges[0]!;
  }
}
