import { isGradEnabled } from '../autograd/modes.js';
import { type Edge, edgeTo, Node, type Vjps, versionsOf } from '../autograd/node.js';
import { View } from '../autograd/views.js';
import { type DType, dtypes, isFloating } from '../tensor/dtype.js';
import { isContiguous, type Layout, numelOf, type Shape, sameShape } from '../tensor/shape.js';
import { beginScope, type ChannelsLast, endScope, insideScope, Storage } from '../tensor/storage.js';
import { fresh, isTensor, type Tensor } from '../tensor/tensor.js';
import { overwritten, takeDestination } from './apply-in-place.js';
import { gradNameOf } from './names.js';

/** A function of the public API, as a record of a trace refers to it. */
// biome-ignore lint/suspicious/noExplicitAny: only `any` lets every function be an Op; the arguments are typed by `apply`
export type Op = (...args: any[]) => unknown;

/**
 * What an op says of itself. None of the functions may capture a tensor of the op's arguments: they receive them, for what
 * they captured would live as long as the graph.
 */
export interface Rule<Args extends readonly unknown[], Saved extends readonly unknown[]> {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Fills the contiguous `out`. Temporaries that it makes end when it returns. */
  readonly kernel: (out: Tensor, a: Args[0], b: Args[1], c: Args[2], d: Args[3], e: Args[4]) => void;
  /**
   * The result at a place depends only on the arguments at that place: so it can be computed into its first argument, and
   * channels-last inputs give a channels-last result.
   */
  readonly elementwise?: boolean;
  /** The kernel decides the physical order of `out` itself and reads its inputs' order. */
  readonly channels?: ChannelsLast | null;
  /** What the gradient needs: tensors are checked for in-place changes when it is asked for. */
  readonly save?: (out: Tensor, a: Args[0], b: Args[1], c: Args[2], d: Args[3], e: Args[4]) => readonly [...Saved];
  /** The gradients of the tensor arguments, in order, written in ops; broadcast ones are summed and cast by the caller. Absent: not differentiable. */
  readonly vjp?: (grad: Tensor, saved: readonly [...Saved], needs: readonly boolean[]) => readonly (Tensor | null)[];
}

/** An op whose result shows the memory of its first argument. */
export interface ViewRule<Saved extends readonly unknown[]> {
  readonly view: Layout;
  readonly save?: readonly [...Saved];
  readonly vjp: (grad: Tensor, saved: readonly [...Saved]) => Tensor;
}

/** An op with several results; gradients flow through those that are floating-point and not listed in `constant`. */
export interface ManyRule<Args extends readonly unknown[], Saved extends readonly unknown[]> {
  readonly outputs: readonly {
    readonly shape: Shape;
    readonly dtype: DType;
    readonly channels?: ChannelsLast | null;
  }[];
  readonly kernel: (outs: readonly Tensor[], a: Args[0], b: Args[1], c: Args[2], d: Args[3], e: Args[4]) => void;
  /** Results that carry no gradient though they are floating-point (saved statistics). */
  readonly constant?: readonly number[];
  readonly save?: (
    outs: readonly Tensor[],
    a: Args[0],
    b: Args[1],
    c: Args[2],
    d: Args[3],
    e: Args[4],
  ) => readonly [...Saved];
  readonly vjp?: (
    grads: readonly (Tensor | null)[],
    saved: readonly [...Saved],
    needs: readonly boolean[],
  ) => readonly (Tensor | null)[];
}

/** What an op saves that saves nothing, and its versions. */
const NOTHING: never[] = [];

/**
 * The one door of every op: infers, allocates, computes, records. `op` is the public function itself and `args` its own
 * argument list, so that a trace can call it again.
 */
export function apply<Args extends readonly unknown[], Saved extends readonly unknown[]>(
  op: (...args: Args) => unknown,
  args: readonly [...Args],
  rule: Rule<Args, Saved>,
): Tensor {
  const into = takeDestination(op, args[0]);
  const inputs = tensorsOf(args);
  const record = rule.vjp !== undefined && isGradEnabled() && isFloating(rule.dtype) && anyWantsGrad(inputs);
  let out: Tensor;
  if (into !== null && rule.elementwise === true && takes(into.out, rule, inputs)) {
    out = into.out;
    into.used = true;
  } else {
    out = fresh(
      new Storage(numelOf(rule.shape) * dtypes[rule.dtype].bytes, dtypes[rule.dtype].suffix),
      rule.shape,
      rule.dtype,
    );
    const order = rule.elementwise === true ? commonOrder(rule.shape, inputs) : (rule.channels ?? null);
    if (order !== null) out.storage.markChannelsLast(order);
  }
  const direct = into !== null && out === into.out;
  const values = record ? savedValues(rule, out, args, direct) : NOTHING;
  const versions = record ? versionsOf(values) : NOTHING;
  if (direct) out.storage.willChange();
  const scope = beginScope();
  try {
    rule.kernel(out, args[0], args[1], args[2], args[3], args[4]);
  } finally {
    endScope(scope);
  }
  if (direct) out.storage.changed();
  if (record) {
    // The op's own change is no change of what it saved.
    for (let i = 0; direct && i < values.length; i++) if (values[i] === out) versions[i]++;
    const node = new Node(gradNameOf(op, args), 'one', edgesTo(inputs), rule.vjp as Vjps['one'], values, versions);
    if (direct) into.node = node;
    else out.node = node;
  }
  return out;
}

