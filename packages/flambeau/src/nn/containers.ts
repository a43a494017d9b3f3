import { ArgumentError, IndexError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { type AnyModule, isModule, Module } from './module.js';

/** Modules under the names 0, 1, 2 … */
abstract class ListOfModules<Args extends readonly unknown[], Out> extends Module<Args, Out> {
  /** How many modules there are. */
  get size(): number {
    return [...this.children()].length;
  }

  /** The module at a position; negative counts from the end. */
  at(index: number): AnyModule {
    const list = [...this.children()];
    const found = list[index < 0 ? index + list.length : index];
    if (found === undefined)
      throw new IndexError(this.constructor.name, `there is no module ${index} among ${list.length}`);
    return found;
  }

  append(module: AnyModule): this {
    this.addModule(String(this.size), module);
    return this;
  }

  *[Symbol.iterator](): Generator<AnyModule> {
    yield* this.children();
  }
}

/**
 * Modules one after the other.
 * @example new nn.Sequential(new nn.Linear(2, 8), new nn.ReLU(), new nn.Linear(8, 1))
 * @example new nn.Sequential({ hidden: new nn.Linear(2, 8), act: new nn.ReLU() })
 */
export class Sequential extends ListOfModules<[Tensor], Tensor> {
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
    for (const module of this.children()) out = module(out) as Tensor;
    return out;
  }
}

/** A list of modules, which its owner calls as it likes. */
export class ModuleList extends ListOfModules<never[], never> {
  constructor(modules: Iterable<AnyModule> = []) {
    super();
    for (const module of modules) this.append(module);
  }

  forward(): never {
    throw new ArgumentError('ModuleList', 'a list cannot be called; call its modules');
  }
}

/** Modules under names of your own, which their owner calls as it likes. */
export class ModuleDict extends Module<never[], never> {
  constructor(modules: Record<string, AnyModule> = {}) {
    super();
    for (const [name, module] of Object.entries(modules)) this.addModule(name, module);
  }

  get(name: string): AnyModule {
    return this.getSubmodule(name);
  }

  has(name: string): boolean {
    return [...this.namedChildren()].some(([child]) => child === name);
  }

  forward(): never {
    throw new ArgumentError('ModuleDict', 'a dictionary cannot be called; call its modules');
  }
}
