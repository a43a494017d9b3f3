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

/** Content that a storage will have: not written yet, because the pass that writes it may be joined with the one that follows. */
export interface Deferred {
  /** The storages that it will be computed from. */
  readonly sources: readonly Storage[];
  /** Not 0 for content that others may have to recognise after it was computed: the storage keeps it. */
  readonly mark: number;
  /** Computes it into the memory of `target`, in the order that `target.channels` says. */
  fill(target: Storage): void;
}

/** As what elements are moved: their bits are all that counts. */
const MOVED_AS = { f32: 'f32', f64: 'f64', i64: 'f64', i32: 'f32', u8: 'u8', b8: 'u8' } as const;

/** Another form of a storage's content (packed weights) that is used again while the content stays what it was. */
export interface KeptForm {
  /** The version of the content, and what the form was made for. */
  readonly version: number;
  readonly made: readonly number[];
  /** Where the form is; null while it was wanted only once. */
  storage: Storage | null;
  /** Whether a kernel has written it there. */
  filled: boolean;
}

/** Below this size joining passes saves nothing. */
const WORTH_DEFERRING = 1 << 16;

/**
 * Memory of the engine that tensors lie in; views share it. It ends in one of two ways: an *exposed* storage, one that a user may hold
 * through some tensor, when the garbage collector finds it dead; a *temporary*, made inside a scope of the
 * framework (the inside of a kernel, a step of backward), at the end of that scope unless somebody holds it.
 */
export class Storage implements Owner {
  page: object | null = null;
  readonly bytes: number;
  readonly suffix: Suffix;
  #version = 0;
  /** How many parts of the framework hold this temporary. */
  holders = 0;
  exposed: boolean;
  /** Made by the framework inside a scope and not handed out since: nobody else can see it. */
  internal: boolean;
  /** The typed array of `tensor.data`, when one was given out: such a storage must not move, and may change at any time. */
  pinned: ArrayBufferView | null = null;
  #place: Place;
  #channels: ChannelsLast | null = null;
  #deferred: Deferred | null = null;
  /** For ops that read the same parameter again and again. */
  kept: KeptForm | null = null;
  /** The mark of the content, while nothing has changed it. */
  mark = 0;
  /** Storages whose deferred content is computed from this one. */
  #readers: Set<Storage> | null = null;

  constructor(bytes: number, suffix: Suffix) {
    this.bytes = bytes;
    this.suffix = suffix;
    this.internal = scopes > 0;
    this.exposed = scopes === 0 || bytes <= SMALL;
    this.#place = this.#allocate();
    // Small ones too: a kernel may hold no more of them than an address, which does not keep them from the collector.
    if (this.internal) temporaries.push(this);
  }

  /** The address of the first element in row-major order; channels-last data is brought into that order first. */
  get place(): Place {
    if (this.#deferred !== null) this.#settle();
    if (this.#channels !== null) this.#reorder(null);
    return this.#place;
  }

  /** The address as the data lies, for those who asked for `channels` first. */
  get rawPlace(): Place {
    if (this.#deferred !== null) this.#settle();
    return this.#place;
  }

  /** Counts in-place changes, so that backward can tell whether a saved value is still what it was. */
  get version(): number {
    return this.#version;
  }

  /** To be called before every change in place: what is yet to be computed from the old content is computed now. */
  willChange(): void {
    if (this.#readers !== null) this.#settleReaders();
  }

  /** To be called after every change in place. */
  changed(): void {
    this.#version++;
    this.mark = 0;
  }

  /** The content that is still to be computed, for ops that know how to join it with their own pass. */
  get deferred(): Deferred | null {
    return this.#deferred;
  }

  /** Leaves the content to be computed when somebody asks for an address; now, where waiting saves nothing or is not safe. */
  defer(content: Deferred): void {
    const safe = content.sources.every((source) => source.pinned === null && (source.exposed || !this.exposed));
    for (const source of content.sources) source.hold();
    const before = this.#deferred;
    this.#deferred = content;
    this.mark = content.mark;
    if (before !== null) this.#forget(before);
    if (this.bytes < WORTH_DEFERRING || !safe) {
      this.#settle();
      return;
    }
    for (const source of content.sources) source.#readBy(this);
    if (before === null) this.#release();
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

  /** Brings row-major data into channels-last order in place. Only storages that no typed array shows. */
  toChannelsLast(order: ChannelsLast): void {
    if (this.#deferred !== null) this.#settle();
    if (order.c > 1 && order.p > 1) this.#reorder(order);
  }

  /** From now on the collector decides: a user may hold the storage. */
  expose(): void {
    this.internal = false;
    if (this.exposed) return;
    this.exposed = true;
    if (this.#deferred?.sources.some((source) => !source.exposed)) this.#settle();
    else if (this.#deferred === null) engine.adopt(this, this.#place);
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

  #readBy(reader: Storage): void {
    this.#readers ??= new Set();
    this.#readers.add(reader);
  }

  #settle(): void {
    const content = this.#deferred as Deferred;
    this.#deferred = null;
    if (this.#place === 0) this.#place = this.#allocate();
    const scope = beginScope();
    try {
      content.fill(this);
    } finally {
      endScope(scope);
    }
    this.#forget(content);
  }

  #settleReaders(): void {
    for (const reader of [...(this.#readers as Set<Storage>)]) reader.#settle();
  }

  #forget(content: Deferred): void {
    for (const source of content.sources) {
      source.#readers?.delete(this);
      source.drop();
    }
  }

  #allocate(): Place {
    return this.exposed ? engine.allocateFor(this, this.bytes) : engine.allocate(this.bytes);
  }

  #release(): void {
    engine.release(this.exposed ? this : null, this.#place);
    this.#place = 0;
  }

  #free(): void {
    if (this.#deferred !== null) this.#forget(this.#deferred);
    else this.#release();
    this.#deferred = null;
  }

  #reorder(order: ChannelsLast | null): void {
    const kernels = engine.kernels;
    const suffix = MOVED_AS[this.suffix];
    const place = this.#allocate();
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
