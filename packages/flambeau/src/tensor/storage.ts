import { engine, type Owner, type Place } from '@flambeau/kernels';
import type { Suffix } from './dtype.js';

/** Up to this size a block is a slot of a shared page, which costs nothing to leave to the collector. */
const SMALL = 1024;

/** The physical order of channels-last data: the storage holds (N, P, C) where the tensor says (N, C, P). */
export interface ChannelsLast {
  readonly n: number;
  readonly c: number;
  /** Pixels of one picture. */
  readonly p: number;
}

/**
 * Memory of the engine that tensors lie in; views share it. It ends in one of two ways: an *exposed* storage, one that a user may hold
 * through some tensor, when the garbage collector finds it dead; a *temporary*, made inside a scope of the
 * framework (the inside of a kernel, a step of backward), at the end of that scope unless somebody holds it.
 */
export class Storage implements Owner {
  page: object | null = null;
  readonly bytes: number;
  readonly suffix: Suffix;
  /** Counts in-place changes, so that backward can tell whether a saved value is still what it was. */
  version = 0;
  /** How many parts of the framework hold this temporary. */
  holders = 0;
  exposed: boolean;
  /** Made by the framework inside a scope and not handed out since: nobody else can see it. */
  internal: boolean;
  /** The typed array of `tensor.data`, when one was given out: such a storage must not move. */
  pinned: ArrayBufferView | null = null;
  #place: Place;
  #channels: ChannelsLast | null = null;

  constructor(bytes: number, suffix: Suffix) {
    this.bytes = bytes;
    this.suffix = suffix;
    this.internal = scopes > 0;
    this.exposed = scopes === 0 || bytes <= SMALL;
    if (this.exposed) {
      this.#place = engine.allocateFor(this, bytes);
    } else {
      this.#place = engine.allocate(bytes);
      temporaries.push(this);
    }
  }

  /** The address of the first element in row-major order; channels-last data is brought into that order first. */
  get place(): Place {
    if (this.#channels !== null) this.#reorder(null);
    return this.#place;
  }

  /** The address as the data lies, for those who asked for `channels` first. */
  get rawPlace(): Place {
    return this.#place;
  }

  /** How channels-last data lies; null for row-major. */
  get channels(): ChannelsLast | null {
    return this.#channels;
  }

  /** Says of a fresh storage that it is filled in channels-last order. */
  markChannelsLast(order: ChannelsLast): void {
    // With one channel or one pixel both orders are the same bytes.
    if (order.c > 1 && order.p > 1) this.#channels = order;
  }

  /** Brings row-major data into channels-last order in place. Only floating-point storages that no typed array shows. */
  toChannelsLast(order: ChannelsLast): void {
    if (order.c > 1 && order.p > 1) this.#reorder(order);
  }

  /** From now on the collector decides: a user may hold the storage. */
  expose(): void {
    this.internal = false;
    if (this.exposed) return;
    this.exposed = true;
    engine.adopt(this, this.#place);
  }

  hold(): void {
    this.holders++;
  }

  /** The counterpart of `hold`: a temporary that nobody holds any more is given back at once. */
  drop(): void {
    this.holders--;
    if (this.holders === 0 && !this.exposed) this.#free();
  }

  /** Ends a temporary whose scope is over. */
  endOfScope(): void {
    if (this.holders === 0 && !this.exposed) this.#free();
  }

  #free(): void {
    engine.release(null, this.#place);
    this.#place = 0;
  }

  #reorder(order: ChannelsLast | null): void {
    const kernels = engine.kernels;
    const suffix = this.suffix as 'f32' | 'f64';
    const place = this.exposed ? engine.allocateFor(this, this.bytes) : engine.allocate(this.bytes);
    if (order !== null) {
      kernels.to_channels_last[suffix](place, this.#place, order.n, order.c, order.p);
    } else {
      const { n, c, p } = this.#channels as ChannelsLast;
      kernels.to_channels_first[suffix](place, this.#place, n, c, p);
    }
    engine.release(this.exposed ? this : null, this.#place);
    this.#place = place;
    this.#channels = order;
  }
}

const temporaries: Storage[] = [];
let scopes = 0;

/** Opens a scope: storages made from here on are temporaries. Returns the mark that `endScope` takes. */
export function beginScope(): number {
  scopes++;
  return temporaries.length;
}

/** Whether the framework is at work on its own: nobody else sees what is made now. */
export function insideScope(): boolean {
  return scopes > 0;
}

/** Closes a scope: its temporaries that nobody holds are given back. */
export function endScope(mark: number): void {
  scopes--;
  while (temporaries.length > mark) (temporaries.pop() as Storage).endOfScope();
}

/** Leaves all scopes for the time of a call into the user's code (a hook, a custom Function). Returns what `resumeScopes` takes. */
export function suspendScopes(): number {
  const open = scopes;
  scopes = 0;
  return open;
}

export function resumeScopes(open: number): void {
  scopes = open;
}
