import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { dropout } from './drawing.js';
import { cat } from './joining.js';
import { checkOptions } from './options.js';
import { layer } from './recurrence.js';
import { type Kind, type LayerRule, layerFormula } from './recurrence-formula.js';

export interface RecurrentOptions {
  /** How many layers stand on each other. Default 1. */
  numLayers?: number;
  /** Whether `params` holds biases. Default true. */
  hasBiases?: boolean;
  /** The probability with which numbers between the layers are dropped. Default 0. */
  dropout?: number;
  /** Whether to drop at all. Default false. */
  train?: boolean;
  /** Whether a second direction runs from the end of each sequence. Default false. */
  bidirectional?: boolean;
  /** The input and the result are (batch, steps, size) instead of (steps, batch, size). Default false. */
  batchFirst?: boolean;
  /** For packed rows (steps and sequences, size): how many sequences each step has, never more than the step before. Default: none. */
  batchSizes?: readonly number[] | null;
}

/** A recurrent net's result: the last layer's rows, and the last states of every layer and direction, (layers · directions, batch, size). */
export interface RecurrentResult {
  readonly output: Tensor;
  readonly hn: Tensor;
}
export interface LstmResult extends RecurrentResult {
  readonly cn: Tensor;
}

const OPTIONS = ['numLayers', 'hasBiases', 'dropout', 'train', 'bidirectional', 'batchFirst', 'batchSizes'] as const;

/** How many sequences each step has. */
function sizesOf(op: string, input: Tensor, batchFirst: boolean, given: readonly number[] | null): readonly number[] {
  const wanted = given === null ? 3 : 2;
  if (input.ndim !== wanted)
    throw new ShapeError(
      op,
      given === null ? 'the input must be (steps, batch, size)' : 'packed rows must be (rows, size)',
      input.shape,
    );
  const sizes = given ?? new Array<number>(input.shape[batchFirst ? 1 : 0]).fill(input.shape[batchFirst ? 0 : 1]);
  if (sizes.length === 0) throw new ShapeError(op, 'a sequence needs one step at least', input.shape);
  if (given === null) return sizes;
  const rows = sizes.reduce((n, size, t) => {
    if (!(Number.isInteger(size) && size > 0 && (t === 0 || size <= sizes[t - 1])))
      throw new ArgumentError(op, `batchSizes must be positive and never grow, but are [${sizes.join(', ')}]`);
    return n + size;
  }, 0);
  if (rows !== input.shape[0])
    throw new ShapeError(op, `batchSizes add up to ${rows} rows, the input has others`, input.shape);
  return sizes;
}

function checkParts(op: string, input: Tensor, parts: readonly (readonly [string, Tensor, Shape])[]): void {
  for (const [name, part, shape] of parts) {
    if (!sameShape(part.shape, shape)) throw new ShapeError(op, `${name} must be [${shape.join(', ')}]`, part.shape);
    if (part.dtype !== input.dtype)
      throw new DTypeError(op, `${name} must be ${input.dtype} as the input, not ${part.dtype}; convert one of them`);
  }
}

/** The layers of a kind, each on the rows of the one below. */
function recurrent(
  op: string,
  kind: Kind,
  input: Tensor,
  hx: readonly Tensor[],
  params: readonly Tensor[],
  options: RecurrentOptions,
): { output: Tensor; states: Tensor[] } {
  checkOptions(op, options, OPTIONS);
  const { numLayers = 1, hasBiases: biases = true, batchFirst = false, batchSizes = null } = options;
  const sizes = sizesOf(op, input, batchFirst, batchSizes);
  const directions = options.bidirectional ? 2 : 1;
  const gates = kind === 'lstm' ? 4 : kind === 'gru' ? 3 : 1;
  const each = params.length / (numLayers * directions);
  const projected = kind === 'lstm' && each === (biases ? 5 : 3);
  if (each !== (biases ? 4 : 2) + (projected ? 1 : 0))
    throw new ArgumentError(op, `${params.length} weights do not make ${numLayers} layers of ${directions} directions`);
  const hidden = params[0].shape[0] / gates;
  const width = projected ? params[each - 1].shape[0] : hidden;
  const rule: LayerRule = { kind, sizes, even: batchSizes === null, hidden, biases, directions, projected };
  checkStates(op, input, hx, [numLayers * directions, sizes[0]], [width, hidden]);
  checkWeights(op, input, params, rule, gates, width, each);
  let rows =
    batchSizes === null
      ? (batchFirst ? input.transpose(0, 1) : input).reshape([-1, input.shape.at(-1) as number])
      : input;
  const ends: Tensor[][] = [];
  for (let i = 0; i < numLayers; i++) {
    if (i > 0) rows = dropout(rows, { p: options.dropout ?? 0, training: options.train ?? false });
    const initial = numLayers === 1 ? hx : hx.map((state) => state.narrow(0, i * directions, directions));
    const weights = params.slice(i * directions * each, (i + 1) * directions * each);
    const [out, ...states] = (projected ? layerFormula : layer)(rows, initial, weights, rule);
    rows = out;
    ends.push(states);
  }
  const states = ends[0].map((state, i) => (numLayers === 1 ? state : cat(ends.map((own) => own[i]))));
  if (batchSizes !== null) return { output: rows, states };
  const output = rows.view([sizes.length, sizes[0], directions * width]);
  return { output: batchFirst ? output.transpose(0, 1) : output, states };
}

