import { ArgumentError } from '../errors.js';
import { checkOptions } from '../ops/options.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import type { Optimizer, ParamGroup } from './optimizer.js';

type Group = ParamGroup<{ lr: number }>;
type Scheduled = { readonly paramGroups: readonly Group[] } & Pick<Optimizer<{ lr: number }>, 'step'>;

/** What a schedule saves, under PyTorch's names. */
export type SchedulerState = Record<string, unknown>;

/**
 * Learning rates that change from epoch to epoch: call `step()` after each. As in PyTorch a rate follows from the one before, so that schedules can
 * be combined, and the optimiser's own state holds the rates.
 */
export abstract class LRScheduler {
  readonly optimizer: Scheduled;
  /** Epochs so far. */
  lastEpoch = 0;
  /** The rates before any schedule. */
  baseLrs: number[];

  constructor(optimizer: Scheduled) {
    this.optimizer = optimizer;
    for (const group of optimizer.paramGroups) group.initialLr ??= group.lr;
    this.baseLrs = optimizer.paramGroups.map(({ initialLr }) => initialLr as number);
  }

  /** The rate of a group in the epoch that begins, from its rate in the one before. */
  protected abstract rate(before: number, base: number, epoch: number, group: number): number;

  /** Options of the schedule as PyTorch saves them. */
  protected abstract settings(): SchedulerState;

  step(): void {
    this.lastEpoch++;
    this.setRates();
  }

  protected setRates(): void {
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.rate(group.lr, this.baseLrs[i], this.lastEpoch, i);
    });
  }

  /** The rates in force, one per group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  stateDict(): SchedulerState {
    return {
      ...this.settings(),
      base_lrs: [...this.baseLrs],
      last_epoch: this.lastEpoch,
      _step_count: this.lastEpoch + 1,
      _last_lr: this.getLastLr(),
    };
  }

  /** Goes on where `stateDict` was taken. The rates themselves come back with the optimiser's state. */
  loadStateDict(state: SchedulerState): void {
    const { last_epoch: epoch, base_lrs: bases } = state;
    if (!Number.isInteger(epoch) || !Array.isArray(bases) || bases.length !== this.baseLrs.length)
      throw new ArgumentError('loadStateDict', `the state does not fit a schedule of ${this.baseLrs.length} groups`);
    this.lastEpoch = epoch as number;
    this.baseLrs = bases.map(Number);
  }
}

function gammaOf(op: string, options: { gamma?: number }): number {
  checkOptions(op, options, ['gamma']);
  return options.gamma ?? 0.1;
}

/** Multiplies the rate by `gamma` (0.1) every `stepSize` epochs. */
export class StepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: Scheduled,
    readonly stepSize: number,
    options: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = gammaOf('StepLR', options);
  }

  protected rate(before: number, _base: number, epoch: number): number {
    return epoch === 0 || epoch % this.stepSize !== 0 ? before : before * this.gamma;
  }

  protected settings(): SchedulerState {
    return { step_size: this.stepSize, gamma: this.gamma };
  }
}

/** Multiplies the rate by `gamma` (0.1) at the given epochs. */
export class MultiStepLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: Scheduled,
    readonly milestones: readonly number[],
    options: { gamma?: number } = {},
  ) {
    super(optimizer);
    this.gamma = gammaOf('MultiStepLR', options);
  }

  protected rate(before: number, _base: number, epoch: number): number {
    const times = this.milestones.filter((milestone) => milestone === epoch).length;
    return times === 0 ? before : before * this.gamma ** times;
  }

  /** PyTorch counts how often each milestone is named. */
  protected settings(): SchedulerState {
    const counts = new Map<number, number>();
    for (const milestone of this.milestones) counts.set(milestone, (counts.get(milestone) ?? 0) + 1);
    return { milestones: counts, gamma: this.gamma };
  }
}

/** Multiplies the rate by `gamma` every epoch. */
export class ExponentialLR extends LRScheduler {
  constructor(
    optimizer: Scheduled,
    readonly gamma: number,
  ) {
    super(optimizer);
  }

  protected rate(before: number): number {
    return before * this.gamma;
  }

  protected settings(): SchedulerState {
    return { gamma: this.gamma };
  }
}

/** Half a cosine from the rate down to `etaMin` (0) in `tMax` epochs, and up again. Loshchilov & Hutter, 2017. */
export class CosineAnnealingLR extends LRScheduler {
  readonly etaMin: number;

  constructor(
    optimizer: Scheduled,
    readonly tMax: number,
    options: { etaMin?: number } = {},
  ) {
    super(optimizer);
    checkOptions('CosineAnnealingLR', options, ['etaMin']);
    this.etaMin = options.etaMin ?? 0;
  }

  protected rate(before: number, base: number, epoch: number): number {
    const { tMax, etaMin } = this;
    // At the bottom the quotient below is 0 / 0.
    if ((epoch - 1 - tMax) % (2 * tMax) === 0) return before + ((base - etaMin) * (1 - Math.cos(Math.PI / tMax))) / 2;
    const height = (at: number): number => 1 + Math.cos((Math.PI * at) / tMax);
    return (height(epoch) / height(epoch - 1)) * (before - etaMin) + etaMin;
  }

  protected settings(): SchedulerState {
    return { T_max: this.tMax, eta_min: this.etaMin };
  }
}

/** The base rate times a function of the epoch; one function, or one for each group. */
export class LambdaLR extends LRScheduler {
  readonly #lambdas: readonly ((epoch: number) => number)[];

