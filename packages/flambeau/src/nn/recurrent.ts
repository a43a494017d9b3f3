import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { empty } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { gru, lstm, type RecurrentOptions, rnnRelu, rnnTanh } from '../ops/recurrent.js';
import type { DType } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { uniform_ } from './init.js';
import { Module } from './module.js';
import { PackedSequence } from './packed-sequence.js';
import { Parameter } from './parameter.js';
import { asFloat, options as repr } from './repr.js';

export interface RecurrentLayerOptions {
  /** How many layers stand on each other. Default 1. */
  numLayers?: number;
  /** Whether there are biases. Default true. */
  bias?: boolean;
  /** Input and output are (batch, steps, size) instead of (steps, batch, size). States are not concerned. Default false. */
  batchFirst?: boolean;
  /** The probability with which numbers between the layers are dropped in training. Default 0. */
  dropout?: number;
  /** Whether a second direction runs from the end of each sequence. Default false. */
  bidirectional?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

const OPTIONS = ['numLayers', 'bias', 'batchFirst', 'dropout', 'bidirectional', 'dtype'] as const;

/** The weights of a layer's direction in PyTorch's order, with the names of the state dict. */
function weightNames(layer: number, direction: number, bias: boolean, projected: boolean): string[] {
  const kinds = [
    'weight_ih',
    'weight_hh',
    ...(bias ? ['bias_ih', 'bias_hh'] : []),
    ...(projected ? ['weight_hr'] : []),
  ];
  return kinds.map((kind) => `${kind}_l${layer}${direction === 1 ? '_reverse' : ''}`);
}

/** Sequences as (steps, batch, size), as (steps, size) of one, or packed. */
type Sequences = Tensor | PackedSequence;

/** What the recurrent layers share: their weights, and the forms in which sequences come. `States` is h, or h and c, one list in any case; `Given` what callers see. */
abstract class Recurrent<Given, States extends readonly Tensor[]> extends Module<
  [input: Sequences, hx?: Given | null],
  [Sequences, Given]
> {
  [name: `weight_${string}` | `bias_${string}`]: Parameter;
  readonly numLayers: number;
  readonly batchFirst: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  readonly #bias: boolean;
  readonly #names: readonly string[];

  constructor(
    gates: number,
    readonly inputSize: number,
    readonly hiddenSize: number,
    options: RecurrentLayerOptions,
    readonly projSize = 0,
  ) {
    super();
    this.numLayers = options.numLayers ?? 1;
    this.batchFirst = options.batchFirst ?? false;
    this.dropout = options.dropout ?? 0;
    this.bidirectional = options.bidirectional ?? false;
    this.#bias = options.bias ?? true;
    this.#check();
    this.#names = this.#makeWeights(gates, options.dtype);
    this.resetParameters();
  }

  #check(): void {
    const { inputSize, hiddenSize, numLayers, projSize, dropout } = this;
    for (const [name, size] of Object.entries({ inputSize, hiddenSize, numLayers }))
      if (!(Number.isInteger(size) && size > 0))
        throw new ArgumentError(this.constructor.name, `${name} must be a positive integer, but is ${size}`);
    if (!(Number.isInteger(projSize) && projSize >= 0 && projSize < hiddenSize))
      throw new ArgumentError(
        this.constructor.name,
        `projSize ${projSize} must be less than hiddenSize ${hiddenSize}, 0 for no projection`,
      );
    if (!(dropout >= 0 && dropout <= 1))
      throw new ArgumentError(this.constructor.name, `dropout is a probability between 0 and 1, but is ${dropout}`);
  }

  #makeWeights(gates: number, dtype: DType | undefined): string[] {
    const { inputSize, hiddenSize, projSize } = this;
    const directions = this.bidirectional ? 2 : 1;
    const width = projSize || hiddenSize;
    const all: string[] = [];
    for (let layer = 0; layer < this.numLayers; layer++) {
      const from = layer === 0 ? inputSize : width * directions;
      for (let direction = 0; direction < directions; direction++) {
        const names = weightNames(layer, direction, this.#bias, projSize > 0);
        const rows = gates * hiddenSize;
        const shapes = [[rows, from], [rows, width], ...(this.#bias ? [[rows], [rows]] : []), [projSize, hiddenSize]];
        names.forEach((name, i) => {
          this.registerParameter(name, new Parameter(empty(shapes[i], { dtype })));
        });
        all.push(...names);
      }
    }
    return all;
  }

  /** Uniform numbers, ±1/√hiddenSize. */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.parameters()) uniform_(parameter, -bound, bound);
  }