/** h, and of an LSTM c, of every layer and direction. */
function checkStates(op: string, input: Tensor, hx: readonly Tensor[], lead: Shape, widths: readonly number[]): void {
  checkParts(
    op,
    input,
    hx.map((state, i) => [i === 0 ? 'the hidden state' : 'the cell state', state, [...lead, widths[i]]] as const),
  );
}

function checkWeights(
  op: string,
  input: Tensor,
  params: readonly Tensor[],
  { hidden, biases, directions }: LayerRule,
  gates: number,
  width: number,
  each: number,
): void {
  checkParts(
    op,
    input,
    params.map((weight, i) => {
      const [first, kind] = [i < each * directions, i % each];
      const from = kind === 0 ? (first ? (input.shape.at(-1) as number) : width * directions) : width;
      const shape = kind < 2 ? [gates * hidden, from] : biases && kind < 4 ? [gates * hidden] : [width, hidden];
      return [`weight ${i}`, weight, shape] as const;
    }),
  );
}

/**
 * Long short-term memory. `hx`: the first h and c, or null for zeros. `params`: for each layer and direction the weights of the input, of the
 * state, their biases, and with projections that weight.
 */
export function lstm(
  input: Tensor,
  hx: readonly [Tensor, Tensor] | null,
  params: readonly Tensor[],
  options: RecurrentOptions = {},
): LstmResult {
  const { output, states } = recurrent('lstm', 'lstm', input, hx ?? [], params, options);
  return { output, hn: states[0], cn: states[1] };
}

/** A plain or gated recurrent net of one state. */
const simple =
  (kind: Exclude<Kind, 'lstm'>) =>
  (input: Tensor, hx: Tensor | null, params: readonly Tensor[], options: RecurrentOptions = {}): RecurrentResult => {
    const { output, states } = recurrent(kind, kind, input, hx === null ? [] : [hx], params, options);
    return { output, hn: states[0] };
  };

/** Gated recurrent units. */
export const gru: ReturnType<typeof simple> = simple('gru');
/** Plain recurrent layers with tanh. */
export const rnnTanh: ReturnType<typeof simple> = simple('rnnTanh');
/** Plain recurrent layers with relu. */
export const rnnRelu: ReturnType<typeof simple> = simple('rnnRelu');

/** The weights of a cell: of the input, of the state, and their biases or none. */
type CellWeights = readonly [
  inputWeight: Tensor,
  hiddenWeight: Tensor,
  inputBias?: Tensor | null,
  hiddenBias?: Tensor | null,
];

/** One step is a sequence of one: the same kernels. */
function step(kind: Kind, input: Tensor, hx: readonly Tensor[], weights: CellWeights): Tensor[] {
  const op = `${kind}Cell`;
  if (input.ndim !== 2) throw new ShapeError(op, 'the input must be (batch, size)', input.shape);
  const params = weights.filter((weight) => weight !== null && weight !== undefined);
  const states = hx.map((state) => state.unsqueeze(0));
  const result = recurrent(op, kind, input.unsqueeze(0), states, params, { hasBiases: params.length > 2 });
  return result.states.map((state) => state.squeeze(0));
}

/** One step of an LSTM for each row of (batch, size): the new h and c, from those before. */
export function lstmCell(input: Tensor, hx: readonly [Tensor, Tensor], ...weights: CellWeights): [Tensor, Tensor] {
  return step('lstm', input, hx, weights) as [Tensor, Tensor];
}

const simpleCell =
  (kind: Exclude<Kind, 'lstm'>) =>
  (input: Tensor, hx: Tensor, ...weights: CellWeights): Tensor =>
    step(kind, input, [hx], weights)[0];

/** One step of a GRU for each row of (batch, size). */
export const gruCell: ReturnType<typeof simpleCell> = simpleCell('gru');
/** One step of a plain recurrent layer with tanh, for each row of (batch, size). */
export const rnnTanhCell: ReturnType<typeof simpleCell> = simpleCell('rnnTanh');
/** One step of a plain recurrent layer with relu, for each row of (batch, size). */
export const rnnReluCell: ReturnType<typeof simpleCell> = simpleCell('rnnRelu');
