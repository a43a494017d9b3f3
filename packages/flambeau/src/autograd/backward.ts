import { engine } from '@flambeau/kernels';
import { AutogradError, ShapeError } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import { sameShape } from '../tensor/shape.js';
import { beginScope, endScope, resumeScopes, suspendScopes } from '../tensor/storage.js';
import type { Tensor } from '../tensor/tensor.js';
import { setGradEnabled } from './modes.js';
import { type Edge, edgeTo, type Node } from './node.js';

export interface BackwardOptions {
  /** Keep the saved values, so that backward can go through the same graph again. Default: the value of `createGraph`. */
  retainGraph?: boolean;
  /** Record the computation of the gradients, for higher derivatives. Default false. */
  createGraph?: boolean;
}

let runs = 0;

/**
 * Walks the graph from `roots` back to its leaves. `targets` are the places whose gradients are wanted back (`autograd.grad`); without
 * them every leaf accumulates into its `.grad`. With `within` the walk ends at the targets, none of which may lead to another.
 */
export function walkBack(
  roots: readonly Tensor[],
  seeds: readonly Tensor[],
  options: BackwardOptions,
  targets: readonly Edge[] | null,
  within = false,
): (Tensor | null)[] {
  const createGraph = options.createGraph ?? false;
  const retainGraph = options.retainGraph ?? createGraph;
  const edges = roots.map((root) => edgeTo(root) as Edge);
  const run = ++runs;
  const nodes = reachable(run, edges, targets, within);
  const found: (Tensor | null)[] = targets === null ? [] : targets.map(() => null);
  const modeBefore = setGradEnabled(createGraph);
  try {
    edges.forEach((edge, i) => {
      give(edge, seeds[i]);
    });
    for (const node of nodes) {
      const grads = takeGrads(node);
      if (grads === null) continue;
      targets?.forEach((target, i) => {
        if (target.node === node) found[i] = exposed(grads[target.output]);
      });
      if (node.leaf !== null) {
        if (targets === null) accumulate(node.leaf, grads[0] as Tensor, createGraph);
      } else {
        propagate(run, node, grads, createGraph);
        if (!retainGraph) node.free();
      }
      for (const grad of grads) grad?.storage.drop();
    }
  } finally {
    setGradEnabled(modeBefore);
    for (const node of nodes) node.pending = null;
  }
  engine.safePoint();
  return found;
}

/** The nodes that gradients pass through, each after all its users; only those on a way to a target, where there are targets. */
function reachable(run: number, starts: readonly Edge[], targets: readonly Edge[] | null, within: boolean): Node[] {
  const ends = new Set(within ? targets?.map((target) => target.node) : []);
  const nodes: Node[] = [];
  const stack: Node[] = [];
  const visit = (node: Node): void => {
    if (node.visit === run) return;
    node.visit = run;
    nodes.push(node);
    stack.push(node);
  };
  for (const edge of starts) visit(edge.node);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (ends.has(node)) continue;
    for (const edge of node.edges) if (edge !== null) visit(edge.node);
  }
  nodes.sort((a, b) => b.order - a.order);
  if (targets === null) return nodes;
  // From the leaves up: a node matters when it is a target or leads to one.
  const wanted = new Set(targets.map((target) => target.node));
  for (let i = nodes.length - 1; i >= 0; i--) {
    if (nodes[i].edges.some((edge) => edge !== null && wanted.has(edge.node))) wanted.add(nodes[i]);
  }
  const kept = nodes.filter((node) => wanted.has(node));
  for (const node of nodes) if (!wanted.has(node)) node.visit = 0;
  return kept;
}

/** The gradients gathered for a node, after hooks; null when none came. */
function takeGrads(node: Node): (Tensor | null)[] | null {
  const grads = node.pending;
  if (grads === null) return null;
  node.pending = null;
  for (let i = 0; i < grads.length; i++) {
    const grad = grads[i] ?? null;
    grads[i] = grad;
    if (grad === null) continue;
    const hooks = node.hooks?.[i];
    if (hooks !== undefined && hooks.length > 0) grads[i] = callHooks(hooks, grad);
    const retained = node.retained?.[i];
    if (retained !== undefined) retained.grad = exposed(grads[i]);
  }
  return grads;
}

