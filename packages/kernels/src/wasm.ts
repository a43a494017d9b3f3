import { Budget } from './budget.js';
import type { Collector } from './collector.js';
import {
  BLOCK,
  checkThreads,
  type Engine,
  type MemoryUse,
  OutOfMemoryError,
  type Owner,
  type Place,
} from './engine.js';
import { bind, type Kernels } from './kernels.generated.js';
import { nudgeCollector } from './nudge.js';
import { Page, Pages, SLOT_LIMIT } from './pages.js';
import type { Platform } from './platform.js';
import { type Exports, type ModuleBytes, type OpenModule, openModule } from './wasm-module.js';
import { Watcher } from './watcher.js';

const MB = 1 << 20;
/** A collection that finds tensors here costs tens of milliseconds in Node. */
const LIMITS = { safePoint: 256 * MB, most: 640 * MB, loose: 640 * MB, old: 768 * MB, backstop: 768 * MB };

/** What a view's memory belongs to. */
const OWNER = Symbol('owner');

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Starts the WebAssembly engine. */
export function openWasm(module: ModuleBytes, platform: Platform): Engine {
  return new WasmEngine(openModule(module, platform), platform);
}

class WasmEngine implements Engine {
  readonly name = 'wasm';
  readonly isa = 'simd128';
  readonly kernels: Kernels;
  readonly blockPlace: Place;
  readonly #module: Exports;
  readonly #memory: OpenModule['memory'];
  readonly #shared: boolean;
  readonly #watcher = new Watcher((place) => this.#free(place));
  readonly #pages = new Pages((page, bytes) => this.#allocateWatched(page, bytes));
  readonly #budget: Budget;
  readonly #openCollector: (() => Collector) | null;
  #collector: Collector | null = null;
  /** Whether the collector will be nudged as soon as the program yields. */
  #nudging = false;
  #block: Float64Array;

  constructor({ exports, memory, shared }: OpenModule, { openCollector }: Platform) {
    this.#module = exports;
    this.#memory = memory;
    this.#shared = shared;
    this.blockPlace = exports.block();
    this.#block = this.#freshBlock();
    this.kernels = bind((name) => (exports as unknown as Record<string, () => void>)[name]!, this);
    this.#openCollector = openCollector;
    this.#budget = new Budget(() => this.#watcher.bytes, LIMITS, {
      quick: () => this.#collect(),
      full: () => this.#collect(),
    });
  }

  get block(): Float64Array {
    // Memory that grew, in an allocation or for a kernel's scratch, leaves arrays over the old buffer empty, unless it is shared.
    if (this.#block.length === 0) this.#block = this.#freshBlock();
    return this.#block;
  }

  #freshBlock(): Float64Array {
    return new Float64Array(this.#memory.buffer, this.blockPlace, BLOCK.length);
  }

  allocate(bytes: number): Place {
    let place = this.#tryAllocate(bytes);
    if (place === 0) {
      this.collect();
      place = this.#tryAllocate(bytes);
    }
    if (place === 0) throw new OutOfMemoryError('wasm', bytes, this.memory().live, this.#hint());
    return place;
  }

  #tryAllocate(bytes: number): Place {
    this.block[0] = bytes;
    this.#module.allocate();
    return this.block[0]!;
  }

  #hint(): string {
    if (this.#openCollector !== null) return '; WebAssembly memory ends at 4 GB, which the native engine does not';
    return '; dead tensors are only found while the program waits: let the loop await a task now and then, as a DataLoader does';
  }

  allocateFor(owner: Owner, bytes: number): Place {
    if (bytes <= SLOT_LIMIT) return this.#pages.allocate(owner, bytes);
    return this.#allocateWatched(owner, bytes);
  }

  #allocateWatched(owner: Owner, bytes: number): Place {
    this.#budget.beforeBlock(bytes);
    if (!this.#budget.mayGrow()) this.#budget.quick();
    const place = this.allocate(bytes);
    this.#watcher.watch(owner, place, this.block[1]!);
    return place;
  }

  adopt(owner: Owner, place: Place): void {
    this.block[0] = place;
    this.#module.size();
    this.#watcher.watch(owner, place, this.block[0]!);
  }

  release(owner: Owner | null, place: Place): void {
    if (owner?.page instanceof Page) return; // a slot goes with its page
    if (!this.#watcher.release(place)) this.#free(place);
  }

  #free(place: Place): void {
    this.block[0] = place;
    this.#module.release();
  }

  read(place: Place, into: ArrayBufferView): void {
    bytesOf(into).set(new Uint8Array(this.#memory.buffer, place, into.byteLength));
  }

  write(place: Place, from: ArrayBufferView): void {
    new Uint8Array(this.#memory.buffer, place, from.byteLength).set(bytesOf(from));
  }

  view(owner: object, place: Place, bytes: number): Uint8Array {
    return Object.defineProperty(new Uint8Array(this.#memory.buffer, place, bytes), OWNER, { value: owner });
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
    this.#module.trim();
  }

  memory(): MemoryUse {
    this.#module.measure();
    const [live, reserved, blocks] = this.block;
    return { live: live!, reserved: reserved!, blocks: blocks! };
  }

  get threads(): number {
    this.block[0] = 0;
    this.#module.setThreads();
    return this.block[0]!;
  }

  /** Where memory cannot be shared there is one thread, and other numbers are wishes that are not met. */
  setThreads(count: number): void {
    checkThreads(count);
    this.block[0] = this.#shared ? count : 1;
    this.#module.setThreads();
  }

  #collect(): void {
    if (this.#openCollector === null) this.#nudgeLater();
    this.#collector ??= this.#openCollector?.() ?? null;
    if (this.#collector !== null) {
      this.#collector.checkpoint();
      if (this.#collector.minorClearsWeakRefs) this.#collector.minor();
      else this.#collector.major();
      this.#collector.checkpoint();
    }
    this.#watcher.poll();
  }

  /** In a task of its own: in the running one, WeakRefs that it made keep their tensors alive. */
  #nudgeLater(): void {
    if (this.#nudging) return;
    this.#nudging = true;
    setTimeout(() => {
      this.#nudging = false;
      nudgeCollector();
      this.#watcher.poll();
    });
  }
}
