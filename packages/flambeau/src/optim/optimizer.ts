import { engine } from '@flambeau/kernels';
import { enableGrad, noGrad } from '../autograd/modes.js';
import { ArgumentError } from '../errors.js';
import { checkOptions } from '../ops/options.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/** Parameters that share options. */
export type ParamGroup<Options extends object> = Options & { params: Tensor[] };

/** What an optimiser takes: parameters, or groups of them with options of their own. */
export type Params<Options extends object> =
  | Iterable<Tensor>
  | Iterable<Partial<Options> & { params: Iterable<Tensor> }>;

/** What an optimiser remembers of one parameter. */
export type ParamState = Record<string, Tensor | number | null>;

/** PyTorch's layout: states by the parameter's number, groups with the numbers of their parameters. */
export interface OptimizerState {
  /** A Map, since PyTorch wants the numbers as numbers. A file gives an empty one as an object. */
  state: ReadonlyMap<number, ParamState> | Record<string, never>;
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
    const state = new Map<number, ParamState>();
    for (const [param, values] of this.state) state.set(numbers.get(param) as number, { ...values });
    const groups = this.paramGroups.map(({ params, ...options }) => ({
      ...snakeKeys(options),
      params: params.map((param) => numbers.get(param)),
    }));
    return { state, param_groups: groups };
  }

  /** Takes over what `stateDict` gave. @throws ArgumentError when the groups do not fit */
  loadStateDict(saved: OptimizerState): void {
    const sizes = (groups: readonly { params?: unknown }[]): string =>
      groups.map(({ params }) => (params as unknown[] | undefined)?.length).join(', ');
    if (sizes(saved.param_groups) !== sizes(this.paramGroups)) {
      throw new ArgumentError(
        'loadStateDict',
        `the saved groups have [${sizes(saved.param_groups)}] parameters, this optimiser's [${sizes(this.paramGroups)}]`,
      );
    }
    saved.param_groups.forEach((group, i) => {
      const options = camelKeys(group);
      for (const name of Object.keys(this.defaults))
        if (name in options) (this.paramGroups[i] as Record<string, unknown>)[name] = options[name];
    });
    const params = this.paramGroups.flatMap((group) => group.params);
    const states: ReadonlyMap<number, ParamState> = saved.state instanceof Map ? saved.state : new Map();
    this.state.clear();
    for (const [number, values] of states) {
      const param = params[number];
      if (param === undefined)
        throw new ArgumentError('loadStateDict', `there is no parameter ${number}, whose state was saved`);
      const own: ParamState = {};
      for (const [name, value] of Object.entries(values)) own[name] = isTensor(value) ? value.clone() : value;
      this.state.set(param, own);
    }
  }
}

const snakeKeys = (options: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

const camelKeys = (options: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
