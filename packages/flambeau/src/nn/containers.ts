import { ArgumentError, IndexError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { type AnyModule, isModule, Module } from './module.js';

const modulesIn = <M extends AnyModule>(list: object): M[] => Object.values(list).filter(isModule) as M[];

/** Modules under the names 0, 1, 2 … */
abstract class ListOfModules<M extends AnyModule, Args extends readonly unknown[], Out> extends Module<Args, Out> {
  /** How many modules there are. */
  override get length(): number {
    return modulesIn<M>(this).length;
  }

  /** The module at a position; negative counts from the end. */
  at(index: number): M {
    const list = modulesIn<M>(this);
    const found = list.at(index);
    if (found === undefined)
      throw new IndexError(this.constructor.name, `there is no module ${index} among ${list.length}`);
    return found;
  }

  append(module: M): this {
    this.addModule(String(this.length), module);
    return this;
  }

  extend(modules: Iterable<M>): this {
    for (const module of modules) this.append(module);
    return this;
  }

  *[Symbol.iterator](): Generator<M> {
    yield* modulesIn<M>(this);
  }
}

/**
 * Modules one after the other.
 * @example new nn.Sequential(new nn.Linear(2, 8), new nn.ReLU(), new nn.Linear(8, 1))
 * @example new nn.Sequential({ hidden: new nn.Linear(2, 8), act: new nn.ReLU() })
 */
export class Sequential extends ListOfModules<AnyModule, [Tensor], Tensor> {
  constructor(...modules: AnyModule[] | [Record<string, AnyModule>]) {
    super();
    const [first] = modules;
    const named = modules.length === 1 && first !== undefined && !isModule(first);
    const entries = named
      ? Object.entries(first as Record<string, AnyModule>)
      : (modules as AnyModule[]).map((module, i) => [String(i), module] as const);
    for (const [name, module] of entries) {
      if (!isModule(module)) throw new ArgumentError('Sequential', `${name} is no module`);
      this.addModule(name, module);
    }
  }

  forward(input: Tensor): Tensor {
    let out = input;
    for (const module of this) out = module(out) as Tensor;
    return out;
  }
}

/** A list of modules, which its owner calls as it likes. */
export class ModuleList<M extends AnyModule = Module> extends ListOfModules<M, never[], never> {
  constructor(modules: Iterable<M> = []) {
    super();
    this.extend(modules);
  }

  forward(): never {
    throw new ArgumentError('ModuleList', 'a list cannot be called; call its modules');
  }

  /** Equal neighbours are written once, with their number. */
  override reprLines(): string[] {
    const runs: { text: string; from: number; to: number }[] = [];
    [...this].map(String).forEach((text, i) => {
      const last = runs.at(-1);
      if (last?.text === text) last.to = i;
      else runs.push({ text, from: i, to: i });
    });
    return runs.map(({ text, from, to }) =>
      from === to ? `(${from}): ${text}` : `(${from}-${to}): ${to - from + 1} x ${text}`,
    );
  }
}

/** Modules under names of your own, which their owner calls as it likes. */
export class ModuleDict<M extends AnyModule = Module> extends Module<never[], never> {
  constructor(modules: Record<string, M> = {}) {
    super();
    for (const [name, module] of Object.entries(modules)) this.set(name, module);
  }

  get(name: string): M {
    const found = this.entries().find(([key]) => key === name);
    if (found === undefined)
      throw new ArgumentError('ModuleDict', `there is no module '${name}'; there is ${this.keys().join(', ')}`);
    return found[1];
  }

  set(name: string, module: M): this {
    this.addModule(name, module);
    return this;
  }

  has(name: string): boolean {
    return this.keys().includes(name);
  }

  entries(): [string, M][] {
    return Object.entries(this).filter((entry): entry is [string, M] => isModule(entry[1]));
  }

  keys(): string[] {
    return this.entries().map(([name]) => name);
  }

  values(): M[] {
    return this.entries().map(([, module]) => module);
  }

  override get length(): number {
    return this.entries().length;
  }

  *[Symbol.iterator](): Generator<[string, M]> {
    yield* this.entries();
  }

  forward(): never {
    throw new ArgumentError('ModuleDict', 'a dictionary cannot be called; call its modules');
  }
}
