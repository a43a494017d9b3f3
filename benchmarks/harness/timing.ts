/** Times of one side, in seconds a repetition. */
export interface Times {
  readonly median: number;
  /** The quartiles. */
  readonly low: number;
  readonly high: number;
  readonly samples: readonly number[];
  /** Repetitions in each sample. */
  readonly repetitions: number;
}

/** Runs a program so many times and answers the seconds that this took. */
export type Clock = (repetitions: number) => number | Promise<number>;

/** A clock for a function of this process. */
export const clockOf =
  (body: () => void): Clock =>
  (repetitions) => {
    const start = performance.now();
    for (let i = 0; i < repetitions; i++) body();
    return (performance.now() - start) / 1000;
  };

/** A program that takes longer than this needs no second repetition, and none to warm up. */
const LONG = 0.1;

/** One side's turns: how often a sample repeats its program, and the samples so far. */
export class Turns {
  readonly #clock: Clock;
  readonly #samples: number[] = [];
  #repetitions = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Finds how many repetitions last as long as a sample should; compilers and caches warm up on the way, for so many seconds. */
  async calibrate(seconds: number, warm = 2 * seconds): Promise<void> {
    for (let spent = 0; spent < warm; ) {
      const taken = await this.#clock(this.#repetitions);
      spent += taken;
      if (taken >= seconds) continue;
      const factor = taken > 0 ? seconds / taken : 10;
      this.#repetitions = Math.max(this.#repetitions + 1, Math.ceil(this.#repetitions * Math.min(10, factor)));
    }
  }

  /** Takes one sample, after a repetition that wakes threads and fills caches. */
  async take(): Promise<void> {
    if (this.#last < LONG) await this.#clock(1);
    this.#samples.push((await this.#clock(this.#repetitions)) / this.#repetitions);
  }

  get #last(): number {
    return this.#samples.at(-1) ?? 0;
  }

  get times(): Times {
    const sorted = [...this.#samples].sort((a, b) => a - b);
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
    return { median, low, high, samples: this.#samples, repetitions: this.#repetitions };
  }
}

/** The value below which a share of the sorted numbers lies. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}
