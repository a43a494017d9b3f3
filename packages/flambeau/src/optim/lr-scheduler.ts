import type { Optimizer } from './optimizer.js';

type AnyOptimizer = Pick<Optimizer<{ lr: number }>, 'paramGroups'>;

/** Learning rates that change from epoch to epoch: call `step()` after each. */
export abstract class LRScheduler {
  /** Epochs so far. */
  lastEpoch = 0;
  readonly baseLrs: readonly number[];

  constructor(readonly optimizer: AnyOptimizer) {
    this.baseLrs = optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** The rate of a group in the current epoch. */
  protected abstract rate(base: number, epoch: number): number;

  step(): void {
    this.lastEpoch++;
    this.#set();
  }

  /** The rates in force, one per group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  stateDict(): { lastEpoch: number } {
    return { lastEpoch: this.lastEpoch };
  }

  loadStateDict(state: { lastEpoch: number }): void {
    this.lastEpoch = state.lastEpoch;
    this.#set();
  }

  #set(): void {
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.rate(this.baseLrs[i], this.lastEpoch);
    });
  }
}

/** Multiplies the rate by `gamma` every `stepSize` epochs. */
export class StepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly stepSize: number,
    options: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = options.gamma ?? 0.1;
  }

  protected rate(base: number, epoch: number): number {
    return base * this.gamma ** Math.floor(epoch / this.stepSize);
  }
}

/** Multiplies the rate by `gamma` at the given epochs. */
export class MultiStepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly milestones: readonly number[],
    options: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = options.gamma ?? 0.1;
  }

  protected rate(base: number, epoch: number): number {
    return base * this.gamma ** this.milestones.filter((milestone) => milestone <= epoch).length;
  }
}

/** Multiplies the rate by `gamma` every epoch. */
export class ExponentialLR extends LRScheduler {
  constructor(
    optimizer: AnyOptimizer,
    readonly gamma: number,
  ) {
    super(optimizer);
  }

  protected rate(base: number, epoch: number): number {
    return base * this.gamma ** epoch;
  }
}

/** Half a cosine from the rate down to `etaMin` in `tMax` epochs. Loshchilov & Hutter, 2017. */
export class CosineAnnealingLR extends LRScheduler {
  readonly etaMin: number;

  constructor(
    optimizer: AnyOptimizer,
    readonly tMax: number,
    options: { etaMin?: number } = {},
  ) {
    super(optimizer);
    this.etaMin = options.etaMin ?? 0;
  }

  protected rate(base: number, epoch: number): number {
    return this.etaMin + ((base - this.etaMin) * (1 + Math.cos((Math.PI * epoch) / this.tMax))) / 2;
  }
}

/** Multiplies the rate by a function of the epoch. */
export class LambdaLR extends LRScheduler {
  constructor(
    optimizer: AnyOptimizer,
    readonly lambda: (epoch: number) => number,
  ) {
    super(optimizer);
    optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.rate(this.baseLrs[i], 0);
    });
  }

  protected rate(base: number, epoch: number): number {
    return base * this.lambda(epoch);
  }
}
