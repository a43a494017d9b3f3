import type { Owner, Place } from './engine.js';

/** A block whose owner is watched; `owner.page` is this while both are good. */
class Watch {
  constructor(
    readonly owner: WeakRef<Owner>,
    /** 0 after the block was given back. */
    public place: Place,
    readonly bytes: number,
  ) {}
}

/**
 * Watches owners with the means of JavaScript alone, for engines that V8 does not tell of deaths: a FinalizationRegistry
 * where the program yields, and between yields `poll`, which works after `Collector.checkpoint` and a collection.
 */
export class Watcher {
  /** Bytes in the watched blocks. */
  bytes = 0;
  readonly #watches = new Map<Place, Watch>();
  readonly #registry = new FinalizationRegistry<Watch>((watch) => this.#end(watch));
  readonly #release: (place: Place) => void;

  constructor(release: (place: Place) => void) {
    this.#release = release;
  }

  watch(owner: Owner, place: Place, bytes: number): void {
    const watch = new Watch(new WeakRef(owner), place, bytes);
    owner.page = watch;
    this.#watches.set(place, watch);
    this.#registry.register(owner, watch);
    this.bytes += bytes;
  }

  /** Gives a watched block back now. False where the place is none: the owner may have got another block since. */
  release(place: Place): boolean {
    const watch = this.#watches.get(place);
    if (watch === undefined) return false;
    this.#end(watch);
    return true;
  }

  /** Gives back the blocks of all owners that are known to be dead. */
  poll(): void {
    for (const watch of this.#watches.values()) if (watch.owner.deref() === undefined) this.#end(watch);
  }

  #end(watch: Watch): void {
    if (watch.place === 0) return;
    this.#watches.delete(watch.place);
    this.#release(watch.place);
    this.bytes -= watch.bytes;
    watch.place = 0;
  }
}
