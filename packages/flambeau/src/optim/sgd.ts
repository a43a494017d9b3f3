import { engine } from '@flambeau/kernels';
import { ArgumentError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { Optimizer, type ParamGroup, type Params } from './optimizer.js';
import { type Row, stepTable } from './table.js';

export interface SGDOptions {
  /** Learning rate. Default 1e-3. */
  lr: number;
  /** How much of the last direction is kept. Default 0. */
  momentum: number;
  /** How much the new gradient is damped. Default 0. */
  dampening: number;
  /** L2 penalty. Default 0. */
  weightDecay: number;
  /** Look ahead along the momentum (Nesterov). Default false. */
  nesterov: boolean;
  /** Climb instead of descending. Default false. */
  maximize: boolean;
}

/** Stochastic gradient descent, with momentum: v ← μ v + g, θ ← θ − γ v. Sutskever et al., 2013. */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Params<SGDOptions>, options: Partial<SGDOptions> = {}) {
    super(params, options, { lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false });
  }

  protected override check(group: SGDOptions): void {
    super.check(group);
    if (group.nesterov && (group.momentum <= 0 || group.dampening !== 0)) {
      throw new ArgumentError('SGD', 'nesterov needs a momentum and no dampening');
    }
  }

  protected update(group: ParamGroup<SGDOptions>, params: readonly Tensor[]): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } = group;
    const fresh: Row[] = [];
    const known: Row[] = [];
    for (const param of params) {
      const grad = param.grad as Tensor;
      if (momentum === 0) {
        known.push([param, grad, null]);
        continue;
      }
      const state = this.stateOf(param);
      const before = (state.momentum_buffer ?? null) as Tensor | null;
      const buffer = before ?? param.detach().zerosLike();
      state.momentum_buffer = buffer;
      (before === null ? fresh : known).push([param, grad, buffer]);
    }
    // The first step fills the buffers with the gradients themselves.
    for (const [rows, first] of [
      [fresh, 1],
      [known, 0],
    ] as const) {
      stepTable('SGD', rows, (dtype, count) =>
        engine.kernels.sgd_step[dtype](
          count,
          lr,
          momentum,
          dampening,
          weightDecay,
          Number(nesterov),
          Number(maximize),
          first,
        ),
      );
    }
  }
}
