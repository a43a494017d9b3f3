import { AutogradError } from '../errors.js';
import type { DType } from '../tensor/dtype.js';
import type { Shape } from '../tensor/shape.js';
import { type GradHook, isTensor, type Tensor } from '../tensor/tensor.js';

/**
 * The gradient of one op: from the gradients of its results (null where none came) to those of its tensor arguments, in
 * order. `needs[i]` says whether argument i's gradient is wanted; an unwanted one may be null.
 */
export type Vjp = (
  grads: readonly (Tensor | null)[],
  saved: readonly unknown[],
  needs: readonly boolean[],
) => readonly (Tensor | null)[];

/** Where the gradient of an argument goes, and what it must look like there. */
export interface Edge {
  readonly node: Node;
  readonly output: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

let created = 0;

/** One recorded op, or the collector of a leaf's gradient. Nodes and their edges are the graph that backward walks. */
export class Node {
  readonly name: string;
  /** Later ops have higher numbers, so that a walk from high to low meets every node after all its users. */
  readonly order: number;
  /** One per tensor argument; null where no gradient is wanted. */
  readonly edges: readonly (Edge | null)[];
  readonly needs: readonly boolean[];
  readonly #vjp: Vjp | null;
  #saved: readonly unknown[] | null;
  readonly #versions: readonly number[];
  /** The leaf whose gradient this node collects. */
  readonly leaf: Tensor | null;
  /** Called with the gradient of result i before it is used. */
  hooks: (GradHook[] | undefined)[] | null = null;
  /** Results that asked to keep their gradients. */
  retained: (Tensor | undefined)[] | null = null;
  /** Whether the gradient runs code of the user's, who may keep what it sees. */
  readonly foreign: boolean;
  /** Backward's working space: the gradients of the results gathered so far, and the run that visited this node. */
  pending: (Tensor | null)[] = [];
  visit = 0;

  constructor(
    name: string,
    edges: readonly (Edge | null)[],
    vjp: Vjp | null,
    saved: readonly unknown[],
    versions: readonly number[],
    leaf: Tensor | null = null,
    foreign = false,
  ) {
    this.name = name;
    this.order = leaf === null ? ++created : 0;
    this.edges = edges;
    this.needs = edges.map((edge) => edge !== null);
    this.#vjp = vjp;
    this.#saved = saved;
    this.#versions = versions;
    this.leaf = leaf;
    this.foreign = foreign;
  }

  /** The gradients of the arguments. @throws AutogradError when the saved values are gone or were changed */
  call(grads: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    const saved = this.#saved;
    if (saved === null) {
      throw new AutogradError(
        `${this.name}: backward went through this graph before and its saved values are freed; pass { retainGraph: true } to the first backward`,
      );
    }
    for (let i = 0; i < saved.length; i++) {
      const value = saved[i];
      if (this.#versions[i] >= 0 && isTensor(value) && value.storage.version !== this.#versions[i]) {
        throw new AutogradError(
          `${this.name}: a tensor of shape [${value.shape.join(', ')}] that the gradient needs was changed in place (version ${value.storage.version}, expected ${this.#versions[i]}); change a \`.clone()\` of it`,
        );
      }
    }
    return (this.#vjp as Vjp)(grads, saved, this.needs);
  }

  /** Lets go of the saved values. A node that saved no tensor can be walked again. */
  free(): void {
    if (this.#versions.some((version) => version >= 0)) this.#saved = null;
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

/** The edge to a tensor's place in the graph; null when it needs no gradient. */
export function edgeTo(tensor: Tensor): Edge | null {
  if (tensor.node !== null)
    return { node: tensor.node, output: tensor.output, shape: tensor.shape, dtype: tensor.dtype };
  if (!tensor.requiresGrad) return null;
  tensor.leafNode ??= new Node('AccumulateGrad', [], null, [], [], tensor);
  return { node: tensor.leafNode, output: 0, shape: tensor.shape, dtype: tensor.dtype };
}
