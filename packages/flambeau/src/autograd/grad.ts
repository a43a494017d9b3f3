import { AutogradError } from '../errors.js';
import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';
import { type BackwardOptions, seedFor, walkBack } from './backward.js';
import { type Edge, edgeTo } from './node.js';

export interface GradOptions extends BackwardOptions {
  /** The gradients of the outputs. Default: 1 for scalars. */
  gradOutputs?: readonly (Tensor | null)[] | Tensor;
  /** Answer null for an input that the outputs do not depend on, instead of failing. Default false. */
  allowUnused?: boolean;
}

/**
 * The gradients of outputs with respect to inputs, returned rather than accumulated.
 * @example const [dx] = fl.autograd.grad(y, [x], { createGraph: true });
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions & { allowUnused: true },
): (Tensor | null)[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options?: GradOptions,
): Tensor[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): (Tensor | null)[] {
  checkOptions('autograd.grad', options, ['gradOutputs', 'retainGraph', 'createGraph', 'allowUnused']);
  const roots = listOf(outputs);
  const seeds = options.gradOutputs === undefined ? [] : listOf(options.gradOutputs as Tensor);
  const targets = listOf(inputs).map((input) => {
    const edge = edgeTo(input);
    if (edge === null)
      throw new AutogradError(
        'autograd.grad: an input does not require a gradient; set requiresGrad before computing with it',
      );
    return edge as Edge;
  });
  const found = walkBack(
    roots,
    roots.map((root, i) => seedFor('autograd.grad', root, seeds[i])),
    options,
    targets,
  );
  if (options.allowUnused !== true && found.includes(null)) {
    throw new AutogradError(
      `autograd.grad: the outputs do not depend on input ${found.indexOf(null)}; pass { allowUnused: true } to get null for it`,
    );
  }
  return found;
}

/** Adds the gradients of several tensors to their leaves' `.grad`: `backward` of all of them in one walk. */
export function backward(
  tensors: readonly Tensor[],
  gradTensors: readonly (Tensor | null)[] = [],
  options: BackwardOptions = {},
): void {
  walkBack(
    tensors,
    tensors.map((tensor, i) => seedFor('autograd.backward', tensor, gradTensors[i])),
    options,
    null,
  );
}

const listOf = (value: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(value) ? value : [value as Tensor];
