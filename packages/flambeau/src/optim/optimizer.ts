import { engine } from '@flambeau/kernels';
import { enableGrad, noGrad } from '../autograd/modes.js';
import { ArgumentError } from '../errors.js';
import { python } from '../nn/repr.js';
import { tensor } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { sameShape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/** Parameters that share options. */
export type ParamGroup<Options extends object> = Options & {
  params: Tensor[];
  /** The rate before any schedule changed it; set by schedules. */
  initialLr?: number;
};

/** What an optimiser takes: parameters, or groups of them with options of their own. */
export type Params<Options extends object> =
  | Iterable<Tensor>
  | Iterable<Partial<Options> & { params: Iterable<Tensor> }>;

/** What an optimiser remembers of one parameter. */
export type ParamState = Record<string, Tensor | number | null>;

/** PyTorch's layout: states by the parameter's number, groups with the numbers of their parameters. */
export interface OptimizerState {
  state: Map<number, Record<string, Tensor | null>>;
  param_groups: Record<string, unknown>[];
}

/** The base of all optimisers: groups of parameters, their state, and how both are saved. */
export abstract class Optimizer<Options extends { lr: number }> {
  readonly paramGroups: ParamGroup<Options>[] = [];
  readonly state = new Map<Tensor, ParamState>();
  readonly defaults: Options;

  constructor(params: Params<Options>, given: Partial<Options>, defaults: Options) {
    checkOptions(this.constructor.name, given, Object.keys(defaults));
    this.defaults = { ...defaults, ...given };
    const list = [...(params as Iterable<Tensor | (Partial<Options> & { params: Iterable<Tensor> })>)];
    if (list.length === 0) throw new ArgumentError(this.constructor.name, 'there are no parameters');
    if (isTensor(list[0])) this.addParamGroup({ params: list as Tensor[] } as never);
    else for (const group of list) this.addParamGroup(group as never);
  }

  /** Adds parameters, with options that differ from the defaults. */
  addParamGroup(group: Partial<Options> & { params: Iterable<Tensor> }): void {
    const { params, ...options } = group;
    checkOptions(this.constructor.name, options, Object.keys(this.defaults));
    const tensors = [...params];
    const known = new Set(this.paramGroups.flatMap((other) => other.params));
    for (const tensor of tensors) {
      if (!isTensor(tensor) || !tensor.isLeaf)
        throw new ArgumentError(this.constructor.name, 'a parameter must be a leaf tensor');
      if (known.has(tensor)) throw new ArgumentError(this.constructor.name, 'a parameter stands in two groups');
      known.add(tensor);
    }
    const merged = { ...this.defaults, ...(options as unknown as Partial<Options>), params: tensors };
    this.check(merged);
    this.paramGroups.push(merged);
  }

  /** Refuses options that make no sense. */
  protected check(group: Options): void {
    if (!(group.lr >= 0))
      throw new ArgumentError(this.constructor.name, `the learning rate ${group.lr} is no number from 0`);
  }

  /** Forgets the gradients, or sets them to 0. */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    checkOptions('zeroGrad', options, ['setToNone']);
    for (const { params } of this.paramGroups) {
      for (const param of params) {
        if (options.setToNone === false) param.grad?.zero_();
        else param.grad = null;
      }
    }
  }

  /** Changes the parameters by their gradients. `closure` computes the loss anew, for optimisers that ask for it. */
  step(): void;
  step(closure: () => Tensor): Tensor;
  step(closure?: () => Tensor): Tensor | undefined {
    const loss = closure === undefined ? undefined : enableGrad(closure);
    noGrad(() => {
      for (const group of this.paramGroups)
        this.update(
          group,
          group.params.filter((param) => param.grad !== null),
        );
    });
    engine.safePoint();
    return loss as Tensor | undefined;
  }

  /** One step for the parameters of a group that have gradients. */
  protected abstract update(group: ParamGroup<Options>, params: readonly Tensor[]): void;

  protected stateOf(param: Tensor): ParamState {
    let state = this.state.get(param);
    if (state === undefined) {
      state = {};
      this.state.set(param, state);
    }
    return state;
  }

  /** Options and state in PyTorch's layout. */
  stateDict(): OptimizerState {
    const numbers = new Map(this.paramGroups.flatMap(({ params }) => params).map((param, i) => [param, i]));
    const state: OptimizerState['state'] = new Map();
    for (const [param, values] of this.state) state.set(numbers.get(param) as number, packState(values));
    const groups = this.paramGroups.map(({ params, initialLr, ...options }) => ({
      ...snakeKeys(options),
      ...this.switches(),
      ...(initialLr === undefined ? {} : { initial_lr: initialLr }),
      params: params.map((param) => numbers.get(param)),
    }));
    return { state, param_groups: groups };
  }

  /** Options that PyTorch saves with a group and that are fixed here: how it computes, not what. */
  protected switches(): Record<string, boolean | null> {
    return { foreach: null, differentiable: false, fused: null };
  }

  /** Takes over what `stateDict` gave, here or in PyTorch. @throws ArgumentError when groups or state do not fit; nothing is changed then */
  loadStateDict(saved: OptimizerState): void {
    const sizes = (groups: readonly { params?: unknown }[]): string =>
      groups.map(({ params }) => (params as unknown[] | undefined)?.length).join(', ');
    if (sizes(saved.param_groups) !== sizes(this.paramGroups)) {
      throw new ArgumentError(
        'loadStateDict',
        `the saved groups have [${sizes(saved.param_groups)}] parameters, this optimiser's [${sizes(this.paramGroups)}]`,
      );
    }
    // The saved numbers need not be 0, 1, 2 …: what counts is their order.
    const numbers = saved.param_groups.flatMap(({ params }) => params as number[]);
    const params = this.paramGroups.flatMap((group) => group.params);
    const entries: Iterable<[number | string, object]> =
      saved.state instanceof Map ? saved.state : Object.entries(saved.state);
    const state = [...entries].map(([number, values]) => {
      const param = params[numbers.indexOf(Number(number))];
      if (param === undefined)
        throw new ArgumentError('loadStateDict', `there is state of parameter ${number}, which is in no group`);
      return [param, unpackState(param, values)] as const;
    });
    const merged = saved.param_groups.map((group, i) => {
      const options = camelKeys(group);
      const names = [...Object.keys(this.defaults), 'initialLr'].filter((name) => name in options);
      const own = { ...this.paramGroups[i], ...Object.fromEntries(names.map((name) => [name, options[name]])) };
      this.check(own);
      return own;
    });
    for (const [i, group] of merged.entries()) Object.assign(this.paramGroups[i], group);
    this.state.clear();
    for (const [param, values] of state) this.state.set(param, values);
  }

  /** The groups with their options, as PyTorch prints them. */
  toString(): string {
    const groups = this.paramGroups.map(({ params: _, initialLr, ...options }, i) => {
      const shown = {
        ...snakeKeys(options),
        ...this.switches(),
        ...(initialLr === undefined ? {} : { initial_lr: initialLr }),
      };
      const lines = Object.entries(shown)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `    ${name}: ${python(value)}\n`);
      return `Parameter Group ${i}\n${lines.join('')}`;
    });
    return `${this.constructor.name} (\n${groups.join('\n')})`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** PyTorch keeps the count of steps as a float32 scalar. */
function packState(values: ParamState): Record<string, Tensor | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? tensor(value, { dtype: 'float32' }) : value,
    ]),
  );
}

/** The state of one parameter: a count of steps, and tensors that must look like the parameter. */
function unpackState(param: Tensor, values: object): ParamState {
  const own: ParamState = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'step') own[name] = Number(isTensor(value) ? value.item() : value);
    else if (value === null) own[name] = null;
    else if (isTensor(value) && sameShape(value.shape, param.shape))
      own[name] = value.detach().to(param.dtype, { copy: true }).contiguous();
    else
      throw new ArgumentError(
        'loadStateDict',
        `${name} does not fit its parameter of shape [${param.shape.join(', ')}]`,
      );
  }
  return own;
}

const snakeKeys = (options: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      Array.isArray(value) ? Object.freeze([...value]) : value, // a frozen array is saved as a tuple
    ]),
  );

const camelKeys = (options: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
