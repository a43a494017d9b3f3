import { isGradEnabled } from '../autograd/modes.js';
import { edgeTo, type Grads, Node } from '../autograd/node.js';
import { AutogradError } from '../errors.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/** Called with the gradients of a module's arguments and results, null for what has none; what it returns replaces the first. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks need not return anything
export type BackwardHook = (module: unknown, gradInput: Grads, gradOutput: Grads) => Grads | undefined | void;

/** Called with the gradients of a module's results before they are used; what it returns replaces them. */
// biome-ignore lint/suspicious/noConfusingVoidType: likewise
export type BackwardPreHook = (module: unknown, gradOutput: Grads) => Grads | undefined | void;

/**
 * The backward hooks of one call of a module: its arguments and results pass through nodes that compute nothing, where backward meets all
 * gradients of the results, and later all those of the arguments, at once.
 */
export class BackwardHooks {
  readonly #module: unknown;
  readonly #preHooks: readonly BackwardPreHook[];
  readonly #hooks: readonly BackwardHook[];
  #arguments = 0;
  /** Whether a gradient comes to the arguments at all. */
  #reachesArguments = false;
  /** The gradients of the results, from when backward meets them until it meets those of the arguments. */
  #gradOutput: Grads | null = null;

  constructor(module: unknown, preHooks: Iterable<BackwardPreHook>, hooks: Iterable<BackwardHook>) {
    this.#module = module;
    this.#preHooks = [...preHooks];
    this.#hooks = [...hooks];
  }

  /** The arguments to call `forward` with. */
  ofArguments(args: readonly unknown[]): unknown[] {
    const passed = passThrough(args, (grads) => this.#meetArguments(grads));
    this.#arguments = args.length;
    this.#reachesArguments = passed !== null;
    return passed ?? [...args];
  }

  /** The result to give to the caller: a tensor or a list with tensors. */
  ofResult(result: unknown): unknown {
    const isList = Array.isArray(result);
    const passed = passThrough(isList ? result : [result], (grads) => this.#meetResults(grads));
    if (passed === null) return result;
    return isList ? passed : passed[0];
  }

  #meetResults(grads: Grads): Grads {
    let current = grads;
    for (const hook of this.#preHooks) {
      const replaced = hook(this.#module, current) ?? current;
      checkCount('registerFullBackwardPreHook', replaced, current);
      current = replaced;
    }
    if (this.#reachesArguments) this.#gradOutput = current;
    else this.#callWithoutInput(current);
    return current;
  }

  #callWithoutInput(gradOutput: Grads): void {
    const none = new Array<null>(this.#arguments).fill(null);
    for (const hook of this.#hooks) {
      const replaced = hook(this.#module, none, gradOutput);
      if (replaced?.some((grad) => grad !== null))
        throw new AutogradError(
          'registerFullBackwardHook: no argument of the module requires a gradient, so the hook has none to replace: return undefined',
        );
    }
  }

  #meetArguments(grads: Grads): Grads {
    const gradOutput = this.#gradOutput;
    if (gradOutput === null) return grads;
    this.#gradOutput = null;
    let current = grads;
    for (const hook of this.#hooks) {
      const replaced = hook(this.#module, current, gradOutput) ?? current;
      checkCount('registerFullBackwardHook', replaced, current);
      current = replaced;
    }
    return current;
  }
}

function checkCount(op: string, replaced: Grads, current: Grads): void {
  if (replaced.length !== current.length)
    throw new AutogradError(`${op}: the hook returned ${replaced.length} gradients in place of ${current.length}`);
}

/**
 * Values with each tensor that requires a gradient behind one common node, which hands all their gradients, null for the other values, through
 * `meet`; null when there is no such tensor.
 */
function passThrough(values: readonly unknown[], meet: (grads: Grads) => Grads): unknown[] | null {
  if (!isGradEnabled()) return null;
  const places = values.flatMap((value, i) => (isTensor(value) && value.requiresGrad ? [i] : []));
  if (places.length === 0) return null;
  const edges = places.map((place) => edgeTo(values[place] as Tensor));
  const node = new Node('BackwardHookFunctionBackward', 'foreign', edges, meetAt(places, values.length, meet));
  const passed = [...values];
  for (const [i, place] of places.entries()) {
    const tensor = (values[place] as Tensor).detach();
    tensor.node = node;
    tensor.output = i;
    passed[place] = tensor;
  }
  return passed;
}

/** The gradient of such a node. */
function meetAt(places: readonly number[], count: number, meet: (grads: Grads) => Grads): (given: Grads) => Grads {
  return (given) => {
    const grads = new Array<Tensor | null>(count).fill(null);
    for (const [i, place] of places.entries()) grads[place] = given[i] ?? null;
    const met = meet(grads);
    return places.map((place) => met[place]);
  };
}
