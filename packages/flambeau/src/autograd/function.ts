import { AutogradError } from '../errors.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { isGradEnabled, noGrad } from './modes.js';
import { edgeTo, type Grads, Node } from './node.js';

/** What a custom function keeps between its forward and its backward. */
export class FunctionContext {
  #saved: readonly Tensor[] = [];
  #versions: readonly number[] = [];
  /** Whether the gradient of each argument is wanted (false for arguments that are no tensors). */
  needsInputGrad: readonly boolean[] = [];
  /** Anything else that backward needs. */
  [key: string]: unknown;

  /** Keeps tensors for backward; in-place changes of them are noticed. */
  saveForBackward(...tensors: Tensor[]): void {
    this.#saved = tensors;
    this.#versions = tensors.map((tensor) => tensor.storage.version);
  }

  get savedTensors(): readonly Tensor[] {
    this.#saved.forEach((tensor, i) => {
      if (tensor.storage.version !== this.#versions[i])
        throw new AutogradError('savedTensors: a saved tensor was changed in place; save a `.clone()` of it');
    });
    return this.#saved;
  }
}

type Result = Tensor | readonly Tensor[];

/** The two static methods of a custom function. */
interface FunctionClass<Args extends readonly unknown[], Out extends Result> {
  readonly name: string;
  forward(context: FunctionContext, ...args: Args): Out;
  backward(context: FunctionContext, ...grads: Tensor[]): Tensor | null | readonly (Tensor | null)[];
}

/**
 * An op with a gradient of your own. Subclasses have a static `forward(ctx, …args)`, which runs without recording, and a static
 * `backward(ctx, …grads)`, which returns one gradient per argument (null where there is none).
 * @example
 * class Exp extends fl.autograd.Function {
 *   static forward(ctx: fl.autograd.FunctionContext, x: fl.Tensor) {
 *     const y = x.exp();
 *     ctx.saveForBackward(y);
 *     return y;
 *   }
 *   static backward(ctx: fl.autograd.FunctionContext, grad: fl.Tensor) {
 *     return grad.mul(ctx.savedTensors[0]);
 *   }
 * }
 * const y = Exp.apply(x);
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name under which PyTorch's users know it, reached as autograd.Function
// biome-ignore lint/complexity/noStaticOnlyClass: PyTorch's shape of a custom function; `apply` reads the subclass through `this`
export class Function {
  static apply<Args extends readonly unknown[], Out extends Result>(
    this: FunctionClass<Args, Out>,
    ...args: Args
  ): Out {
    const context = new FunctionContext();
    const inputs = args.filter(isTensor);
    const recorded = isGradEnabled() && inputs.some((input) => input.requiresGrad);
    context.needsInputGrad = args.map((arg) => isTensor(arg) && arg.requiresGrad);
    const result = noGrad(() => this.forward(context, ...args));
    if (!recorded) return result;
    const outputs: Tensor[] = Array.isArray(result) ? [...(result as readonly Tensor[])] : [result as Tensor];
    const shapes = outputs.map((output) => output.shape);
    const node = new Node(`${this.name}Backward`, 'foreign', inputs.map(edgeTo), (grads: Grads): Grads => {
      const full = grads.map(
        (grad, i) => grad ?? (grads.find((other) => other !== null) as Tensor).newZeros(shapes[i]),
      );
      const back = this.backward(context, ...full);
      const list = Array.isArray(back) ? (back as readonly (Tensor | null)[]) : [back as Tensor | null];
      if (list.length !== args.length && list.length !== inputs.length) {
        throw new AutogradError(
          `${this.name}.backward: returned ${list.length} gradients for ${args.length} arguments`,
        );
      }
      return list.length === args.length ? list.filter((_, i) => isTensor(args[i])) : list;
    });
    const tracked = outputs.map((output, i) => {
      const own = !inputs.includes(output) && output.origin === null && output.node === null;
      const out = own ? output : output.detach();
      if (out.isFloatingPoint()) {
        out.node = node;
        out.output = i;
      }
      return out;
    });
    return (Array.isArray(result) ? tracked : tracked[0]) as unknown as Out;
  }
}
