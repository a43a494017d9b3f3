import { engine } from '@flambeau/kernels';
import { ArgumentError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { type Row, stepTable } from './table.js';

export interface AdamOptions {
  /** Learning rate. Default 1e-3. */
  lr: number;
  /** How much of the averages of gradients and of their squares is kept. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the root of the average square. Default 1e-8. */
  eps: number;
  /** L2 penalty of Adam (default 0); decay apart from the gradient of AdamW (default 0.01). */
  weightDecay: number;
  /** Divide by the largest average square so far. Default false. */
  amsgrad: boolean;
  /** Climb instead of descending. Default false. */
  maximize: boolean;
}

const DEFAULTS: AdamOptions = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
};

/** Adam: steps scaled by running averages of the gradients and their squares. Kingma & Ba, 2015. */
export class Adam extends Optimizer<AdamOptions> {
  /** Whether the weight decay acts on the parameters rather than on the gradients. */
  protected readonly decoupled: boolean = false;

  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}, defaults: AdamOptions = DEFAULTS) {
    super(params, options, defaults);
  }

  protected override check(group: AdamOptions): void {
    super.check(group);
    if (group.betas.some((beta) => !(beta >= 0 && beta < 1)))
      throw new ArgumentError(this.constructor.name, `betas [${group.betas.join(', ')}] lie outside 0 to 1`);
    if (!(group.eps >= 0)) throw new ArgumentError(this.constructor.name, `eps ${group.eps} is no number from 0`);
  }

  protected override switches(): Record<string, boolean | null> {
    return {
      foreach: null,
      capturable: false,
      differentiable: false,
      fused: null,
      decoupled_weight_decay: this.decoupled,
    };
  }

  protected update(group: ParamGroup<AdamOptions>, params: readonly Tensor[]): void {
    const { lr, eps, weightDecay, amsgrad, maximize } = group;
    const [beta1, beta2] = group.betas;
    // Parameters that joined later, or went without gradients, are behind in their steps.
    const byStep = new Map<number, Row[]>();
    for (const param of params) {
      const state = this.stateOf(param);
      state.exp_avg ??= param.detach().zerosLike();
      state.exp_avg_sq ??= param.detach().zerosLike();
      if (amsgrad) state.max_exp_avg_sq ??= param.detach().zerosLike();
      const step = ((state.step as number | undefined) ?? 0) + 1;
      state.step = step;
      const row: Row = [
        param,
        param.grad as Tensor,
        state.exp_avg as Tensor,
        state.exp_avg_sq as Tensor,
        amsgrad ? (state.max_exp_avg_sq as Tensor) : null,
      ];
      const rows = byStep.get(step);
      if (rows === undefined) byStep.set(step, [row]);
      else rows.push(row);
    }
    for (const [step, rows] of byStep) {
      stepTable(this.constructor.name, rows, (dtype, count) =>
        engine.kernels.adam_step[dtype](
          count,
          lr,
          beta1,
          beta2,
          eps,
          weightDecay,
          Number(this.decoupled),
          Number(maximize),
          1 - beta1 ** step,
          1 - beta2 ** step,
        ),
      );
    }
  }
}

/** Adam with weight decay apart from the gradient. Loshchilov & Hutter, 2019. */
export class AdamW extends Adam {
  protected override readonly decoupled = true;

  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, options, { ...DEFAULTS, weightDecay: 0.01 });
  }
}
