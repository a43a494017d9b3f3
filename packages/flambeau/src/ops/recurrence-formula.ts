import type { Tensor } from '../tensor/tensor.js';
import { zeros } from './creation.js';
import { cat } from './joining.js';
import { linear } from './linear.js';

/** The kinds of recurrent layers. */
export type Kind = 'lstm' | 'gru' | 'rnnTanh' | 'rnnRelu';

/** What a recurrent layer does besides its numbers. */
export interface LayerRule {
  readonly kind: Kind;
  /** How many sequences each step has, never more than the step before. */
  readonly sizes: readonly number[];
  /** Whether all steps have as many. */
  readonly even: boolean;
  readonly hidden: number;
  readonly biases: boolean;
  readonly directions: 1 | 2;
  /** Whether the hidden state is projected to fewer numbers, by a further weight. */
  readonly projected: boolean;
}

/** The weights of one direction. */
export interface DirectionWeights {
  readonly input: Tensor;
  readonly hidden: Tensor;
  readonly inputBias: Tensor | null;
  readonly hiddenBias: Tensor | null;
  readonly projection: Tensor | null;
}

/** The flat list of a layer's weights, direction by direction, as PyTorch orders them. */
export function weightsOf(
  weights: readonly Tensor[],
  { biases, directions, projected }: LayerRule,
): DirectionWeights[] {
  const each = 2 + (biases ? 2 : 0) + (projected ? 1 : 0);
  return Array.from({ length: directions }, (_, d) => {
    const own = weights.slice(d * each, (d + 1) * each);
    return {
      input: own[0],
      hidden: own[1],
      inputBias: biases ? own[2] : null,
      hiddenBias: biases ? own[3] : null,
      projection: projected ? own[each - 1] : null,
    };
  });
}

/** The state after a step: h, and c of an LSTM. */
type State = readonly Tensor[];

/** One step of each kind, from the input's part of the gates and the state before. */
const steps: Readonly<Record<Kind, (x: Tensor, state: State, w: DirectionWeights) => State>> = {
  lstm: (x, [h, c], w) => {
    const [i, f, g, o] = x.add(linear(h, w.hidden, w.hiddenBias)).chunk(4, 1);
    const cell = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
    const out = o.sigmoid().mul(cell.tanh());
    return [w.projection === null ? out : linear(out, w.projection), cell];
  },
  gru: (x, [h], w) => {
    const [xr, xz, xn] = x.chunk(3, 1);
    const [hr, hz, hn] = linear(h, w.hidden, w.hiddenBias).chunk(3, 1);
    const fresh = xn.add(xr.add(hr).sigmoid().mul(hn)).tanh();
    return [fresh.add(xz.add(hz).sigmoid().mul(h.sub(fresh)))];
  },
  rnnTanh: (x, [h], w) => [x.add(linear(h, w.hidden, w.hiddenBias)).tanh()],
  rnnRelu: (x, [h], w) => [x.add(linear(h, w.hidden, w.hiddenBias)).relu()],
};

/** One direction over all rows: the hidden state after each row, and the last states. */
function runDirection(rows: Tensor, initial: State, w: DirectionWeights, rule: LayerRule, reverse: boolean): Tensor[] {
  const { sizes } = rule;
  const x = linear(rows, w.input, w.inputBias).split([...sizes], 0);
  const times = reverse ? x.map((_, t) => x.length - 1 - t) : x.map((_, t) => t);
  const outs = new Array<Tensor>(x.length);
  const ended: State[] = [];
  let state = reverse ? initial.map((first) => first.narrow(0, 0, 0)) : initial;
  for (const t of times) {
    const [before, now] = [state[0].shape[0], sizes[t]];
    if (now < before) {
      ended.unshift(state.map((part) => part.narrow(0, now, before - now)));
      state = state.map((part) => part.narrow(0, 0, now));
    } else if (now > before) {
      state = state.map((part, i) => cat([part, initial[i].narrow(0, before, now - before)]));
    }
    state = steps[rule.kind](x[t], state, w);
    outs[t] = state[0];
  }
  return [cat(outs), ...state.map((part, i) => cat([part, ...ended.map((rest) => rest[i])]))];
}

/**
 * A layer as a formula in ops: what the fused kernels compute, and what their gradient gives way to under `createGraph`. `initial` has
 * (directions, batch, size) tensors h and, for an LSTM, c; without any they are zeros. Answers the rows, and the last states.
 */
export function layerFormula(
  rows: Tensor,
  initial: readonly Tensor[],
  weights: readonly Tensor[],
  rule: LayerRule,
): Tensor[] {
  const sides = weightsOf(weights, rule).map((w, d) => {
    const zero = (size: number): Tensor => zeros([rule.sizes[0], size], { dtype: rows.dtype });
    const first =
      initial.length > 0
        ? initial.map((state) => state.select(0, d))
        : [zero(w.hidden.shape[1]), ...(rule.kind === 'lstm' ? [zero(rule.hidden)] : [])];
    return runDirection(rows, first, w, rule, d === 1);
  });
  if (sides.length === 1) return [sides[0][0], ...sides[0].slice(1).map((state) => state.unsqueeze(0))];
  const [ahead, back] = sides;
  return ahead.map((part, i) =>
    i === 0 ? cat([part, back[0]], 1) : cat([part.unsqueeze(0), back[i].unsqueeze(0)], 0),
  );
}
