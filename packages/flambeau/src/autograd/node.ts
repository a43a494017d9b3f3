import { engine } from '@flambeau/kernels';
import { AutogradError } from '../errors.js';
import type { DType } from '../tensor/dtype.js';
import type { Shape } from '../tensor/shape.js';
import { type GradHook, isTensor, type Tensor } from '../tensor/tensor.js';

/** The gradients of an op's tensor arguments, in order; null where none is wanted. */
export type Grads = readonly (Tensor | null)[];

/**
 * The gradient of an op, by kind of node. `needs[i]` says whether argument i's gradient is wanted; an unwanted one may be null.
 * `many` and `foreign` get the gradients of all results (null where none came), the others that of their only result.
 */
export interface Vjps {
  readonly one: (grad: Tensor, saved: readonly unknown[], needs: readonly boolean[]) => Grads;
  readonly many: (grads: Grads, saved: readonly unknown[], needs: readonly boolean[]) => Grads;
  /** Of an op that shows the memory of its only tensor argument. */
  readonly view: (grad: Tensor, saved: readonly unknown[]) => Tensor;
  /** Runs code of the user's, who may keep what it sees. */
  readonly foreign: (grads: Grads) => Grads;
}
export type Kind = keyof Vjps;

/** Where the gradient of an argument goes, and what it must look like there. */
export interface Edge {
  readonly node: Node;
  readonly output: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

let created = 0;

const NOTHING: readonly never[] = [];

/** One recorded op, or the collector of a leaf's gradient. Nodes and their edges are the graph that backward walks. */
export class Node {
  readonly name: string;
  /** Later ops have higher numbers, so that a walk from high to low meets every node after all its users. */
  readonly order: number;
  readonly kind: Kind;
  /** One per tensor argument; null where no gradient is wanted. */
  readonly edges: readonly (Edge | null)[];
  readonly needs: readonly boolean[];
  readonly #vjp: Vjps[Kind] | null;
  #saved: readonly unknown[] | null;
  readonly #versions: readonly number[];
  /** The leaf whose gradient this node collects. */
  readonly leaf: Tensor | null;
  /** Called with the gradient of result i before it is used. */
  hooks: (GradHook[] | undefined)[] | null = null;
  /** Results that asked to keep their gradients. */
  retained: (Tensor | undefined)[] | null = null;
  /** Backward's working space: the gradients of the results gathered so far, and the run that visited this node. */
  pending: (Tensor | null)[] | null = null;
  visit = 0;

  constructor(
    name: string,
    kind: Kind,
    edges: readonly (Edge | null)[],
    vjp: Vjps[Kind] | null,
    saved: readonly unknown[] = NOTHING,
    versions: readonly number[] = NOTHING,
    leaf: Tensor | null = null,
  ) {
    this.name = name;
    this.order = leaf === null ? ++created : 0;
    this.kind = kind;
    this.edges = edges;
    const needs = new Array<boolean>(edges.length);
    for (let i = 0; i < edges.length; i++) needs[i] = edges[i] !== null;
    this.needs = needs;
    this.#vjp = vjp;
    this.#saved = saved;
    this.#versions = versions;
    this.leaf = leaf;
    if (leaf === null) engine.retaining = true;
  }

  /** The gradients of the arguments. @throws AutogradError when the saved values are gone or were changed */
  call(grads: Grads): Grads {
    const saved = this.#saved;
    if (saved === null) {
      throw new AutogradError(
        `${this.name}: backward went through this graph before and its saved values are freed; pass { retainGraph: true } to the first backward`,
      );
    }
    this.#checkVersions(saved);
    const [grad] = grads;
    switch (this.kind) {
      case 'one':
        return (this.#vjp as Vjps['one'])(grad as Tensor, saved, this.needs);
      case 'view':
        return [(this.#vjp as Vjps['view'])(grad as Tensor, saved)];
      default:
        return (this.#vjp as Vjps['many'])(grads, saved, this.needs);
    }
  }

  #checkVersions(saved: readonly unknown[]): void {
    const versions = this.#versions;
    for (let i = 0; i < saved.length; i++) {
      if (versions[i] < 0) continue;
      const value = saved[i] as Tensor;
      if (value.storage.version === versions[i]) continue;
      throw new AutogradError(
        `${this.name}: a tensor of shape [${value.shape.join(', ')}] that the gradient needs was changed in place (version ${value.storage.version}, expected ${versions[i]}); change a \`.clone()\` of it`,
      );
    }
  }

  /** Lets go of the saved values. A node that saved no tensor can be walked again. */
  free(): void {
    for (const version of this.#versions) if (version >= 0) this.#saved = null;
  }

  addHook(output: number, hook: GradHook): () => void {
    this.hooks ??= [];
    const list = this.hooks[output] ?? [];
    this.hooks[output] = list;
    list.push(hook);
    return () => {
      const at = list.indexOf(hook);
      if (at >= 0) list.splice(at, 1);
    };
  }

  toString(): string {
    return `<${this.name}>`;
  }
}

/** The versions of the tensors among saved values, to be checked when they are used; -1 for other values. */
export function versionsOf(values: readonly unknown[]): number[] {
  const versions = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    versions[i] = isTensor(value) ? value.storage.version : -1;
  }
  return versions;
}

/** The edge to a tensor's place in the graph; null when it needs no gradient. */
export function edgeTo(tensor: Tensor): Edge | null {
  const { node } = tensor;
  if (node !== null) return { node, output: tensor.output, shape: tensor.shape, dtype: tensor.dtype };
  if (!tensor.requiresGrad) return null;
  tensor.leafNode ??= new Node('AccumulateGrad', 'one', NOTHING, null, NOTHING, NOTHING, tensor);
  return { node: tensor.leafNode, output: 0, shape: tensor.shape, dtype: tensor.dtype };
}
