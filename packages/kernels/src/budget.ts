/** When an engine asks for collections, in bytes of watched blocks that came since the last. */
export interface Limits {
  /** At a safe point, where little is alive. */
  safePoint: number;
  /** What that, and `loose`, may grow to where collections take too much of the time. */
  most: number;
  /** Where results of ops are not kept for a way back; or a new block, if that is more. */
  loose: number;
  /** What may outlive quick collections, besides twice what outlived the last full one. */
  old: number;
  /** Anywhere, where memory would have to come from the system; or what was in use after the last collection, if that is more. */
  backstop: number;
}

/** How an engine collects. After each, the dead owners' blocks are given back. */
export interface Collections {
  /** The cheap one. */
  quick(): void;
  /** The one that finds everything. */
  full(): void;
}

/** The share of the time that collections may take before they become rarer. */
const WORTH = 0.04;
/** The same for those outside of a graph, each of which makes the next ops faster; and how long one must take, in milliseconds, to count. */
const LOOSE_WORTH = 0.5;
const DEAR = 0.5;
/** So many dear ones in a row make collections rarer, for one alone was held up; so many that were worth it make them more frequent again. */
const DEAR_ROW = 4;
const WORTH_ROW = 64;

/**
 * Decides when to collect. V8 sees only the small objects of JavaScript and would wait for hundreds of megabytes; an engine
 * knows the blocks behind them. Collections belong to safe points: one in the middle of a step finds that step's tensors alive, and
 * V8 then takes them for long-lived.
 */
export class Budget {
  readonly #watched: () => number;
  readonly #limits: Limits;
  readonly #collections: Collections;
  /** Watched bytes after the last collection, and after the last full one. */
  #base = 0;
  #fullBase = 0;
  /** Watched bytes when the last graph ended, or after the last collection: what came since belongs to no graph. */
  #looseBase = 0;
  #safePoint: number;
  /** How many times longer to wait outside of a graph, and how many collections in a row were too dear, or worth it. */
  #patience = 1;
  #dear = 0;
  #worthwhile = 0;
  /** When the last collection ended. */
  #last: number;
  readonly #now: () => number;
  /** Whether results of ops are kept for a way back, which ends at the next safe point. */
  retaining = false;

  /** @param watched bytes in blocks that the collector watches, now */
  constructor(watched: () => number, limits: Limits, collections: Collections, now = () => performance.now()) {
    this.#watched = watched;
    this.#limits = limits;
    this.#collections = collections;
    this.#safePoint = limits.safePoint;
    this.#now = now;
    this.#last = now();
  }

  safePoint(): void {
    this.retaining = false;
    this.#looseBase = this.#watched();
    if (this.#looseBase - this.#base <= this.#safePoint) return;
    const { share } = this.#timedQuick();
    if (share > WORTH) this.#safePoint = Math.min(1.25 * this.#safePoint, this.#limits.most);
  }

  /**
   * Before a watched block is made. Where nothing is retained, results die young: collecting often lets the next ones be
   * written where the caches still hold the last. Two things make collections dear, and then rarer: many young objects of the program's own,
   * and results that live through two of them, which only a full one finds dead later.
   */
  beforeBlock(bytes: number): void {
    if (this.retaining) return;
    const { loose, most } = this.#limits;
    const wait = Math.max(Math.min(this.#patience * Math.max(loose, bytes), most), bytes);
    if (this.#watched() - this.#looseBase < wait) return;
    const { time, share } = this.#timedQuick();
    if (share > LOOSE_WORTH && time > DEAR) {
      this.#worthwhile = 0;
      if (++this.#dear < DEAR_ROW) return;
      this.#dear = 0;
      if (wait < most) this.#patience *= 2;
    } else {
      this.#dear = 0;
      if (this.#patience === 1 || ++this.#worthwhile < WORTH_ROW) return;
      this.#worthwhile = 0;
      this.#patience /= 2;
    }
  }

  /** A quick collection: how long it took, and which share of the time since the last one that was. */
  #timedQuick(): { time: number; share: number } {
    const start = this.#now();
    this.quick();
    const end = this.#now();
    const share = (end - start) / (end - this.#last);
    this.#last = end;
    return { time: end - start, share };
  }

  /** Whether the engine may take more memory from the system without a collection before. */
  mayGrow(): boolean {
    return this.#watched() - this.#base < Math.max(this.#limits.backstop, this.#base);
  }

  quick(): void {
    this.#collections.quick();
    this.#base = this.#looseBase = this.#watched();
    // What outlived two quick collections is old for V8: only a full one finds it dead.
    if (this.#base > 2 * this.#fullBase + this.#limits.old) this.full();
  }

  full(): void {
    this.#collections.full();
    this.#base = this.#looseBase = this.#fullBase = this.#watched();
  }
}
