import { isGradEnabled } from '../autograd/modes.js';
import { edgeTo, Node } from '../autograd/node.js';
import { checkInPlace, rebase } from '../autograd/views.js';
import { ShapeError } from '../errors.js';
import { Storage } from '../tensor/storage.js';
import { fresh, isTensor, type Tensor } from '../tensor/tensor.js';
import type { Op } from './apply.js';
import { gradNameOf, nameOf } from './names.js';

/** Where the next call of an op is to be computed into. */
export interface Destination {
  readonly op: Op;
  /** What the op sees as its first argument: the same memory. */
  readonly before: Tensor;
  readonly out: Tensor;
  used: boolean;
  /** The op's node, when it was recorded. */
  node: Node | null;
}

let destination: Destination | null = null;

/** The destination of this call of an op, if it was asked for: once. */
export function takeDestination(op: Op, first: unknown): Destination | null {
  const asked = destination;
  destination = null;
  return asked !== null && asked.op === op && asked.before === first ? asked : null;
}

/**
 * The in-place form of an op: `self.op_(…)`. An elementwise op is computed straight into `self`; any other, and composites, into a new
 * tensor that is then copied over. `self`, or where it is a view its base, takes the result's place in the graph.
 */
export function applyInPlace(op: Op, self: Tensor, args: readonly unknown[]): Tensor {
  checkMemory(op, self);
  if (isGradEnabled()) checkInPlace(op, self, args.some(wantsGrad));
  // The op sees what `self` was: the same memory, but the old place in the graph.
  const before = placedAs(self.viewOf(self), self);
  const target: Destination = { op, before, out: self, used: false, node: null };
  destination = target;
  let result: Tensor;
  try {
    result = op(before, ...args) as Tensor;
  } finally {
    destination = null;
  }
  let change = target.node;
  if (!target.used) {
    // The graph of the result may hold `before`, whose memory now changes: it is built anew on a copy.
    if (result.node !== null && self.requiresGrad) result = op(overwritten(before), ...args) as Tensor;
    assign(self, result);
    change = self.origin === null ? result.node : copyNode(before, result);
  }
  if (!isGradEnabled()) return self;
  if (change === null && self.requiresGrad) change = constantNode(op, before);
  if (change !== null) rebase(self, change, target.used ? 0 : result.output);
  return self;
}

/** What is written over a view: the result's gradient is that of the view. */
function copyNode(before: Tensor, result: Tensor): Node | null {
  if (result.node === null) return null;
  return new Node('CopyBackwards', 'one', [edgeTo(before), edgeTo(result)], (grad: Tensor) => [grad.zerosLike(), grad]);
}

/** The node of an op without a gradient: what stood in the tensor before does not count any more. */
function constantNode(op: Op, before: Tensor): Node {
  return new Node(gradNameOf(op), 'one', [edgeTo(before)], (grad: Tensor) => [grad.zerosLike()]);
}

/** A copy of a tensor that is about to be overwritten, in its place in the graph. */
export function overwritten(before: Tensor): Tensor {
  const copy = fresh(new Storage(before.nbytes, before.storage.suffix), before.shape, before.dtype);
  assign(copy, before.detach());
  return placedAs(copy, before);
}

/** Gives `tensor` the place in the graph that another one has. */
function placedAs(tensor: Tensor, other: Tensor): Tensor {
  tensor.node = other.node;
  tensor.output = other.output;
  if (other.node === null && other.requiresGrad) tensor.requiresGrad_();
  return tensor;
}

/** Refuses to write where several elements are one. */
function checkMemory(op: Op, self: Tensor): void {
  const { shape, strides } = self;
  for (let i = 0; i < shape.length; i++)
    if (strides[i] === 0 && shape[i] > 1)
      throw new ShapeError(
        nameOf(op),
        'several elements of an expanded tensor are one number in memory, which cannot be changed in place; use a `.clone()`',
        shape,
      );
}

const wantsGrad = (arg: unknown): boolean => isTensor(arg) && arg.requiresGrad;

/** Copies values into existing memory, with broadcasting and conversion; set by `assign.ts`, which knows the kernels. */
let assign: (self: Tensor, value: Tensor) => void = () => undefined;
export function setAssign(copy: typeof assign): void {
  assign = copy;
}
