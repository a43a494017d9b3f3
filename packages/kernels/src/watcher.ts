import type { Owner, Place } from './engine.js';
import { Page } from './pages.js';

/** A block whose owner is watched. */
interface Watch {
  readonly owner: WeakRef<Owner>;
  /** 0 after the block was given back. */
  place: Place;
  readonly bytes: number;
}

/**
 * Watches owners with the means of JavaScript alone, for engines that V8 does not tell of deaths: a FinalizationRegistry
 * where the program yields, and between yields `poll`, which works after `Collector.checkpoint` and a collection.
 */
export class Watcher {
  /** Bytes in the watched blocks. */
  bytes = 0;
  readonly #watches = new Set<Watch>();
  /** Those that may be released before their owner's end. A page may not: its first slot has the same place. */
  readonly #releasable = new Map<Place, Watch>();
  readonly #registry = new FinalizationRegistry<Watch>((watch) => this.#end(watch));
  readonly #free: (place: Place) => void;

  constructor(free: (place: Place) => void) {
    this.#free = free;
  }

  watch(owner: Owner, place: Place, bytes: number): void {
    const watch: Watch = { owner: new WeakRef(owner), place, bytes };
    this.#watches.add(watch);
    if (!(owner instanceof Page)) this.#releasable.set(place, watch);
    this.#registry.register(owner, watch);
    this.bytes += bytes;
  }

  /** Gives a watched block back now. False where there is none at this place. */
  release(place: Place): boolean {
    const watch = this.#releasable.get(place);
    if (watch === undefined) return false;
    this.#end(watch);
    return true;
  }

  /** Gives back the blocks of all owners that are known to be dead. */
  poll(): void {
    for (const watch of this.#watches) if (watch.owner.deref() === undefined) this.#end(watch);
  }

  #end(watch: Watch): void {
    if (watch.place === 0) return;
    this.#watches.delete(watch);
    this.#releasable.delete(watch.place);
    this.bytes -= watch.bytes;
    this.#free(watch.place);
    watch.place = 0;
  }
}