  /** @internal What the kind computes of rows or of (steps, batch, size). */
  protected abstract compute(
    input: Tensor,
    states: States | null,
    weights: readonly Tensor[],
    options: RecurrentOptions,
  ): { output: Tensor; states: States };

  /** @internal Any form of sequences to the one that `compute` takes, and back. */
  protected run<Input extends Sequences>(input: Input, states: States | null): [Input, States] {
    if (input instanceof PackedSequence) return this.#runPacked(input, states) as [Input, States];
    return this.#runTensor(input as Tensor, states) as [Input, States];
  }

  #runTensor(input: Tensor, states: States | null): [Tensor, States] {
    const name = this.constructor.name;
    if (input.ndim !== 2 && input.ndim !== 3)
      throw new ShapeError(
        name,
        'the input must be (steps, batch, size), or (steps, size) of one sequence',
        input.shape,
      );
    const single = input.ndim === 2;
    for (const state of states ?? [])
      if (state.ndim !== input.ndim)
        throw new ShapeError(
          name,
          `the states must have ${input.ndim} dimensions as the input`,
          state.shape,
          input.shape,
        );
    const batch = this.batchFirst ? 0 : 1;
    const result = this.#compute(
      single ? input.unsqueeze(batch) : input,
      single ? mapStates(states, (state) => state.unsqueeze(1)) : states,
      null,
    );
    if (!single) return [result.output, result.states];
    return [result.output.squeeze(batch), mapStates(result.states, (state) => state.squeeze(1)) as States];
  }

  #runPacked(input: PackedSequence, states: States | null): [PackedSequence, States] {
    const { sortedIndices: sorted, unsortedIndices: unsorted } = input;
    const ordered = sorted === null ? states : mapStates(states, (state) => state.indexSelect(1, sorted));
    const result = this.#compute(input.data, ordered, input.batchSizes.toArray() as number[]);
    const back =
      unsorted === null ? result.states : mapStates(result.states, (state) => state.indexSelect(1, unsorted));
    return [input.with(result.output), back as States];
  }

  #compute(input: Tensor, states: States | null, batchSizes: readonly number[] | null) {
    const { numLayers, dropout, training: train, bidirectional, batchFirst } = this;
    const weights = this.#names.map((name) => this[name as `weight_${string}`]);
    if (input.dtype !== weights[0].dtype)
      throw new DTypeError(
        this.constructor.name,
        `the input is ${input.dtype}, the weights are ${weights[0].dtype}; convert one with .to(…)`,
      );
    if (input.shape.at(-1) !== this.inputSize)
      throw new ShapeError(this.constructor.name, `the input's last size must be ${this.inputSize}`, input.shape);
    return this.compute(input, states, weights, {
      numLayers,
      hasBiases: this.#bias,
      dropout,
      train,
      bidirectional,
      batchFirst: batchFirst && batchSizes === null,
      batchSizes,
    });
  }

  override extraRepr(): string {
    const { projSize, numLayers, batchFirst, dropout, bidirectional } = this;
    const extra = repr({
      ...(projSize === 0 ? {} : { proj_size: projSize }),
      ...(numLayers === 1 ? {} : { num_layers: numLayers }),
      ...(this.#bias ? {} : { bias: false }),
      ...(batchFirst ? { batch_first: true } : {}),
      ...(dropout === 0 ? {} : { dropout: asFloat(dropout) }),
      ...(bidirectional ? { bidirectional: true } : {}),
    });
    return [`${this.inputSize}, ${this.hiddenSize}`, extra].filter((part) => part !== '').join(', ');
  }
}

const mapStates = <States extends readonly Tensor[]>(states: States | null, change: (state: Tensor) => Tensor) =>
  states === null ? null : (states.map(change) as unknown as States);

/** h and c, each (layers · directions, batch, size), or without the batch for one sequence. */
export type LstmStates = readonly [h: Tensor, c: Tensor];

export interface LstmOptions extends RecurrentLayerOptions {
  /** The hidden state is projected to this many numbers (Sak et al., 2014). Default 0: it is not. */
  projSize?: number;
}

export interface LSTM {
  (input: Tensor, hx?: LstmStates | null): [Tensor, LstmStates];
  (input: PackedSequence, hx?: LstmStates | null): [PackedSequence, LstmStates];
}

