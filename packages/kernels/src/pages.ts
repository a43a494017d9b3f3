import type { Owner, Place } from './engine.js';

/** The largest size that shares a page with others. */
export const SLOT_LIMIT = 1024;
const SLOT_BYTES = [64, 256, SLOT_LIMIT] as const;
const SLOTS = 64;

/** A block cut into slots. It lives while any of the owners of its slots does, for each holds it in `owner.page`. */
export class Page implements Owner {
  page: object | null = null;
  base: Place = 0;
  /** Bytes in slots that were handed out. */
  used: number;

  constructor(
    readonly slotBytes: number,
    readonly bytes: number,
  ) {
    this.used = bytes;
  }
}

/**
 * Small storages: slots of shared pages, so that the collector watches one object for 64 of them and a small tensor costs
 * no call into the engine. Slots are not reused: a page goes back as a whole.
 */
export class Pages {
  readonly #current = SLOT_BYTES.map((bytes) => new Page(bytes, 0));
  readonly #allocateFor: (owner: Owner, bytes: number) => Place;

  /** @param allocateFor the engine's way to allocate a block of its own that the collector watches */
  constructor(allocateFor: (owner: Owner, bytes: number) => Place) {
    this.#allocateFor = allocateFor;
  }

  /** A slot of at least `bytes`, at most `SLOT_LIMIT`. */
  allocate(owner: Owner, bytes: number): Place {
    const kind = bytes <= 64 ? 0 : bytes <= 256 ? 1 : 2;
    let page = this.#current[kind]!;
    if (page.used === page.bytes) page = this.#turn(kind);
    const place = page.base + page.used;
    page.used += page.slotBytes;
    owner.page = page;
    return place;
  }

  #turn(kind: number): Page {
    const page = new Page(SLOT_BYTES[kind]!, SLOT_BYTES[kind]! * SLOTS);
    page.base = this.#allocateFor(page, page.bytes);
    page.used = 0;
    this.#current[kind] = page;
    return page;
  }
}