/** What the gradient needs, asked for before the kernel runs: what an in-place op is about to overwrite is kept as a copy. */
function savedValues<Args extends readonly unknown[], Saved extends readonly unknown[]>(
  rule: Rule<Args, Saved>,
  out: Tensor,
  args: readonly [...Args],
  direct: boolean,
): readonly unknown[] {
  if (rule.save === undefined) return NOTHING;
  const wanted = rule.save(out, args[0], args[1], args[2], args[3], args[4]);
  return direct ? wanted.map((value) => (value === args[0] ? overwritten(args[0] as Tensor) : value)) : wanted;
}

/** The door for views: no memory moves. */
export function applyView<Args extends readonly unknown[], Saved extends readonly unknown[]>(
  op: (self: Tensor, ...args: Args) => Tensor,
  args: readonly [Tensor, ...Args],
  rule: ViewRule<Saved>,
): Tensor {
  const [self] = args;
  if (self.storage.channels !== null) void self.storage.place; // a view knows row-major order only
  const out = self.viewOf(rule.view);
  const recorded = isGradEnabled();
  const wanted = recorded && self.requiresGrad;
  // Nobody changes the framework's own views in place.
  if (!wanted && (insideScope() || !isFloating(self.dtype))) return out;
  out.origin = new View(op, args, rule.vjp as Vjps['view'], rule.save ?? NOTHING, recorded);
  if (wanted) out.node = out.origin.makeNode();
  return out;
}

/** The door for ops with several results. */
export function applyMany<Args extends readonly unknown[], Saved extends readonly unknown[]>(
  op: (...args: Args) => unknown,
  args: readonly [...Args],
  rule: ManyRule<Args, Saved>,
): Tensor[] {
  const inputs = tensorsOf(args);
  const outs = rule.outputs.map(({ shape, dtype, channels }) => {
    const out = fresh(new Storage(numelOf(shape) * dtypes[dtype].bytes, dtypes[dtype].suffix), shape, dtype);
    if (channels) out.storage.markChannelsLast(channels);
    return out;
  });
  const scope = beginScope();
  try {
    rule.kernel(outs, args[0], args[1], args[2], args[3], args[4]);
  } finally {
    endScope(scope);
  }
  if (rule.vjp !== undefined && isGradEnabled() && anyWantsGrad(inputs)) {
    const saved = rule.save?.(outs, args[0], args[1], args[2], args[3], args[4]) ?? NOTHING;
    const { vjp } = rule;
    const node = new Node(gradNameOf(op, args), 'many', edgesTo(inputs), vjp as Vjps['many'], saved, versionsOf(saved));
    outs.forEach((out, i) => {
      if (!isFloating(out.dtype) || rule.constant?.includes(i)) return;
      out.node = node;
      out.output = i;
    });
  }
  return outs;
}

function anyWantsGrad(inputs: readonly Tensor[]): boolean {
  for (let i = 0; i < inputs.length; i++) if (inputs[i].requiresGrad) return true;
  return false;
}

function edgesTo(inputs: readonly Tensor[]): (Edge | null)[] {
  const edges = new Array<Edge | null>(inputs.length);
  for (let i = 0; i < inputs.length; i++) edges[i] = edgeTo(inputs[i]);
  return edges;
}

/** The tensors among an op's arguments, in order; lists of tensors count with all their members. */
function tensorsOf(args: readonly unknown[]): Tensor[] {
  const found: Tensor[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (typeof arg !== 'object' || arg === null) continue;
    if (isTensor(arg)) found.push(arg);
    else if (Array.isArray(arg)) {
      for (const item of arg) if (isTensor(item)) found.push(item);
    } else {
      for (const key in arg)
        if (isTensor((arg as Record<string, unknown>)[key])) found.push((arg as Record<string, Tensor>)[key]);
    }
  }
  return found;
}

/** Whether an elementwise result can be written straight into `self`. */
function takes(self: Tensor, rule: { shape: Shape; dtype: DType }, inputs: readonly Tensor[]): boolean {
  if (self.dtype !== rule.dtype || !sameShape(self.shape, rule.shape) || !self.isContiguous()) return false;
  // Another view of the same memory may be read after it was overwritten.
  for (let i = 1; i < inputs.length; i++) {
    const other = inputs[i];
    if (
      other.storage === self.storage &&
      (other.offset !== self.offset || !sameShape(other.shape, self.shape) || !isContiguous(other.shape, other.strides))
    )
      return false;
  }
  return self.storage.channels === null || commonOrder(rule.shape, inputs) !== null;
}

/** The channels-last order that all full-sized inputs share; null when one of them lies otherwise. */
function commonOrder(shape: Shape, inputs: readonly Tensor[]): ChannelsLast | null {
  let order: ChannelsLast | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i];
    if (input.ndim === 0) continue;
    const { channels } = input.storage;
    if (channels === null || !sameShape(input.shape, shape)) return null;
    order = channels;
  }
  return order;
}
