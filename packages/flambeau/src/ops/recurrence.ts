import { engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { recordedGrads } from '../autograd/recorded.js';
import { dtypes } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { applyMany } from './apply.js';
import { tensor } from './creation.js';
import { copyInto, kernelFor, packed } from './elementwise.js';
import { gemmWeight } from './gemm.js';
import { type DirectionWeights, type Kind, type LayerRule, layerFormula, weightsOf } from './recurrence-formula.js';

/** @internal One recurrent layer, both of its directions, by the fused kernels of cpp/recurrent. */

const k = engine.kernels;

/** Gates of a kind, and its kernels. */
const kinds: Readonly<Record<Kind, { gates: number; forward: object; backward: object }>> = {
  lstm: { gates: 4, forward: k.lstm, backward: k.lstm_backward },
  gru: { gates: 3, forward: k.gru, backward: k.gru_backward },
  rnnTanh: { gates: 1, forward: k.rnn, backward: k.rnn_backward },
  rnnRelu: { gates: 1, forward: k.rnn, backward: k.rnn_backward },
};

/** Rows that are read together must not lie a multiple of 2 KB apart: they would share one set of the cache. */
function leadOf(width: number, tensor: Tensor): number {
  const { bytes } = dtypes[tensor.dtype];
  return (width * bytes) % 2048 === 0 ? width + 64 / bytes : width;
}

const rowsOf = ({ sizes }: LayerRule): number => sizes.reduce((n, size) => n + size, 0);

/** Dense tensors whose memory is in row-major order; call before reading any address. */
function settle<T extends Tensor | null>(tensors: readonly T[]): T[] {
  const dense = tensors.map((each) => (each === null ? null : packed(each)) as T);
  for (const each of dense) void each?.storage.place;
  return dense;
}
const placeOrZero = (each: Tensor | null | undefined): number => (each ? placeOf(each) : 0);

/** The sizes of the steps as the kernels read them; null where all are the same. */
const sizesFor = ({ even, sizes }: LayerRule): Tensor | null => (even ? null : tensor([...sizes], { dtype: 'int64' }));

const extent = ({ sizes, hidden }: LayerRule): number[] => [sizes.length, sizes[0], hidden];
const relu = ({ kind }: LayerRule): number[] => (kind === 'rnnTanh' ? [0] : kind === 'rnnRelu' ? [1] : []);

/** What `layer` fills: rows, hn, (cn,) and what is kept for the gradient: gates, states, and cells of an LSTM or the part of a GRU before its reset. */
function outputShapes(rule: LayerRule, lead: number): { outputs: Shape[]; kept: number } {
  const { directions: d, hidden, sizes, kind } = rule;
  const n = rowsOf(rule);
  const last = [d, sizes[0], hidden];
  const results = [[n, d * hidden], last, ...(kind === 'lstm' ? [last] : [])];
  const kept = [
    [d, n, kinds[kind].gates * hidden],
    [d, n, lead],
    ...(kind === 'lstm' || kind === 'gru' ? [[d, n, hidden]] : []),
  ];
  return { outputs: [...results, ...kept], kept: results.length };
}

function runForward(
  outs: readonly Tensor[],
  rows: Tensor,
  initial: readonly Tensor[],
  weights: readonly DirectionWeights[],
  rule: LayerRule,
  lead: number,
): void {
  const lstm = rule.kind === 'lstm';
  const [out, hn, cn, gates, states, extra] = lstm ? outs : [outs[0], outs[1], null, outs[2], outs[3], outs[4] ?? null];
  const [x] = settle([rows]);
  weights.forEach((w, d) => {
    gemmWeight(rule.kind, (gates as Tensor).select(0, d), x, w.input, w.inputBias);
  });
  const [first, ahead, back] = [
    initial,
    [weights[0].hidden, weights[0].hiddenBias],
    [weights[1]?.hidden ?? null, weights[1]?.hiddenBias ?? null],
  ].map((list) => settle<Tensor | null>(list));
  const sizes = sizesFor(rule);
  kernelFor(rule.kind, kinds[rule.kind].forward, out.dtype)(
    ...[out, gates, ...(lstm ? [extra, states, hn, cn] : [...(extra ? [extra] : []), states, hn])].map(placeOrZero),
    placeOrZero(first[0]),
    ...(lstm ? [placeOrZero(first[1])] : []),
    ...[ahead[0], back[0], ahead[1], back[1], sizes].map(placeOrZero),
    ...extent(rule),
    lead,
    ...relu(rule),
  );
}

/**
 * @internal The rows (steps and sequences, size) through one layer. `initial`: h and, for an LSTM, c as (directions, batch, hidden), or
 * nothing for zeros. Answers the rows after it, (rows, directions · hidden), and the last states.
 */
export function layer(rows: Tensor, initial: readonly Tensor[], weights: readonly Tensor[], rule: LayerRule): Tensor[] {
  const { dtype } = rows;
  const lead = leadOf(rule.hidden, rows);
  const { outputs, kept } = outputShapes(rule, lead);
  const outs = applyMany(layer, [rows, initial, weights, rule], {
    outputs: outputs.map((shape) => ({ shape, dtype })),
    constant: outputs.map((_, i) => i).slice(kept),
    kernel: (results, x, first, w) => runForward(results, x, first, weightsOf(w, rule), rule, lead),
    save: (results, x, first, w) => [x, ...first, ...w, ...results.slice(kept)],
    vjp: (grads, saved, needs) => {
      const inputs = saved.slice(0, saved.length - (outputs.length - kept)) as Tensor[];
      const count = inputs.length - 1 - weightCount(rule);
      if (isGradEnabled())
        return recordedGrads(inputs, grads, ([x, ...others]) =>
          layerFormula(x, others.slice(0, count), others.slice(count), rule),
        );
      return layerGrads(grads, inputs, saved.slice(inputs.length) as Tensor[], count, rule, needs);
    },
  });
  return outs.slice(0, kept);
}

const weightCount = ({ biases, directions }: LayerRule): number => directions * (biases ? 4 : 2);

/** The gradients of a layer's inputs, its initial states and its weights. */
function layerGrads(
  grads: readonly (Tensor | null)[],
  inputs: readonly Tensor[],
  kept: readonly Tensor[],
  count: number,
  rule: LayerRule,
  needs: readonly boolean[],
): (Tensor | null)[] {
  const [x, initial, weights] = [inputs[0], inputs.slice(1, 1 + count), inputs.slice(1 + count)];
  const { slopes, hiddenSlopes, states: first } = gateGrads(grads, initial, weights, kept, rule);
  const width = kinds[rule.kind].gates * rule.hidden;
  const side = (all: Tensor, d: number, size: number): Tensor => all.select(0, d).narrow(1, 0, size);
  const each = 2 + (rule.biases ? 2 : 0);
  let dx: Tensor | null = null;
  const dweights: (Tensor | null)[] = [];
  weightsOf(weights, rule).forEach((w, d) => {
    const [input, hidden, before] = [
      side(slopes, d, width),
      side(hiddenSlopes, d, width),
      side(kept[1], d, rule.hidden),
    ];
    const need = needs.slice(1 + count + d * each);
    if (needs[0]) dx = dx === null ? input.mm(w.input) : (dx as Tensor).add(input.mm(w.input));
    dweights.push(need[0] ? input.t().mm(x) : null, need[1] ? hidden.t().mm(before) : null);
    if (!rule.biases) return;
    const sum = input.sum(0);
    dweights.push(sum, slopes === hiddenSlopes ? sum : hidden.sum(0));
  });
  return [dx, ...first.slice(0, count), ...dweights];
}

/** The gradients of all gates, with respect to the input's part and to the recurrent one, and of the initial states. */
function gateGrads(
  grads: readonly (Tensor | null)[],
  initial: readonly Tensor[],
  weights: readonly Tensor[],
  kept: readonly Tensor[],
  rule: LayerRule,
): { slopes: Tensor; hiddenSlopes: Tensor; states: Tensor[] } {
  const { kind, directions, hidden, sizes } = rule;
  const [gates, before] = kept;
  const { dtype } = gates;
  const lead = leadOf(kinds[kind].gates * hidden, gates);
  const slope = { shape: [directions, rowsOf(rule), lead], dtype };
  const state = { shape: [directions, sizes[0], hidden], dtype };
  const [lstm, gru] = [kind === 'lstm', kind === 'gru'];
  const outs = applyMany(gateGrads, [grads, initial, weights, kept, rule], {
    outputs: [slope, ...(gru ? [slope] : []), state, ...(lstm ? [state] : [])],
    kernel: (results, given, first, w, saved) => {
      const own = weightsOf(w, rule);
      const last = results.slice(gru ? 2 : 1);
      last.forEach((result, i) => {
        const from = given[i + 1] ?? null; // nothing came back through this state
        if (from === null) result.zero_();
        else copyInto(result, from);
      });
      const [grad, c0, ahead, back] = settle([
        given[0] ?? null,
        first[1] ?? null,
        own[0].hidden,
        own[1]?.hidden ?? null,
      ]);
      const step = sizesFor(rule);
      kernelFor(kind, kinds[kind].backward, dtype)(
        ...results.map(placeOf),
        placeOrZero(grad),
        ...[saved[0], ...(gru ? [saved[2], saved[1]] : lstm ? [saved[2]] : [])].map(placeOf),
        ...(lstm ? [placeOrZero(c0)] : []),
        ...[ahead, back, step].map(placeOrZero),
        ...extent(rule),
        lead,
        ...(gru ? [before.shape[2]] : relu(rule)),
      );
    },
  });
  return { slopes: outs[0], hiddenSlopes: outs[gru ? 1 : 0], states: outs.slice(gru ? 2 : 1) };
}
