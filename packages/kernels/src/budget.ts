/** When an engine asks for collections, in bytes of watched blocks that came since the last. */
export interface Limits {
  /** At a safe point, where little is alive. */
  safePoint: number;
  /** What that may grow to where collections take more than `WORTH` of the time. */
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

/** The share of the time that collections may take before they become rarer: at safe points, and where each makes the next ops faster. */
const WORTH = 0.04;
const LOOSE_WORTH = 0.5;
/** By how much rarer. */
const STEP = 1.25;

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
  #loose: number;
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
    this.#loose = limits.loose;
    this.#now = now;
    this.#last = now();
  }

  safePoint(): void {
    this.retaining = false;
    this.#looseBase = this.#watched();
    if (this.#looseBase - this.#base <= this.#safePoint) return;
    if (this.#timedQuick() > WORTH) this.#safePoint = Math.min(STEP * this.#safePoint, this.#limits.most);
  }

  /**
   * Before a watched block is made. Where nothing is retained, results die young: collecting often lets the next ones be
   * written where the caches still hold the last.
   */
  beforeBlock(bytes: number): void {
    if (this.retaining || this.#watched() - this.#looseBase < Math.max(this.#loose, bytes)) return;
    const { loose, most } = this.#limits;
    this.#loose = this.#timedQuick() > LOOSE_WORTH ? Math.min(STEP * this.#loose, most) : Math.max(this.#loose / STEP, loose);
  }

  /** A quick collection. Answers with the share of the time since the last one that it took. */
  #timedQuick(): number {
    const start = this.#now();
    this.quick();
    const end = this.#now();
    const share = (end - start) / (end - this.#last);
    this.#last = end;
    return share;
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
