import { ShapeError } from '../errors.js';
import { empty, zeros } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { gruCell, lstmCell, rnnReluCell, rnnTanhCell } from '../ops/recurrent.js';
import type { DType } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { uniform_ } from './init.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { checkNonlinearity, type LstmStates, type Nonlinearity } from './recurrent.js';
import { options as repr } from './repr.js';

export interface CellOptions {
  /** Whether there are biases. Default true. */
  bias?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

/** What the cells share: weights for one step. `Given` is the state that goes in and out. */
abstract class Cell<Given> extends Module<[input: Tensor, hx?: Given | null], Given> {
  weight_ih: Parameter;
  weight_hh: Parameter;
  bias_ih: Parameter | null;
  bias_hh: Parameter | null;

  constructor(
    gates: number,
    readonly inputSize: number,
    readonly hiddenSize: number,
    { bias = true, dtype }: CellOptions,
  ) {
    super();
    const rows = gates * hiddenSize;
    this.weight_ih = new Parameter(empty([rows, inputSize], { dtype }));
    this.weight_hh = new Parameter(empty([rows, hiddenSize], { dtype }));
    this.bias_ih = bias ? new Parameter(empty([rows], { dtype })) : null;
    this.bias_hh = bias ? new Parameter(empty([rows], { dtype })) : null;
    this.resetParameters();
  }

  /** Uniform numbers, ±1/√hiddenSize. */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.parameters()) uniform_(parameter, -bound, bound);
  }

  /** @internal One step of a batch; (size) and (hiddenSize) count as a batch of one. Without states they are zeros. */
  protected step(
    input: Tensor,
    hx: readonly Tensor[] | null,
    count: number,
    one: (input: Tensor, states: Tensor[], weights: Weights) => Tensor[],
  ): Tensor[] {
    if (input.ndim !== 1 && input.ndim !== 2)
      throw new ShapeError(this.constructor.name, 'the input must be (batch, size) or (size)', input.shape);
    const single = input.ndim === 1;
    const batch = single ? input.unsqueeze(0) : input;
    const zero = (): Tensor => zeros([batch.shape[0], this.hiddenSize], { dtype: input.dtype });
    const states =
      hx === null ? Array.from({ length: count }, zero) : hx.map((state) => (single ? state.unsqueeze(0) : state));
    const result = one(batch, states, [this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh]);
    return single ? result.map((state) => state.squeeze(0)) : result;
  }

  override extraRepr(): string {
    return `${this.inputSize}, ${this.hiddenSize}${this.bias_ih === null ? ', bias=False' : ''}`;
  }
}

type Weights = [Tensor, Tensor, Tensor | null, Tensor | null];

/**
 * One step of an LSTM: from (batch, inputSize) and the states h and c, each (batch, hiddenSize), to the next states.
 * @example let [h, c] = cell(x.at(0)); [h, c] = cell(x.at(1), [h, c]);
 */
export class LSTMCell extends Cell<LstmStates> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(4, inputSize, hiddenSize, options);
    checkOptions('LSTMCell', options, ['bias', 'dtype']);
  }

  forward(input: Tensor, hx: LstmStates | null = null): LstmStates {
    const [h, c] = this.step(input, hx, 2, (x, states, weights) => lstmCell(x, states as [Tensor, Tensor], ...weights));
    return [h, c];
  }
}

/** One step of a GRU: from (batch, inputSize) and h (batch, hiddenSize) to the next h. */
export class GRUCell extends Cell<Tensor> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(3, inputSize, hiddenSize, options);
    checkOptions('GRUCell', options, ['bias', 'dtype']);
  }

  forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.step(input, hx === null ? null : [hx], 1, (x, [h], weights) => [gruCell(x, h, ...weights)])[0];
  }
}

/** One step of a plain recurrent layer: h = tanh(W x + b + W' h + b'), or relu. */
export class RNNCell extends Cell<Tensor> {
  readonly nonlinearity: Nonlinearity;

  constructor(
    inputSize: number,
    hiddenSize: number,
    options: CellOptions & { /** Default `'tanh'`. */ nonlinearity?: Nonlinearity } = {},
  ) {
    super(1, inputSize, hiddenSize, options);
    checkOptions('RNNCell', options, ['bias', 'nonlinearity', 'dtype']);
    this.nonlinearity = checkNonlinearity('RNNCell', options.nonlinearity ?? 'tanh');
  }

  forward(input: Tensor, hx: Tensor | null = null): Tensor {
    const cell = this.nonlinearity === 'tanh' ? rnnTanhCell : rnnReluCell;
    return this.step(input, hx === null ? null : [hx], 1, (x, [h], weights) => [cell(x, h, ...weights)])[0];
  }

  override extraRepr(): string {
    const { nonlinearity } = this;
    return super.extraRepr() + (nonlinearity === 'tanh' ? '' : `, ${repr({ nonlinearity }).replaceAll("'", '')}`);
  }
}