  constructor(optimizer: Scheduled, lrLambda: ((epoch: number) => number) | readonly ((epoch: number) => number)[]) {
    super(optimizer);
    this.#lambdas = typeof lrLambda === 'function' ? this.baseLrs.map(() => lrLambda) : lrLambda;
    if (this.#lambdas.length !== this.baseLrs.length)
      throw new ArgumentError('LambdaLR', `${this.#lambdas.length} functions for ${this.baseLrs.length} groups`);
    this.setRates();
  }

  protected rate(_before: number, base: number, epoch: number, group: number): number {
    return base * this.#lambdas[group](epoch);
  }

  protected settings(): SchedulerState {
    return { lr_lambdas: this.#lambdas.map(() => null) };
  }
}

export interface LinearLROptions {
  /** The factor at the start. Default 1/3. */
  startFactor?: number;
  /** The factor in the end. Default 1. */
  endFactor?: number;
  /** Epochs between the two. Default 5. */
  totalIters?: number;
}

/** The base rate times a factor that goes evenly from one number to another. */
export class LinearLR extends LRScheduler {
  readonly startFactor: number;
  readonly endFactor: number;
  readonly totalIters: number;

  constructor(optimizer: Scheduled, options: LinearLROptions = {}) {
    super(optimizer);
    checkOptions('LinearLR', options, ['startFactor', 'endFactor', 'totalIters']);
    this.startFactor = options.startFactor ?? 1 / 3;
    this.endFactor = options.endFactor ?? 1;
    this.totalIters = options.totalIters ?? 5;
    if (!(this.startFactor > 0 && this.startFactor <= 1 && this.endFactor >= 0 && this.endFactor <= 1))
      throw new ArgumentError('LinearLR', 'startFactor lies above 0 and up to 1, endFactor between 0 and 1');
    this.setRates();
  }

  protected rate(before: number, _base: number, epoch: number): number {
    const { startFactor, endFactor, totalIters } = this;
    if (epoch === 0) return before * startFactor;
    if (epoch > totalIters) return before;
    const rise = endFactor - startFactor;
    return before * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
  }

  protected settings(): SchedulerState {
    return { start_factor: this.startFactor, end_factor: this.endFactor, total_iters: this.totalIters };
  }
}

export interface ReduceLROnPlateauOptions {
  /** Whether a smaller or a larger number is better. Default `'min'`. */
  mode?: 'min' | 'max';
  /** What the rate is multiplied by. Default 0.1. */
  factor?: number;
  /** Epochs without progress that are borne. Default 10. */
  patience?: number;
  /** By how much a number must be better to be progress. Default 1e-4. */
  threshold?: number;
  /** Whether the threshold is a share of the best number or a difference. Default `'rel'`. */
  thresholdMode?: 'rel' | 'abs';
  /** Epochs after a change that are not counted. Default 0. */
  cooldown?: number;
  /** The least rate. Default 0. */
  minLr?: number;
  /** Changes smaller than this are not made. Default 1e-8. */
  eps?: number;
}

const PLATEAU: Required<ReduceLROnPlateauOptions> = {
  mode: 'min',
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: 'rel',
  cooldown: 0,
  minLr: 0,
  eps: 1e-8,
};

/** Lowers the rate when a number, mostly the loss of the validation, has stopped getting better. */
export class ReduceLROnPlateau {
  readonly optimizer: Scheduled;
  readonly options: Readonly<Required<ReduceLROnPlateauOptions>>;
  best: number;
  numBadEpochs = 0;
  cooldownCounter = 0;
  lastEpoch = 0;

  constructor(optimizer: Scheduled, options: ReduceLROnPlateauOptions = {}) {
    checkOptions('ReduceLROnPlateau', options, Object.keys(PLATEAU));
    this.optimizer = optimizer;
    this.options = { ...PLATEAU, ...options };
    if (!(this.options.factor < 1)) throw new ArgumentError('ReduceLROnPlateau', 'factor must be below 1');
    this.best = this.options.mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** @param metric of the epoch that has ended */
  step(metric: number | Tensor): void {
    const current = isTensor(metric) ? metric.item() : metric;
    const { patience, cooldown, factor, minLr, eps } = this.options;
    this.lastEpoch++;
    if (this.#isBetter(current)) {
      this.best = current;
      this.numBadEpochs = 0;
    } else this.numBadEpochs++;
    if (this.cooldownCounter > 0) {
      this.cooldownCounter--;
      this.numBadEpochs = 0;
    }
    if (this.numBadEpochs <= patience) return;
    for (const group of this.optimizer.paramGroups) {
      const lower = Math.max(group.lr * factor, minLr);
      if (group.lr - lower > eps) group.lr = lower;
    }
    this.cooldownCounter = cooldown;
    this.numBadEpochs = 0;
  }

  #isBetter(current: number): boolean {
    const { mode, threshold, thresholdMode } = this.options;
    const { best } = this;
    if (mode === 'min') return current < (thresholdMode === 'rel' ? best * (1 - threshold) : best - threshold);
    return current > (thresholdMode === 'rel' ? best * (1 + threshold) : best + threshold);
  }

  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  stateDict(): SchedulerState {
    const { mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps } = this.options;
    return {
      ...{ mode, factor, patience, threshold, threshold_mode: thresholdMode, cooldown, eps },
      min_lrs: this.optimizer.paramGroups.map(() => minLr),
      best: this.best,
      cooldown_counter: this.cooldownCounter,
      num_bad_epochs: this.numBadEpochs,
      last_epoch: this.lastEpoch,
      _last_lr: this.getLastLr(),
    };
  }

  /** Goes on where `stateDict` was taken; the options stay those of this schedule. */
  loadStateDict(state: SchedulerState): void {
    this.best = Number(state.best);
    this.cooldownCounter = Number(state.cooldown_counter);
    this.numBadEpochs = Number(state.num_bad_epochs);
    this.lastEpoch = Number(state.last_epoch);
  }
}