function callHooks(hooks: readonly ((grad: Tensor) => Tensor | undefined)[], grad: Tensor): Tensor {
  const open = suspendScopes();
  let current = grad;
  try {
    for (const hook of [...hooks]) {
      const replaced = hook(exposed(current) as Tensor);
      if (replaced === undefined) continue;
      replaced.storage.hold();
      current.storage.drop();
      current = replaced;
    }
  } finally {
    resumeScopes(open);
  }
  return current;
}

/** Calls the node's gradient and hands the results on. Everything it computes on the way ends with this step. */
function propagate(run: number, node: Node, grads: readonly (Tensor | null)[], createGraph: boolean): void {
  const foreign = node.kind === 'foreign';
  const scoped = !createGraph && !foreign;
  const mark = scoped ? beginScope() : 0;
  try {
    const results = node.call(foreign ? grads.map(exposed) : grads);
    for (let i = 0; i < node.edges.length; i++) {
      const edge = node.edges[i];
      const grad = results[i];
      if (edge === null || grad === null || grad === undefined) continue;
      if (edge.node.visit !== run) continue; // leads to no target
      give(edge, fit(grad, edge, node.name));
    }
  } finally {
    if (scoped) endScope(mark);
  }
}

/** Brings a gradient to the argument's shape and dtype: what was broadcast is summed, once for all ops. */
function fit(grad: Tensor, edge: Edge, name: string): Tensor {
  let out = grad;
  if (!sameShape(out.shape, edge.shape)) {
    if (out.ndim < edge.shape.length)
      throw new ShapeError(name, 'the gradient does not fit the argument', out.shape, edge.shape);
    out = out.sumToSize(edge.shape);
  }
  return out.dtype === edge.dtype ? out : out.to(edge.dtype);
}

/** Adds a gradient to what an edge's node has gathered. */
function give(edge: Edge, grad: Tensor): void {
  const { node } = edge;
  node.pending ??= [null]; // one slot, for nearly all ops have one result
  const { pending } = node;
  const before = pending[edge.output] ?? null;
  if (before === null) {
    grad.storage.hold();
    pending[edge.output] = grad;
    return;
  }
  const sum = before.add(grad);
  sum.storage.hold();
  before.storage.drop();
  pending[edge.output] = sum;
}

function accumulate(leaf: Tensor, grad: Tensor, createGraph: boolean): void {
  if (leaf.grad !== null) {
    if (createGraph) leaf.grad = leaf.grad.add(grad);
    else leaf.grad.add_(grad);
    return;
  }
  if (createGraph) {
    leaf.grad = grad;
    return;
  }
  // A gradient that nobody else can see becomes the leaf's own; any other is copied.
  const { storage } = grad;
  const mine = storage.internal && storage.holders === 1 && grad.isWhole && grad.storage.bytes === grad.nbytes;
  leaf.grad = mine ? grad.detach() : grad.clone();
  exposed(leaf.grad);
}

function exposed<T extends Tensor | null>(tensor: T): T {
  tensor?.storage.expose();
  return tensor;
}

/** The gradient that backward starts with: the given one, or 1 for a scalar. */
export function seedFor(op: string, root: Tensor, given: Tensor | null | undefined): Tensor {
  if (!root.requiresGrad) {
    throw new AutogradError(
      `${op}: the tensor does not require a gradient: it was computed without one (from leaves without requiresGrad, under noGrad or from integers)`,
    );
  }
  if (given !== null && given !== undefined) {
    if (!sameShape(given.shape, root.shape))
      throw new ShapeError(op, 'the gradient has another shape than the tensor', given.shape, root.shape);
    return given;
  }
  if (root.numel !== 1)
    throw new ShapeError(
      op,
      'the gradient can be left out only for a scalar: pass one, or call it on a sum or mean',
      root.shape,
    );
  if (!isFloating(root.dtype)) throw new AutogradError(`${op}: ${root.dtype} tensors have no gradients`);
  return root.detach().onesLike();
}