/**
 * Long short-term memory (Hochreiter & Schmidhuber, 1997). In: (steps, batch, inputSize), and the first states or none for zeros. Out: h of
 * the last layer at each step, (steps, batch, directions · hiddenSize), and the last states.
 * @example
 * const lstm = new nn.LSTM(128, 256, { numLayers: 2, bidirectional: true });
 * const [output, [hn, cn]] = lstm(x);
 */
export class LSTM extends Recurrent<LstmStates, LstmStates> {
  constructor(inputSize: number, hiddenSize: number, options: LstmOptions = {}) {
    super(4, inputSize, hiddenSize, options, options.projSize ?? 0);
    checkOptions('LSTM', options, [...OPTIONS, 'projSize']);
  }

  override forward(input: Tensor, hx?: LstmStates | null): [Tensor, LstmStates];
  override forward(input: PackedSequence, hx?: LstmStates | null): [PackedSequence, LstmStates];
  override forward(input: Sequences, hx: LstmStates | null = null): [Sequences, LstmStates] {
    return this.run(input, hx);
  }

  protected override compute(
    input: Tensor,
    states: LstmStates | null,
    weights: readonly Tensor[],
    options: RecurrentOptions,
  ): { output: Tensor; states: LstmStates } {
    const { output, hn, cn } = lstm(input, states, weights, options);
    return { output, states: [hn, cn] };
  }
}

/** Layers with one state. */
abstract class SimpleRecurrent extends Recurrent<Tensor, readonly [Tensor]> {
  override forward(input: Tensor, hx?: Tensor | null): [Tensor, Tensor];
  override forward(input: PackedSequence, hx?: Tensor | null): [PackedSequence, Tensor];
  override forward(input: Sequences, hx: Tensor | null = null): [Sequences, Tensor] {
    const [output, [hn]] = this.run(input, hx === null ? null : [hx]);
    return [output, hn];
  }

  /** @internal */
  protected abstract get op(): typeof gru;

  protected override compute(
    input: Tensor,
    states: readonly [Tensor] | null,
    weights: readonly Tensor[],
    options: RecurrentOptions,
  ): { output: Tensor; states: readonly [Tensor] } {
    const { output, hn } = this.op(input, states?.[0] ?? null, weights, options);
    return { output, states: [hn] };
  }
}

export interface GRU {
  (input: Tensor, hx?: Tensor | null): [Tensor, Tensor];
  (input: PackedSequence, hx?: Tensor | null): [PackedSequence, Tensor];
}

/**
 * Gated recurrent units (Cho et al., 2014). In: (steps, batch, inputSize), and the first state or none for zeros. Out: h of the last layer at
 * each step, (steps, batch, directions · hiddenSize), and the last state (layers · directions, batch, hiddenSize).
 * @example const [output, hn] = new nn.GRU(128, 256)(x);
 */
export class GRU extends SimpleRecurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentLayerOptions = {}) {
    super(3, inputSize, hiddenSize, options);
    checkOptions('GRU', options, OPTIONS);
  }

  protected override get op(): typeof gru {
    return gru;
  }
}

/** The nonlinearity of a plain recurrent layer or cell. */
export type Nonlinearity = 'tanh' | 'relu';

export interface RnnOptions extends RecurrentLayerOptions {
  /** Default `'tanh'`. */
  nonlinearity?: Nonlinearity;
}

/** @internal */
export function checkNonlinearity(op: string, value: Nonlinearity): Nonlinearity {
  if (value !== 'tanh' && value !== 'relu')
    throw new ArgumentError(op, `nonlinearity must be 'tanh' or 'relu', not '${String(value)}'`);
  return value;
}

export interface RNN {
  (input: Tensor, hx?: Tensor | null): [Tensor, Tensor];
  (input: PackedSequence, hx?: Tensor | null): [PackedSequence, Tensor];
}

/**
 * Plain recurrent layers (Elman, 1990): h = tanh(W x + b + W' h + b'), or relu. In and out as with `GRU`.
 * @example const [output, hn] = new nn.RNN(10, 20, { nonlinearity: 'relu' })(x);
 */
export class RNN extends SimpleRecurrent {
  readonly nonlinearity: Nonlinearity;

  constructor(inputSize: number, hiddenSize: number, options: RnnOptions = {}) {
    super(1, inputSize, hiddenSize, options);
    checkOptions('RNN', options, [...OPTIONS, 'nonlinearity']);
    this.nonlinearity = checkNonlinearity('RNN', options.nonlinearity ?? 'tanh');
  }

  protected override get op(): typeof gru {
    return this.nonlinearity === 'tanh' ? rnnTanh : rnnRelu;
  }
}
