import { ArgumentError, IndexError } from '../errors.js';
import { Module } from './module.js';
import { isParameter, type Parameter } from './parameter.js';

/** Parameters under names, which their owner uses as it likes. */
abstract class Parameters extends Module<never[], never> {
  entries(): [string, Parameter][] {
    return Object.entries(this).filter((entry): entry is [string, Parameter] => isParameter(entry[1]));
  }

  /** How many parameters there are. */
  override get length(): number {
    return this.entries().length;
  }

  forward(): never {
    throw new ArgumentError(this.constructor.name, 'parameters cannot be called');
  }

  /** What PyTorch calls the type of a member here. */
  protected abstract typeOf(parameter: Parameter): string;

  override extraRepr(): string {
    return this.entries()
      .map(
        ([name, parameter]) =>
          `  (${name}): Parameter containing: [${this.typeOf(parameter)} of size ${parameter.shape.join('x')}]`,
      )
      .join('\n');
  }
}

/** A list of parameters. */
export class ParameterList extends Parameters {
  constructor(parameters: Iterable<Parameter> = []) {
    super();
    for (const parameter of parameters) this.append(parameter);
  }

  /** The parameter at a position; negative counts from the end. */
  at(index: number): Parameter {
    const found = this.entries().at(index);
    if (found === undefined)
      throw new IndexError('ParameterList', `there is no parameter ${index} among ${this.length}`);
    return found[1];
  }

  append(parameter: Parameter): this {
    this.registerParameter(String(this.length), parameter);
    return this;
  }

  *[Symbol.iterator](): Generator<Parameter> {
    for (const [, parameter] of this.entries()) yield parameter;
  }

  protected typeOf(parameter: Parameter): string {
    return `torch.${parameter.dtype}`;
  }
}

/** Parameters under names of your own. */
export class ParameterDict extends Parameters {
  constructor(parameters: Record<string, Parameter> = {}) {
    super();
    for (const [name, parameter] of Object.entries(parameters)) this.set(name, parameter);
  }

  get(name: string): Parameter {
    return this.getParameter(name);
  }

  set(name: string, parameter: Parameter): this {
    this.registerParameter(name, parameter);
    return this;
  }

  *[Symbol.iterator](): Generator<[string, Parameter]> {
    yield* this.entries();
  }

  protected typeOf(parameter: Parameter): string {
    return parameter.dtype === 'float64' ? 'torch.DoubleTensor' : 'torch.FloatTensor';
  }
}
