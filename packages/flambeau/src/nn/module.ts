import { noGrad } from '../autograd/modes.js';
import { ArgumentError, DTypeError } from '../errors.js';
import { checkOptions } from '../ops/options.js';
import { checkDtype, type DType, isFloating } from '../tensor/dtype.js';
import { sameShape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { type BackwardHook, BackwardHooks, type BackwardPreHook } from './backward-hooks.js';
import { isParameter, Parameter } from './parameter.js';

/** Names of parameters and buffers with their values, in order: PyTorch's `state_dict`. */
export type StateDict = Record<string, Tensor>;

export type ForwardPreHook<Args extends readonly unknown[]> = (module: unknown, args: Args) => Args | undefined;
export type ForwardHook<Args extends readonly unknown[], Out> = (
  module: unknown,
  args: Args,
  output: Out,
) => Out | undefined;

/** What a module keeps about itself, out of the way of its fields. */
interface Internals {
  training: boolean;
  /** Names of the fields that are buffers; whether each is saved. */
  readonly buffers: Map<string, boolean>;
  readonly preHooks: Set<ForwardPreHook<never>>;
  readonly hooks: Set<ForwardHook<never, never>>;
  readonly backwardPreHooks: Set<BackwardPreHook>;
  readonly backwardHooks: Set<BackwardHook>;
}

const internals = new WeakMap<object, Internals>();
const MODULE = Symbol.for('flambeau.Module');

/** What a new module keeps, or a copy of what another one does. */
const internalsLike = (other?: Internals): Internals => ({
  training: other?.training ?? true,
  buffers: new Map(other?.buffers),
  preHooks: new Set(other?.preHooks),
  hooks: new Set(other?.hooks),
  backwardPreHooks: new Set(other?.backwardPreHooks),
  backwardHooks: new Set(other?.backwardHooks),
});

/** Calls a module: pre-hooks, `forward`, hooks. */
function call(module: Module<unknown[], unknown>, given: unknown[]): unknown {
  const { preHooks, hooks, backwardPreHooks, backwardHooks } = internals.get(module) as Internals;
  let args = given;
  for (const hook of preHooks) args = (hook as unknown as ForwardPreHook<unknown[]>)(module, args) ?? args;
  const backward =
    backwardPreHooks.size + backwardHooks.size > 0 ? new BackwardHooks(module, backwardPreHooks, backwardHooks) : null;
  if (backward !== null) args = backward.ofArguments(args);
  let output = module.forward(...args);
  for (const hook of hooks)
    output = (hook as unknown as ForwardHook<unknown[], unknown>)(module, args, output) ?? output;
  return backward === null ? output : backward.ofResult(output);
}

/** An instance is a function, so that it can be called, with the class's prototype, so that it has its methods. */
function instance(prototype: object, own: Internals): unknown {
  const self = (...args: unknown[]) => call(self as unknown as Module<unknown[], unknown>, args);
  Object.setPrototypeOf(self, prototype);
  // A function's own properties would stand in the way of fields of these names.
  Reflect.deleteProperty(self, 'name');
  Reflect.deleteProperty(self, 'length');
  internals.set(self, own);
  return self;
}

export interface Module<Args extends readonly unknown[] = [Tensor], Out = Tensor> {
  (...args: Args): Out;
}

/**
 * A net or a part of one. Parameters, modules and buffers that are assigned to fields belong to it; calling it runs `forward`.
 * @example
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(13, 100);
 *   predict = new nn.Linear(100, 1);
 *   forward(x: fl.Tensor) {
 *     return this.predict(this.hidden(x).relu());
 *   }
 * }
 */
export abstract class Module<Args extends readonly unknown[] = [Tensor], Out = Tensor> {
  constructor() {
    // biome-ignore lint/correctness/noConstructorReturn: the callable instance takes the place of the plain one
    return instance(new.target.prototype as object, internalsLike()) as this;
  }

  get [MODULE](): true {
    return true;
  }

  /** What the module computes. */
  abstract forward(...args: Args): Out;

  /** Whether the module is in training mode: dropout drops and batch norm uses the batch's statistics. */
  get training(): boolean {
    return (internals.get(this) as Internals).training;
  }

  /** Puts the module and all below it into training mode. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) (internals.get(module) as Internals).training = mode;
    return this;
  }

  /** Puts the module and all below it into evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /** Makes a tensor part of the state that is not learned. A field of that name must hold it. */
  registerBuffer(name: string, buffer: Tensor | null, options: { persistent?: boolean } = {}): void {
    checkOptions('registerBuffer', options, ['persistent']);
    checkName('registerBuffer', this, name);
    (internals.get(this) as Internals).buffers.set(name, options.persistent ?? true);
    (this as unknown as Record<string, Tensor | null>)[name] = buffer;
  }

  /** Makes a tensor a parameter under a name. */
  registerParameter(name: string, parameter: Parameter | null): void {
    checkName('registerParameter', this, name);
    (this as unknown as Record<string, Parameter | null>)[name] = parameter;
  }

  /** Makes a module a part of this one under a name. */
  addModule(name: string, module: AnyModule): void {
    checkName('addModule', this, name);
    (this as unknown as Record<string, unknown>)[name] = module;
  }

  /** Called before `forward` with the arguments; what it returns replaces them. Returns a function that removes it. */
  registerForwardPreHook(hook: ForwardPreHook<Args>): () => void {
    const { preHooks } = internals.get(this) as Internals;
    preHooks.add(hook as never);
    return () => preHooks.delete(hook as never);
  }

  /** Called after `forward` with arguments and result; what it returns replaces the result. Returns a function that removes it. */
  registerForwardHook(hook: ForwardHook<Args, Out>): () => void {
    const { hooks } = internals.get(this) as Internals;
    hooks.add(hook as never);
    return () => hooks.delete(hook as never);
  }

  /**
   * Called when the gradients of the arguments were computed, with them and the results' gradients: one each, null for what is no tensor or
   * has none. What it returns replaces the arguments' gradients. Returns a function that removes it.
   */
  registerFullBackwardHook(hook: BackwardHook): () => void {
    const { backwardHooks } = internals.get(this) as Internals;
    backwardHooks.add(hook);
    return () => backwardHooks.delete(hook);
  }

  /** Called with the results' gradients before they go through the module; what it returns replaces them. Returns a function that removes it. */
  registerFullBackwardPreHook(hook: BackwardPreHook): () => void {
    const { backwardPreHooks } = internals.get(this) as Internals;
    backwardPreHooks.add(hook);
    return () => backwardPreHooks.delete(hook);
  }

  /** The modules in this one's fields, each once. */
  *namedChildren(): Generator<[string, AnyModule]> {
    const seen = new Set<AnyModule>();
    for (const [name, value] of fieldsOf(this)) {
      if (seen.has(value)) continue;
      seen.add(value);
      yield [name, value];
    }
  }

  *children(): Generator<AnyModule> {
    for (const [, child] of this.namedChildren()) yield child;
  }

  /** This module and all below it, each once, with dotted names. */
  *namedModules(prefix = '', seen = new Set<object>()): Generator<[string, AnyModule]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this as unknown as AnyModule];
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(join(prefix, name), seen);
  }

  *modules(): Generator<AnyModule> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /** All parameters with their dotted names; one that stands in two places comes once. */
  *namedParameters(): Generator<[string, Parameter]> {
    const seen = new Set<Parameter>();
    for (const [prefix, module] of this.namedModules()) {
      for (const [name, value] of Object.entries(module)) {
        if (!isParameter(value) || seen.has(value)) continue;
        seen.add(value);
        yield [join(prefix, name), value];
      }
    }
  }

  *parameters(): Generator<Parameter> {
    for (const [, parameter] of this.namedParameters()) yield parameter;
  }

  /** All buffers with their dotted names. */
  *namedBuffers(): Generator<[string, Tensor]> {
    for (const [prefix, module] of this.namedModules()) {
      for (const [name, value] of bufferEntries(module)) yield [join(prefix, name), value];
    }
  }

  *buffers(): Generator<Tensor> {
    for (const [, buffer] of this.namedBuffers()) yield buffer;
  }

  /** Parameters and persistent buffers under PyTorch's names. The tensors share memory with the module's. */
  stateDict(): StateDict {
    return Object.fromEntries(
      stateEntries(this as unknown as AnyModule).map(([name, value]) => [name, value.detach()]),
    );
  }

  /**
   * Copies the values of a state dict into the module.
   * @throws ArgumentError that lists shapes that differ and, when `strict`, missing and unexpected names; nothing is copied then
   */
  loadStateDict(
    state: StateDict,
    options: { strict?: boolean } = {},
  ): { missingKeys: string[]; unexpectedKeys: string[] } {
    checkOptions('loadStateDict', options, ['strict']);
    const entries = new Map(stateEntries(this as unknown as AnyModule));
    const missingKeys = [...entries.keys()].filter((name) => !Object.hasOwn(state, name));
    const unexpectedKeys = Object.keys(state).filter((name) => !entries.has(name));
    const problems: string[] = [];
    if (options.strict !== false) {
      if (missingKeys.length > 0) problems.push(`Missing key(s) in state dict: ${quoted(missingKeys)}.`);
      if (unexpectedKeys.length > 0) problems.push(`Unexpected key(s) in state dict: ${quoted(unexpectedKeys)}.`);
    }
    for (const [name, own] of entries) {
      const given = state[name];
      if (!Object.hasOwn(state, name)) continue;
      if (!isTensor(given)) problems.push(`${name} is no tensor.`);
      else if (!sameShape(given.shape, own.shape))
        problems.push(
          `size mismatch for ${name}: the state dict has [${given.shape.join(', ')}], the module [${own.shape.join(', ')}].`,
        );
    }
    if (problems.length > 0)
      throw new ArgumentError(
        'loadStateDict',
        `the state dict does not fit ${this.constructor.name}:\n\t${problems.join('\n\t')}`,
      );
    noGrad(() => {
      for (const [name, own] of entries) if (Object.hasOwn(state, name)) own.copy_(state[name]);
    });
    return { missingKeys, unexpectedKeys };
  }

  /** Whether gradients are collected for the parameters. */
  requiresGrad_(value = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(value);
    return this;
  }

  /** Forgets the gradients, or with `setToNone: false` sets them to 0. */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    checkOptions('zeroGrad', options, ['setToNone']);
    for (const parameter of this.parameters()) {
      if (options.setToNone === false) parameter.grad?.zero_();
      else parameter.grad = null;
    }
  }

  /** A copy with parameters, buffers and modules of its own, and the same hooks: Python's `copy.deepcopy`. */
  deepcopy(): this {
    return copied(this, new Map()) as this;
  }

  /** Calls a function with every module, from the leaves up. */
  apply(fn: (module: AnyModule) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this as unknown as AnyModule);
    return this;
  }

  /** Converts floating-point parameters and buffers in place, so that optimisers and other owners of the same tensors see it. */
  to(dtype: DType | 'cpu'): this {
    if (dtype === 'cpu') return this;
    if (!isFloating(checkDtype('to', dtype)))
      throw new DTypeError('to', `a module's parameters are floating-point, not ${dtype}`);
    for (const tensor of [...this.parameters(), ...this.buffers()]) {
      if (!isFloating(tensor.dtype) || tensor.dtype === dtype) continue;
      tensor.takeOver(tensor.detach().to(dtype));
      if (tensor.grad !== null) tensor.grad = tensor.grad.detach().to(dtype);
    }
    return this;
  }

  /** As float32. */
  float(): this {
    return this.to('float32');
  }

  /** As float64. */
  double(): this {
    return this.to('float64');
  }

  /** The module under a dotted name; this one under `''`. @throws ArgumentError when there is none */
  getSubmodule(name: string): AnyModule {
    let module = this as unknown as AnyModule;
    for (const part of name === '' ? [] : name.split('.')) {
      const child = ownField(module, part);
      if (!isModule(child)) throw new ArgumentError('getSubmodule', `${this.constructor.name} has no module '${name}'`);
      module = child;
    }
    return module;
  }

  /** The parameter under a dotted name. @throws ArgumentError when there is none */
  getParameter(name: string): Parameter {
    const dot = name.lastIndexOf('.');
    const found = ownField(this.getSubmodule(name.slice(0, Math.max(dot, 0))), name.slice(dot + 1));
    if (!isParameter(found))
      throw new ArgumentError('getParameter', `${this.constructor.name} has no parameter '${name}'`);
    return found;
  }

  /** The options that its line of the printed net shows: `in_features=13, out_features=100, bias=True`. */
  extraRepr(): string {
    return '';
  }

  /** The net as PyTorch prints it. */
  toString(): string {
    const extra = this.extraRepr();
    const lines = this.reprLines().map((line) => line.replaceAll('\n', '\n  '));
    const title = this.constructor.name;
    if (lines.length === 0) return `${title}(${extra})`;
    return `${title}(\n${[...(extra === '' ? [] : [extra]), ...lines].map((line) => `  ${line}`).join('\n')}\n)`;
  }

  /** @internal One text for each module below. */
  reprLines(): string[] {
    return fieldsOf(this).map(([name, child]) => `(${name}): ${child}`);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** A module of any signature. */
// biome-ignore lint/suspicious/noExplicitAny: stands for modules of every signature
export type AnyModule = Module<any[], any>;

/** Whether a value is a module, of this or of another loaded copy of the package. */
export function isModule(value: unknown): value is AnyModule {
  return typeof value === 'function' && MODULE in value;
}

/** The fields that hold modules; one that stands in two fields comes twice. */
const fieldsOf = (module: object): [string, AnyModule][] =>
  Object.entries(module).filter((entry): entry is [string, AnyModule] => isModule(entry[1]));

const ownField = (module: object, name: string): unknown =>
  Object.hasOwn(module, name) ? (module as Record<string, unknown>)[name] : undefined;

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Refuses names that would split a path of the state dict or hide a method of the module. */
function checkName(op: string, module: object, name: string): void {
  if (name === '' || name.includes('.'))
    throw new ArgumentError(op, `'${name}' is no name: it must have letters and no dot`);
  if (name in module && !Object.hasOwn(module, name))
    throw new ArgumentError(op, `${module.constructor.name} has a member '${name}' of its own; take another name`);
}

const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

function* bufferEntries(module: AnyModule): Generator<[string, Tensor, boolean]> {
  for (const [name, persistent] of (internals.get(module) as Internals).buffers) {
    const value = (module as unknown as Record<string, unknown>)[name];
    if (isTensor(value)) yield [name, value, persistent];
  }
}

/** Where each entry of the state dict lives; a part that stands in two places has two names. */
function stateEntries(module: AnyModule, prefix = ''): [string, Tensor][] {
  const own: [string, Tensor][] = [];
  for (const [name, value] of Object.entries(module)) if (isParameter(value)) own.push([prefix + name, value]);
  for (const [name, value, persistent] of bufferEntries(module)) if (persistent) own.push([prefix + name, value]);
  for (const [name, child] of fieldsOf(module)) own.push(...stateEntries(child, `${prefix}${name}.`));
  return own;
}

/** Copies what modules hold: modules, tensors, lists and plain objects of them, each once; all else is shared. */
function copied(value: unknown, copies: Map<unknown, unknown>): unknown {
  const known = copies.get(value);
  if (known !== undefined) return known;
  const keep = <T>(copy: T): T => {
    copies.set(value, copy);
    return copy;
  };
  if (isParameter(value)) return keep(new Parameter(value.detach().clone(), value.requiresGrad));
  if (isTensor(value)) return keep(value.detach().clone());
  if (isModule(value)) {
    const own = internalsLike(internals.get(value));
    return copyFields(value, keep(instance(Object.getPrototypeOf(value) as object, own) as object), copies);
  }
  if (Array.isArray(value)) return copyFields(value, keep([]), copies);
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? copyFields(value, keep({}), copies) : value;
}

function copyFields(from: object, to: object, copies: Map<unknown, unknown>): object {
  for (const [name, value] of Object.entries(from)) Reflect.set(to, name, copied(value, copies));
  return to;
}
