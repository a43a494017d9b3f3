import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { additive, attend, attendFormula, drawKept, maskRows } from '../ops/attending.js';
import { empty } from '../ops/creation.js';
import { dropout } from '../ops/drawing.js';
import { cat } from '../ops/joining.js';
import { linear } from '../ops/linear.js';
import { checkOptions } from '../ops/options.js';
import { pad } from '../ops/padding.js';
import type { DType } from '../tensor/dtype.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { constant_, xavierNormal_, xavierUniform_ } from './init.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';

export interface MultiheadAttentionOptions {
  /** The probability that a weight is set to 0 in training. Default 0. */
  dropout?: number;
  /** Whether the projections have learned offsets. Default true. */
  bias?: boolean;
  /** Add a learned key and value to every sequence. Default false. */
  addBiasKv?: boolean;
  /** Add a key and value of zeros to every sequence. Default false. */
  addZeroAttn?: boolean;
  /** Numbers of a key. Default: `embedDim`. */
  kdim?: number | null;
  /** Numbers of a value. Default: `embedDim`. */
  vdim?: number | null;
  /** Whether sequences are (N, L, E) instead of (L, N, E). Default false. */
  batchFirst?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

export interface MultiheadAttentionCall {
  /** Keys (N, S) that are not seen (`true`), or numbers that are added to their scores. Default: all are seen. */
  keyPaddingMask?: Tensor | null;
  /** Whether to answer with the weights as well, which costs the blocked kernel. Default true. */
  needWeights?: boolean;
  /** Pairs (L, S) or (N · heads, L, S) of query and key that do not meet (`true`), or numbers that are added to the scores. */
  attnMask?: Tensor | null;
  /** Whether the weights are averaged over the heads. Default true. */
  averageAttnWeights?: boolean;
  /** A promise that `attnMask` is the causal mask. Default false. */
  isCausal?: boolean;
}

export interface MultiheadAttentionOutput {
  attnOutput: Tensor;
  /** (N, L, S), or (N, heads, L, S) when not averaged; null unless asked for. */
  attnOutputWeights: Tensor | null;
}

/** PyTorch's name of the output projection, as it stands in printed nets. */
class NonDynamicallyQuantizableLinear extends Linear {}

/** Queries, keys and values as sources of attention: (N, L, parts, H, E). */
type Sources = readonly Tensor[];

/**
 * Attention of several heads: queries (L, N, embedDim) look at keys (S, N, kdim) and receive values (S, N, vdim), each through a projection; or without N.
 * Vaswani et al., 2017.
 * @example const { attnOutput } = attention(x, x, x, { needWeights: false })
 */
export class MultiheadAttention extends Module<
  [query: Tensor, key: Tensor, value: Tensor, options?: MultiheadAttentionCall],
  MultiheadAttentionOutput
> {
  q_proj_weight: Parameter | null = null;
  k_proj_weight: Parameter | null = null;
  v_proj_weight: Parameter | null = null;
  in_proj_weight: Parameter | null = null;
  in_proj_bias: Parameter | null;
  bias_k: Parameter | null = null;
  bias_v: Parameter | null = null;
  out_proj: Linear;
  readonly kdim: number;
  readonly vdim: number;
  readonly headDim: number;
  readonly dropout: number;
  readonly batchFirst: boolean;
  readonly addZeroAttn: boolean;

  constructor(
    readonly embedDim: number,
    readonly numHeads: number,
    options: MultiheadAttentionOptions = {},
  ) {
    super();
    checkOptions('MultiheadAttention', options, [
      'dropout',
      'bias',
      'addBiasKv',
      'addZeroAttn',
      'kdim',
      'vdim',
      'batchFirst',
      'dtype',
    ]);
    if (!(embedDim > 0 && numHeads > 0) || embedDim % numHeads !== 0)
      throw new ArgumentError('MultiheadAttention', `${embedDim} numbers do not fall into ${numHeads} heads`);
    const { bias = true, dtype } = options;
    this.kdim = options.kdim ?? embedDim;
    this.vdim = options.vdim ?? embedDim;
    this.headDim = embedDim / numHeads;
    this.dropout = options.dropout ?? 0;
    this.batchFirst = options.batchFirst ?? false;
    this.addZeroAttn = options.addZeroAttn ?? false;
    const weight = (...shape: number[]): Parameter => new Parameter(empty(shape, { dtype }));
    if (this.kdim === embedDim && this.vdim === embedDim) {
      this.in_proj_weight = weight(3 * embedDim, embedDim);
    } else {
      this.q_proj_weight = weight(embedDim, embedDim);
      this.k_proj_weight = weight(embedDim, this.kdim);
      this.v_proj_weight = weight(embedDim, this.vdim);
    }
    this.in_proj_bias = bias ? weight(3 * embedDim) : null;
    this.out_proj = new NonDynamicallyQuantizableLinear(embedDim, embedDim, { bias, dtype });
    if (options.addBiasKv) {
      this.bias_k = weight(1, 1, embedDim);
      this.bias_v = weight(1, 1, embedDim);
    }
    this.resetParameters();
  }

  resetParameters(): void {
    const { in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight } = this;
    for (const weight of [in_proj_weight, q_proj_weight, k_proj_weight, v_proj_weight])
      if (weight !== null) xavierUniform_(weight);
    if (this.in_proj_bias !== null) constant_(this.in_proj_bias, 0);
    if (this.out_proj.bias !== null) constant_(this.out_proj.bias, 0);
    if (this.bias_k !== null) xavierNormal_(this.bias_k);
    if (this.bias_v !== null) xavierNormal_(this.bias_v);
  }

  forward(query: Tensor, key: Tensor, value: Tensor, options: MultiheadAttentionCall = {}): MultiheadAttentionOutput {
    const known = ['keyPaddingMask', 'needWeights', 'attnMask', 'averageAttnWeights', 'isCausal'];
    checkOptions('MultiheadAttention', options, known);
    checkSequences(this, query, key, value);
    if (query.ndim === 3) return meet(this, projected(this, query, key, value), options);
    // One sequence is a batch of one; what is the same tensor stays so, for it is then projected once.
    const at = this.batchFirst ? 0 : 1;
    const q = query.unsqueeze(at);
    const k = key === query ? q : key.unsqueeze(at);
    const v = value === key ? k : value.unsqueeze(at);
    const keyPaddingMask = options.keyPaddingMask?.unsqueeze(0) ?? null;
    const { attnOutput, attnOutputWeights } = meet(this, projected(this, q, k, v), { ...options, keyPaddingMask });
    return { attnOutput: attnOutput.squeeze(at), attnOutputWeights: attnOutputWeights?.squeeze(0) ?? null };
  }
}

function checkSequences(self: MultiheadAttention, query: Tensor, key: Tensor, value: Tensor): void {
  const name = 'MultiheadAttention';
  const order = self.batchFirst ? '(N, L, E)' : '(L, N, E)';
  if ((query.ndim !== 3 && query.ndim !== 2) || key.ndim !== query.ndim || value.ndim !== query.ndim)
    throw new ShapeError(name, `sequences are ${order}, or all (L, E)`, query.shape, key.shape, value.shape);
  const widths = [query, key, value].map(({ shape }) => shape[shape.length - 1]);
  if (widths[0] !== self.embedDim || widths[1] !== self.kdim || widths[2] !== self.vdim)
    throw new ShapeError(
      name,
      `queries, keys and values have ${self.embedDim}, ${self.kdim} and ${self.vdim} numbers`,
      query.shape,
      key.shape,
      value.shape,
    );
  const [batch, rows] = self.batchFirst ? [0, 1] : [1, 0];
  const together = key.ndim === 2 ? 0 : rows;
  if (key.shape[together] !== value.shape[together] || (query.ndim === 3 && key.shape[batch] !== value.shape[batch]))
    throw new ShapeError(name, 'there must be as many values as keys', key.shape, value.shape);
  if (query.ndim === 3 && query.shape[batch] !== key.shape[batch])
    throw new ShapeError(name, 'queries and keys must have as many sequences', query.shape, key.shape);
}

/** Through the projections that are side by side in one weight, those of one tensor are one product. */
function projected(self: MultiheadAttention, query: Tensor, key: Tensor, value: Tensor): Sources {
  const { embedDim, numHeads, headDim, in_proj_weight: weight, in_proj_bias: bias } = self;
  const asHeads = (rows: Tensor): Tensor => {
    const [a, b, width] = rows.shape;
    const split = rows.view([a, b, width / embedDim, numHeads, headDim]);
    return self.batchFirst ? split : split.transpose(0, 1);
  };
  const rowsOf = (from: Tensor, first: number, count: number): Tensor =>
    from.narrow(0, first * embedDim, count * embedDim);
  const through = (x: Tensor, first: number, count: number): Tensor =>
    asHeads(linear(x, rowsOf(weight as Tensor, first, count), bias && rowsOf(bias, first, count)));
  if (weight === null) {
    const weights = [self.q_proj_weight, self.k_proj_weight, self.v_proj_weight] as Parameter[];
    return [query, key, value].map((x, i) => asHeads(linear(x, weights[i], bias && rowsOf(bias, i, 1))));
  }
  if (key !== value) return [through(query, 0, 1), through(key, 1, 1), through(value, 2, 1)];
  if (query !== key) return [through(query, 0, 1), through(key, 1, 2)];
  return [asHeads(linear(query, weight, bias))];
}

/** With the further keys and values that the options ask for, which need sources of their own. */
function extended(self: MultiheadAttention, sources: Sources): Sources {
  const { bias_k, bias_v, addZeroAttn, numHeads, headDim } = self;
  if (bias_k === null && !addZeroAttn) return sources;
  const parts = sources.flatMap((source) => Array.from({ length: source.shape[2] }, (_, i) => source.narrow(2, i, 1)));
  const one = [parts[0].shape[0], 1, 1, numHeads, headDim];
  const longer = (part: Tensor, learned: Tensor | null): Tensor => {
    const further = learned === null ? [] : [learned.reshape([1, 1, 1, numHeads, headDim]).expand(one)];
    return cat([part, ...further, ...(addZeroAttn ? [part.detach().newZeros(one)] : [])], 1);
  };
  return [parts[0], longer(parts[1], bias_k), longer(parts[2], bias_v)];
}

/** Both masks as one that is added, (N or 1, H or 1, L or 1, S); null when the causal kernel or none is enough. */
function merged(self: MultiheadAttention, call: MultiheadAttentionCall, like: Tensor, l: number, s: number) {
  const { attnMask = null, keyPaddingMask = null, isCausal = false, needWeights = true } = call;
  const name = 'MultiheadAttention';
  if (isCausal && attnMask === null)
    throw new ArgumentError(
      name,
      'isCausal is a promise about attnMask; give the mask of Transformer.generateSquareSubsequentMask too',
    );
  for (const mask of [attnMask, keyPaddingMask])
    if (mask !== null && mask.dtype !== 'bool' && mask.dtype !== like.dtype)
      throw new DTypeError(name, `masks are bool or ${like.dtype}, not ${mask.dtype}`);
  const n = like.shape[0];
  const further = (self.bias_k === null ? 0 : 1) + (self.addZeroAttn ? 1 : 0);
  const own = s - further;
  const ready = (mask: Tensor): Tensor => {
    const numbers = additive(mask, like, false);
    return further === 0 ? numbers : pad(numbers, [0, further]);
  };
  const causal = isCausal && keyPaddingMask === null && !needWeights;
  let mask: Tensor | null = null;
  if (attnMask !== null && !causal) {
    const whole = attnMask.ndim === 2 ? [l, own] : [n * self.numHeads, l, own];
    if (!sameShape(attnMask.shape, whole))
      throw new ShapeError(
        name,
        `attnMask must be [${l}, ${own}] or [${n * self.numHeads}, ${l}, ${own}]`,
        attnMask.shape,
      );
    const numbers = ready(attnMask);
    mask = attnMask.ndim === 2 ? numbers.unsqueeze(0).unsqueeze(0) : numbers.view([n, self.numHeads, l, s]);
  }
  if (keyPaddingMask !== null) {
    if (!sameShape(keyPaddingMask.shape, [n, own]))
      throw new ShapeError(name, `keyPaddingMask must be [${n}, ${own}]`, keyPaddingMask.shape);
    const padding = ready(keyPaddingMask).reshape([n, 1, 1, s]);
    mask = mask === null ? padding : mask.add(padding);
  }
  return { mask, causal };
}

/** The attention itself, and the projection of what it found. */
function meet(self: MultiheadAttention, given: Sources, call: MultiheadAttentionCall): MultiheadAttentionOutput {
  const sources = extended(self, given);
  const [n, l] = sources[0].shape;
  const s = (sources.at(-1) as Tensor).shape[1];
  const { mask, causal } = merged(self, call, sources[0], l, s);
  const p = self.training ? self.dropout : 0;
  const scale = Math.sqrt(1 / self.headDim);
  // Rows first whatever the order of the batch: in memory the result lies as PyTorch's does, which is the order that dropout draws in.
  const project = (found: Tensor): Tensor => {
    const rows = self.out_proj(found.reshape([l, n, self.embedDim]));
    return self.batchFirst ? rows.transpose(0, 1) : rows;
  };
  if (call.needWeights === false) {
    const keep = p === 0 ? null : drawKept([n, self.numHeads, l, s], p);
    const rule = { causal, scale, keepScale: p === 1 ? 0 : 1 / (1 - p), rowsFirst: true };
    if (mask?.requiresGrad && isGradEnabled()) {
      const [q, k, v] = headsOf(sources);
      return {
        attnOutput: project(attendFormula(q, k, v, mask, keep, rule).permute(2, 0, 1, 3)),
        attnOutputWeights: null,
      };
    }
    const [found] = attend(sources, mask === null ? null : maskRows(mask, s), keep, rule);
    return { attnOutput: project(found), attnOutputWeights: null };
  }
  const [q, k, v] = headsOf(sources);
  const scores = q.mul(scale).matmul(k.mT());
  const weights = dropout((mask === null ? scores : scores.add(mask)).softmax(-1), { p });
  return {
    attnOutput: project(weights.matmul(v).permute(2, 0, 1, 3)),
    attnOutputWeights: call.averageAttnWeights === false ? weights : weights.mean(1),
  };
}

/** Queries, keys and values (N, H, L, E). */
const headsOf = (sources: Sources): Tensor[] =>
  sources.flatMap((source) => Array.from({ length: source.shape[2] }, (_, i) => source.select(2, i).transpose(1, 2)));
