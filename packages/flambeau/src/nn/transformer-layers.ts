import { ArgumentError } from '../errors.js';
import { gelu, relu } from '../ops/activation.js';
import { checkOptions } from '../ops/options.js';
import type { DType } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { MultiheadAttention, type MultiheadAttentionCall } from './attention.js';
import { Dropout } from './dropout.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { LayerNorm } from './normalization.js';

/** What stands between the two linear layers. */
export type TransformerActivation = 'relu' | 'gelu' | ((x: Tensor) => Tensor);

export interface TransformerLayerOptions {
  /** The width between the two linear layers. Default 2048. */
  dimFeedforward?: number;
  /** The probability of a 0 in all dropouts. Default 0.1. */
  dropout?: number;
  /** `'relu'`, `'gelu'`, or a function or module. Default `'relu'`. */
  activation?: TransformerActivation;
  /** Default 1e-5. */
  layerNormEps?: number;
  /** Whether sequences are (N, L, E) instead of (L, N, E). Default false. */
  batchFirst?: boolean;
  /** Normalise before each part instead of after it. Default false. */
  normFirst?: boolean;
  /** Whether linear layers and norms have learned offsets. Default true. */
  bias?: boolean;
  /** Default: the default dtype. */
  dtype?: DType;
}

export const layerOptions: readonly string[] = [
  'dimFeedforward',
  'dropout',
  'activation',
  'layerNormEps',
  'batchFirst',
  'normFirst',
  'bias',
  'dtype',
];

/** The function behind a name; a module is taken as it is, and becomes a part of the layer. */
function activationOf(layer: string, activation: TransformerActivation): (x: Tensor) => Tensor {
  if (activation === 'relu') return relu;
  if (activation === 'gelu') return (x) => gelu(x);
  if (typeof activation !== 'function')
    throw new ArgumentError(layer, `activation is 'relu', 'gelu' or a function, not '${String(activation)}'`);
  return activation;
}

/** What the layers share: the two linear layers with the activation between them. */
abstract class TransformerLayer<Args extends readonly unknown[]> extends Module<Args, Tensor> {
  self_attn: MultiheadAttention;
  abstract linear1: Linear;
  abstract dropout: Dropout;
  abstract linear2: Linear;
  abstract activation: (x: Tensor) => Tensor;
  readonly normFirst: boolean;

  constructor(
    readonly dModel: number,
    readonly nhead: number,
    protected readonly options: TransformerLayerOptions,
  ) {
    super();
    checkOptions(this.constructor.name, options, layerOptions);
    this.self_attn = this.attention();
    this.normFirst = options.normFirst ?? false;
  }

  protected chosen(): (x: Tensor) => Tensor {
    return activationOf(this.constructor.name, this.options.activation ?? 'relu');
  }

  protected attention(): MultiheadAttention {
    const { dropout = 0.1, bias, batchFirst, dtype } = this.options;
    return new MultiheadAttention(this.dModel, this.nhead, { dropout, bias, batchFirst, dtype });
  }

  protected norm(): LayerNorm {
    const { layerNormEps: eps, bias, dtype } = this.options;
    return new LayerNorm(this.dModel, { eps, bias, dtype });
  }

  protected widening(): Linear {
    const { dimFeedforward = 2048, bias, dtype } = this.options;
    return new Linear(this.dModel, dimFeedforward, { bias, dtype });
  }

  protected narrowing(): Linear {
    const { dimFeedforward = 2048, bias, dtype } = this.options;
    return new Linear(dimFeedforward, this.dModel, { bias, dtype });
  }

  protected dropping(): Dropout {
    return new Dropout(this.options.dropout ?? 0.1);
  }

  protected feedForward(x: Tensor): Tensor {
    return this.linear2(this.dropout(this.activation(this.linear1(x))));
  }
}

export interface TransformerEncoderLayerCall {
  /** Which pairs of positions do not meet: see `MultiheadAttention`. */
  srcMask?: Tensor | null;
  /** Which positions (N, L) are not looked at. */
  srcKeyPaddingMask?: Tensor | null;
  /** A promise that `srcMask` is the causal mask. Default false. */
  isCausal?: boolean;
}

/**
 * Self-attention and two linear layers, each added to what went in, and normalised: sequences (L, N, dModel), or (N, L, dModel) with `batchFirst`.
 * Vaswani et al., 2017; normalised first: Xiong et al., 2020.
 */
