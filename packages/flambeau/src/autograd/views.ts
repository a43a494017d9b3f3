import { AutogradError } from '../errors.js';
import type { Op } from '../ops/apply.js';
import { gradNameOf } from '../ops/names.js';
import type { Tensor } from '../tensor/tensor.js';
import { edgeTo, type Grads, Node, type Vjps, versionsOf } from './node.js';

/**
 * How a tensor came to show another one's memory: enough to follow changes in place. A change of a view is a change of its *base*, the
 * tensor that is no view itself: the base gets a new node, and every view of it makes its own anew when it is next asked.
 */
export class View {
  readonly base: Tensor;
  readonly #op: Op;
  /** The op's arguments; the first is the base, or another view of it. */
  readonly #args: readonly [Tensor, ...unknown[]];
  readonly #vjp: Vjps['view'];
  readonly #saved: readonly unknown[];
  /** Whether gradients were recorded when the view was made. */
  readonly recorded: boolean;
  /** The state of the base that the view's node belongs to. */
  #seen: number;

  constructor(
    op: Op,
    args: readonly [Tensor, ...unknown[]],
    vjp: Vjps['view'],
    saved: readonly unknown[],
    recorded: boolean,
  ) {
    const [source] = args;
    this.base = source.origin === null ? source : source.origin.base;
    this.#op = op;
    this.#args = args;
    this.#vjp = vjp;
    this.#saved = saved;
    this.recorded = recorded;
    this.#seen = this.base.rebased;
  }

  /** Whether the base was changed in place, in a way that the graph knows of, since the view's node was made. */
  get stale(): boolean {
    return this.#seen !== this.base.rebased;
  }

  /** The node of the view as things stand; null when it needs no gradient. */
  makeNode(): Node | null {
    const changed = this.stale;
    this.#seen = this.base.rebased;
    const edge = edgeTo(this.#args[0]);
    if (edge === null) return null;
    const name = gradNameOf(this.#op);
    if (changed && !this.recorded)
      throw new AutogradError(
        `${name}: the view was made under noGrad, and its base was changed in place since, with gradients recorded; make the view anew`,
      );
    return new Node(name, 'view', [edge], this.#vjp, this.#saved, versionsOf(this.#saved));
  }

  /** The same part of another tensor of the base's shape. */
  of(base: Tensor): Tensor {
    const [source, ...rest] = this.#args;
    return this.#op(source.origin === null ? base : source.origin.of(base), ...rest) as Tensor;
  }
}

/** The base's node after one of its views was changed in place: the change's gradient acts on that part, the rest passes. */
class CopySlices extends Node {
  readonly #change: Node;
  readonly #view: View;

  /** @param change the node of the in-place op, whose first argument is the view */
  constructor(change: Node, view: View) {
    super('CopySlices', 'many', [edgeTo(view.base), ...change.edges.slice(1)], null);
    this.#change = change;
    this.#view = view;
  }

  override call([grad]: Grads): Grads {
    const whole = (grad as Tensor).clone();
    const part = this.#view.of(whole);
    const [own, ...others] = this.#change.call([part.clone()]);
    if (!this.needs[0]) return [null, ...others];
    part.copy_(own as Tensor);
    return [whole, ...others];
  }

  override free(): void {
    this.#change.free();
  }
}

/** Gives a tensor that was changed in place its new place in the graph: the change's, or for a view one in its base's history. */
export function rebase(self: Tensor, change: Node, output: number): void {
  const { origin } = self;
  if (origin === null) moveTo(self, change, output);
  else moveTo(origin.base, new CopySlices(change, origin), 0);
}

/** What was asked to be kept of the tensor's gradient moves along. */
function moveTo(tensor: Tensor, node: Node, output: number): void {
  const retained = tensor.node?.retained;
  if (retained?.[tensor.output] === tensor) {
    retained[tensor.output] = undefined;
    node.retained = [];
    node.retained[output] = tensor;
  }
  tensor.node = node;
  tensor.output = output;
  tensor.rebased++;
}

/**
 * Refuses what the graph could not follow.
 * @param linked whether a value that is written requires a gradient
 * @throws AutogradError for a leaf that requires its gradient, a view of one, and a view made under noGrad
 */
export function checkInPlace(op: Op, self: Tensor, linked: boolean): void {
  const { origin } = self;
  const refuse = (what: string, cure: string): never => {
    throw new AutogradError(`${gradNameOf(op)}: ${what} cannot be changed in place; ${cure}`);
  };
  if (self.requiresGrad && self.isLeaf) refuse('a leaf that requires its gradient', 'do it inside fl.noGrad(() => …)');
  if (origin === null) return;
  const { base } = origin;
  if (base.requiresGrad && base.isLeaf)
    refuse('a view of a leaf that requires its gradient', 'do it inside fl.noGrad(() => …)');
  if (!origin.recorded && (base.requiresGrad || linked))
    refuse('a view made under noGrad', 'make it outside, or change it inside noGrad');
}
