import type { Tensor } from '../tensor/tensor.js';
import { walkBack } from './backward.js';
import { type Edge, edgeTo } from './node.js';

/**
 * The gradients of a formula in ops, recorded themselves: what a fused op's gradient gives way to when it is to be differentiated again.
 * Answers null for an input that needs none or that the outputs with a gradient do not depend on.
 */
export function recordedGrads(
  inputs: readonly Tensor[],
  grads: readonly (Tensor | null)[],
  formula: (inputs: readonly Tensor[]) => readonly Tensor[],
): (Tensor | null)[] {
  // The walk ends at these views: it runs inside of another walk, whose nodes lie behind them.
  const own = inputs.map((input) => (input.requiresGrad ? input.view(input.shape) : input));
  const outputs = formula(own);
  const wanted = outputs.flatMap((output, i) => (grads[i] && output.requiresGrad ? [i] : []));
  const learned = own.flatMap((input, i) => (input.requiresGrad ? [i] : []));
  const found = walkBack(
    wanted.map((i) => outputs[i]),
    wanted.map((i) => grads[i] as Tensor),
    { createGraph: true },
    learned.map((i) => edgeTo(own[i]) as Edge),
    true,
  );
  const result = new Array<Tensor | null>(inputs.length).fill(null);
  learned.forEach((i, k) => {
    result[i] = found[k];
  });
  return result;
}