export class TransformerEncoderLayer extends TransformerLayer<[src: Tensor, options?: TransformerEncoderLayerCall]> {
  override linear1 = this.widening();
  override dropout = this.dropping();
  override linear2 = this.narrowing();
  norm1 = this.norm();
  norm2 = this.norm();
  dropout1 = this.dropping();
  dropout2 = this.dropping();
  override activation = this.chosen();

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super(dModel, nhead, options);
  }

  forward(src: Tensor, options: TransformerEncoderLayerCall = {}): Tensor {
    checkOptions('TransformerEncoderLayer', options, ['srcMask', 'srcKeyPaddingMask', 'isCausal']);
    const { srcMask: attnMask, srcKeyPaddingMask: keyPaddingMask, isCausal } = options;
    const masks = { attnMask, keyPaddingMask, isCausal };
    const attended = (x: Tensor): Tensor => this.dropout1(look(this.self_attn, x, x, masks));
    const fed = (x: Tensor): Tensor => this.dropout2(this.feedForward(x));
    if (this.normFirst) {
      const x = src.add(attended(this.norm1(src)));
      return x.add(fed(this.norm2(x)));
    }
    const x = this.norm1(src.add(attended(src)));
    return this.norm2(x.add(fed(x)));
  }
}

export interface TransformerDecoderLayerCall {
  /** Which pairs of positions of the target do not meet. */
  tgtMask?: Tensor | null;
  /** Which pairs of a position of the target and one of the memory do not meet. */
  memoryMask?: Tensor | null;
  /** Which positions of the target (N, L) are not looked at. */
  tgtKeyPaddingMask?: Tensor | null;
  /** Which positions of the memory (N, S) are not looked at. */
  memoryKeyPaddingMask?: Tensor | null;
  /** A promise that `tgtMask` is the causal mask. Default false. */
  tgtIsCausal?: boolean;
  /** A promise that `memoryMask` is the causal mask. Default false. */
  memoryIsCausal?: boolean;
}

export const decoderCall: readonly string[] = [
  'tgtMask',
  'memoryMask',
  'tgtKeyPaddingMask',
  'memoryKeyPaddingMask',
  'tgtIsCausal',
  'memoryIsCausal',
];

/** Self-attention, attention to what an encoder made, and two linear layers. Vaswani et al., 2017. */
export class TransformerDecoderLayer extends TransformerLayer<
  [tgt: Tensor, memory: Tensor, options?: TransformerDecoderLayerCall]
> {
  multihead_attn = this.attention();
  override linear1 = this.widening();
  override dropout = this.dropping();
  override linear2 = this.narrowing();
  norm1 = this.norm();
  norm2 = this.norm();
  norm3 = this.norm();
  dropout1 = this.dropping();
  dropout2 = this.dropping();
  dropout3 = this.dropping();
  override activation = this.chosen();

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super(dModel, nhead, options);
  }

  forward(tgt: Tensor, memory: Tensor, options: TransformerDecoderLayerCall = {}): Tensor {
    checkOptions('TransformerDecoderLayer', options, decoderCall);
    const own = {
      attnMask: options.tgtMask,
      keyPaddingMask: options.tgtKeyPaddingMask,
      isCausal: options.tgtIsCausal,
    };
    const other = {
      attnMask: options.memoryMask,
      keyPaddingMask: options.memoryKeyPaddingMask,
      isCausal: options.memoryIsCausal,
    };
    const attended = (x: Tensor): Tensor => this.dropout1(look(this.self_attn, x, x, own));
    const informed = (x: Tensor): Tensor => this.dropout2(look(this.multihead_attn, x, memory, other));
    const fed = (x: Tensor): Tensor => this.dropout3(this.feedForward(x));
    if (this.normFirst) {
      const x = tgt.add(attended(this.norm1(tgt)));
      const y = x.add(informed(this.norm2(x)));
      return y.add(fed(this.norm3(y)));
    }
    const x = this.norm1(tgt.add(attended(tgt)));
    const y = this.norm2(x.add(informed(x)));
    return this.norm3(y.add(fed(y)));
  }
}

const look = (attention: MultiheadAttention, x: Tensor, at: Tensor, masks: MultiheadAttentionCall): Tensor =>
  attention(x, at, at, { ...masks, needWeights: false }).attnOutput;
