import { Budget } from './budget.js';
import type { Collector } from './collector.js';
import { type Engine, type MemoryUse, OutOfMemoryError, type Owner, type Place } from './engine.js';
import { bind, type Kernels } from './kernels.generated.js';
import { Page, Pages, SLOT_LIMIT } from './pages.js';
import { Watcher } from './watcher.js';

/** The module's exports (cpp/wasm/module.cpp). */
interface Exports {
  readonly memory: WebAssembly.Memory;
  block(): Place;
  kernel_name(index: number): Place;
  run(index: number): void;
  allocate(bytes: number): Place;
  release(place: Place): void;
  size(place: Place): number;
  trim(): void;
  measure(): void;
}

const MB = 1 << 20;
/** A collection that finds dead owners here is a full one, so it is asked for seldom. */
const LIMITS = { safePoint: 256 * MB, backstop: 512 * MB };
const BLOCK_LENGTH = 8192;

/**
 * Makes the engine from the module's bytes.
 * @param openCollector the garbage collector, where the platform lets one ask for it; without, memory comes back when the program yields
 */
export function openWasm(bytes: BufferSource, openCollector: (() => Collector) | null): Engine {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return new WasmEngine(exports as unknown as Exports, openCollector);
}

class WasmEngine implements Engine {
  readonly name = 'wasm';
  readonly isa = 'simd128';
  readonly kernels: Kernels;
  readonly blockPlace: Place;
  readonly threads = 1;
  block: Float64Array;
  readonly #module: Exports;
  readonly #pages = new Pages((page, bytes) => this.#allocateWatched(page, bytes));
  readonly #watcher = new Watcher((place) => this.#module.release(place));
  readonly #budget: Budget;
  readonly #openCollector: (() => Collector) | null;
  #collector: Collector | null = null;

  constructor(module: Exports, openCollector: (() => Collector) | null) {
    this.#module = module;
    this.#openCollector = openCollector;
    this.blockPlace = module.block();
    this.block = new Float64Array(module.memory.buffer, this.blockPlace, BLOCK_LENGTH);
    const index = kernelIndex(module);
    this.kernels = bind((name) => {
      const at = index.get(name) as number;
      return () => {
        module.run(at);
        this.#refresh(); // scratch memory may have grown
      };
    }, this);
    this.#budget = new Budget(() => this.#watcher.bytes, LIMITS, {
      quick: () => this.#reclaim(),
      full: () => this.#reclaim(),
    });
  }

  /** Memory that has grown lies elsewhere: views of it are made anew. */
  #refresh(): void {
    if (this.block.buffer === this.#module.memory.buffer) return;
    this.block = new Float64Array(this.#module.memory.buffer, this.blockPlace, BLOCK_LENGTH);
  }

  allocate(bytes: number): Place {
    if (!this.#budget.mayGrow()) this.#budget.quick();
    let place = this.#module.allocate(bytes) >>> 0;
    if (place === 0) {
      this.collect();
      place = this.#module.allocate(bytes) >>> 0;
    }
    this.#refresh();
    if (place === 0) {
      const hint =
        this.#openCollector === null
          ? '; a loop that awaits a real turn (the data loader does) lets memory come back'
          : '';
      throw new OutOfMemoryError('wasm', bytes, this.memory().live, hint);
    }
    return place;
  }

  allocateFor(owner: Owner, bytes: number): Place {
    return bytes <= SLOT_LIMIT ? this.#pages.allocate(owner, bytes) : this.#allocateWatched(owner, bytes);
  }

  #allocateWatched(owner: Owner, bytes: number): Place {
    const place = this.allocate(bytes);
    this.#watcher.watch(owner, place, bytes);
    return place;
  }

  adopt(owner: Owner, place: Place): void {
    this.#watcher.watch(owner, place, this.#sizeOf(place));
  }

  #sizeOf(place: Place): number {
    return this.#module.size(place) >>> 0;
  }

  release(owner: Owner | null, place: Place): void {
    // A slot goes with its page: the first slot's place is the page's too, which others still use.
    if (owner?.page instanceof Page || this.#watcher.release(place)) return;
    this.#module.release(place);
  }

  read(place: Place, into: ArrayBufferView): void {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(
      new Uint8Array(this.#module.memory.buffer, place, into.byteLength),
    );
  }

  write(place: Place, from: ArrayBufferView): void {
    new Uint8Array(this.#module.memory.buffer, place, from.byteLength).set(
      new Uint8Array(from.buffer, from.byteOffset, from.byteLength),
    );
  }

  view(_owner: object, place: Place, bytes: number): Uint8Array {
    return new Uint8Array(this.#module.memory.buffer, place, bytes);
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
    return { live, reserved, blocks };
  }

  /** There is one thread; other numbers are taken as a wish that cannot be met. */
  setThreads(count: number): void {
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`setThreads: expected a positive integer (got ${count})`);
  }

  /** Finds dead owners without leaving the running job, where the platform allows it. */
  #reclaim(): void {
    if (this.#openCollector === null) return;
    this.#collector ??= this.#openCollector();
    this.#collector.checkpoint();
    if (this.#collector.minorClearsWeakRefs) this.#collector.minor();
    else this.#collector.major();
    this.#collector.checkpoint();
    this.#watcher.poll();
  }
}

/** The places of all kernels in the module's table, by name. */
function kernelIndex(module: Exports): Map<string, number> {
  const bytes = new Uint8Array(module.memory.buffer);
  const index = new Map<string, number>();
  for (let i = 0; ; i++) {
    const at = module.kernel_name(i) >>> 0;
    if (at === 0) return index;
    index.set(new TextDecoder().decode(bytes.subarray(at, bytes.indexOf(0, at))), i);
  }
}
