import { AutogradError } from '../errors.js';
import { checkOptions } from '../ops/options.js';
import { type GradHook, isTensor, type Tensor } from '../tensor/tensor.js';
import { type BackwardOptions, seedFor, walkBack } from './backward.js';
import { edgeTo } from './node.js';

const OPTIONS = ['gradient', 'retainGraph', 'createGraph'] as const;

export interface TensorBackwardOptions extends BackwardOptions {
  /** The gradient of this tensor. Default: 1, for a scalar. */
  gradient?: Tensor;
}

/**
 * Computes the gradients of this tensor with respect to the graph's leaves and adds them to their `.grad`.
 * @param gradient of this tensor, needed unless it is a scalar
 */
export function backward(
  self: Tensor,
  gradient?: Tensor | TensorBackwardOptions | null,
  options?: BackwardOptions,
): void {
  const given: TensorBackwardOptions = isTensor(gradient) ? { ...options, gradient } : { ...gradient, ...options };
  checkOptions('backward', given, OPTIONS);
  walkBack([self], [seedFor('backward', self, given.gradient)], given, null);
}

/** Keeps the gradient of a computed tensor in its `.grad` too. */
export function retainGrad(self: Tensor): void {
  if (!self.requiresGrad) throw new AutogradError('retainGrad: the tensor does not require a gradient');
  if (self.node === null) return; // leaves keep theirs anyway
  self.node.retained ??= [];
  self.node.retained[self.output] = self;
}

/** Calls `hook` with this tensor's gradient whenever it is computed; what the hook returns takes its place. Returns a function that removes the hook. */
export function registerHook(self: Tensor, hook: GradHook): () => void {
  const edge = edgeTo(self);
  if (edge === null) throw new AutogradError('registerHook: the tensor does not require a gradient');
  return edge.node.addHook(edge.output, hook);
}
