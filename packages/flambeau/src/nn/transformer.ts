import { ArgumentError, ShapeError } from '../errors.js';
import { additive } from '../ops/attending.js';
import { full } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import { type DType, getDefaultDtype } from '../tensor/dtype.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { ModuleList } from './containers.js';
import { xavierUniform_ } from './init.js';
import { type AnyModule, Module } from './module.js';
import { LayerNorm } from './normalization.js';
import {
  decoderCall,
  layerOptions,
  TransformerDecoderLayer,
  type TransformerDecoderLayerCall,
  TransformerEncoderLayer,
  type TransformerEncoderLayerCall,
  type TransformerLayerOptions,
} from './transformer-layers.js';

/** −∞ above the diagonal, 0 elsewhere. */
function causalMask(size: number, dtype: DType): Tensor {
  return full([size, size], Number.NEGATIVE_INFINITY, { dtype }).triu(1);
}

/** Whether a mask is causal: as promised, or when nothing is said, as it looks. */
function isCausalMask(mask: Tensor | null, said: boolean | null, length: number): boolean {
  if (said !== null || mask === null) return said === true;
  const dtype = mask.dtype === 'bool' ? getDefaultDtype() : mask.dtype;
  const causal = causalMask(length, dtype);
  if (!sameShape(mask.shape, causal.shape)) return false;
  return (
    mask
      .detach()
      .eq(mask.dtype === 'bool' ? causal.ne(0) : causal)
      .all()
      .item() !== 0
  );
}

/** The number of positions of a sequence. */
const lengthOf = (sequence: Tensor, batchFirst: boolean): number =>
  sequence.shape[sequence.ndim === 3 && batchFirst ? 1 : 0];

/** Copies of a layer, all with its initial values, as PyTorch makes them. */
const clones = <Layer extends AnyModule>(layer: Layer, count: number): ModuleList<Layer> =>
  new ModuleList(Array.from({ length: count }, () => layer.deepcopy()));

export interface TransformerEncoderOptions {
  /** A last normalisation. Default: none. */
  norm?: Module | null;
  /** Of no effect, for there are no nested tensors: padded positions are computed like all others. */
  enableNestedTensor?: boolean;
  /** Of no effect, likewise. */
  maskCheck?: boolean;
}

export interface TransformerEncoderCall {
  /** Which pairs of positions do not meet: see `MultiheadAttention`. */
  mask?: Tensor | null;
  /** Which positions (N, L) are not looked at. */
  srcKeyPaddingMask?: Tensor | null;
  /** Whether `mask` is the causal mask. Default: it is looked at. */
  isCausal?: boolean | null;
}

type EncoderLayer = Module<[src: Tensor, options?: TransformerEncoderLayerCall], Tensor>;

/**
 * Layers one after the other, copies of the one given.
 * @example new nn.TransformerEncoder(new nn.TransformerEncoderLayer(256, 8, { batchFirst: true }), 4)
 */
export class TransformerEncoder<Layer extends EncoderLayer = TransformerEncoderLayer> extends Module<
  [src: Tensor, options?: TransformerEncoderCall],
  Tensor
> {
  layers: ModuleList<Layer>;
  norm: Module | null;

  constructor(
    encoderLayer: Layer,
    readonly numLayers: number,
    options: TransformerEncoderOptions = {},
  ) {
    super();
    checkOptions('TransformerEncoder', options, ['norm', 'enableNestedTensor', 'maskCheck']);
    this.layers = clones(encoderLayer, numLayers);
    this.norm = options.norm ?? null;
  }

  forward(src: Tensor, options: TransformerEncoderCall = {}): Tensor {
    checkOptions('TransformerEncoder', options, ['mask', 'srcKeyPaddingMask', 'isCausal']);
    const numbers = (mask: Tensor | null | undefined): Tensor | null => (mask ? additive(mask, src, false) : null);
    const [srcMask, srcKeyPaddingMask] = [numbers(options.mask), numbers(options.srcKeyPaddingMask)];
    const isCausal = isCausalMask(srcMask, options.isCausal ?? null, lengthOf(src, batchFirstOf(this.layers)));
    let x = src;
    for (const layer of this.layers) x = layer(x, { srcMask, srcKeyPaddingMask, isCausal });
    return this.norm === null ? x : this.norm(x);
  }
}

/** How the sequences of the first layer lie. */
function batchFirstOf(layers: ModuleList<AnyModule>): boolean {
  for (const layer of layers)
    return layer instanceof TransformerEncoderLayer || layer instanceof TransformerDecoderLayer
      ? layer.self_attn.batchFirst
      : false;
  return false;
}

export interface TransformerDecoderCall extends Omit<TransformerDecoderLayerCall, 'tgtIsCausal'> {
  /** Whether `tgtMask` is the causal mask. Default: it is looked at. */
  tgtIsCausal?: boolean | null;
}

type DecoderLayer = Module<[tgt: Tensor, memory: Tensor, options?: TransformerDecoderLayerCall], Tensor>;

/** Layers one after the other, copies of the one given; all look at the same memory. */
export class TransformerDecoder<Layer extends DecoderLayer = TransformerDecoderLayer> extends Module<
  [tgt: Tensor, memory: Tensor, options?: TransformerDecoderCall],
  Tensor
> {
  layers: ModuleList<Layer>;
  norm: Module | null;

  constructor(
    decoderLayer: Layer,
    readonly numLayers: number,
    options: { norm?: Module | null } = {},
  ) {
    super();
    checkOptions('TransformerDecoder', options, ['norm']);
    this.layers = clones(decoderLayer, numLayers);
    this.norm = options.norm ?? null;
  }

  forward(tgt: Tensor, memory: Tensor, options: TransformerDecoderCall = {}): Tensor {
    checkOptions('TransformerDecoder', options, decoderCall);
    const length = lengthOf(tgt, batchFirstOf(this.layers));
    const tgtIsCausal = isCausalMask(options.tgtMask ?? null, options.tgtIsCausal ?? null, length);
    let x = tgt;
    for (const layer of this.layers) x = layer(x, memory, { ...options, tgtIsCausal });
    return this.norm === null ? x : this.norm(x);
  }
}

export interface TransformerOptions extends TransformerLayerOptions {
  /** Numbers at each position. Default 512. */
  dModel?: number;
  /** Heads of each attention. Default 8. */
  nhead?: number;
  /** Default 6. */
  numEncoderLayers?: number;
  /** Default 6. */
  numDecoderLayers?: number;
  /** Takes the place of the encoder. */
  customEncoder?: TransformerEncoder | null;
  /** Takes the place of the decoder. */
  customDecoder?: TransformerDecoder | null;
}

export interface TransformerCall extends TransformerDecoderCall {
  /** Which pairs of positions of the source do not meet. */
  srcMask?: Tensor | null;
  /** Which positions of the source (N, S) are not looked at by the encoder. */
  srcKeyPaddingMask?: Tensor | null;
  /** Whether `srcMask` is the causal mask. Default: it is looked at. */
  srcIsCausal?: boolean | null;
}

/**
 * An encoder and a decoder: sources (S, N, dModel) and targets (T, N, dModel), or N first with `batchFirst`, give (T, N, dModel). Vaswani et al., 2017.
 * @example
 * const model = new nn.Transformer({ dModel: 64, nhead: 4, numEncoderLayers: 2, numDecoderLayers: 2 });
 * const out = model(src, tgt, { tgtMask: nn.Transformer.generateSquareSubsequentMask(tgt.shape[0]) });
 */
export class Transformer extends Module<[src: Tensor, tgt: Tensor, options?: TransformerCall], Tensor> {
  encoder: TransformerEncoder;
  decoder: TransformerDecoder;
  readonly dModel: number;
  readonly nhead: number;
  readonly batchFirst: boolean;

  constructor(options: TransformerOptions = {}) {
    super();
    const own = ['dModel', 'nhead', 'numEncoderLayers', 'numDecoderLayers', 'customEncoder', 'customDecoder'];
    checkOptions('Transformer', options, [...own, ...layerOptions]);
    const {
      dModel = 512,
      nhead = 8,
      numEncoderLayers = 6,
      numDecoderLayers = 6,
      customEncoder,
      customDecoder,
      ...layer
    } = options;
    const { layerNormEps: eps, bias, dtype } = layer;
    const norm = (): LayerNorm => new LayerNorm(dModel, { eps, bias, dtype });
    this.encoder =
      customEncoder ??
      new TransformerEncoder(new TransformerEncoderLayer(dModel, nhead, layer), numEncoderLayers, { norm: norm() });
    this.decoder =
      customDecoder ??
      new TransformerDecoder(new TransformerDecoderLayer(dModel, nhead, layer), numDecoderLayers, { norm: norm() });
    this.dModel = dModel;
    this.nhead = nhead;
    this.batchFirst = layer.batchFirst ?? false;
    this.resetParameters();
  }

  /** The mask that lets position i see 0 to i: −∞ above the diagonal, 0 elsewhere. */
  static generateSquareSubsequentMask(size: number, options: { dtype?: DType } = {}): Tensor {
    checkOptions('generateSquareSubsequentMask', options, ['dtype']);
    return causalMask(size, options.dtype ?? getDefaultDtype());
  }

  resetParameters(): void {
    for (const parameter of this.parameters()) if (parameter.ndim > 1) xavierUniform_(parameter);
  }

  forward(src: Tensor, tgt: Tensor, options: TransformerCall = {}): Tensor {
    checkOptions('Transformer', options, ['srcMask', 'srcKeyPaddingMask', 'srcIsCausal', ...decoderCall]);
    const { srcMask: mask, srcKeyPaddingMask, srcIsCausal: isCausal, ...rest } = options;
    const batch = this.batchFirst ? 0 : 1;
    if (src.ndim === 3 && src.shape[batch] !== tgt.shape[batch])
      throw new ShapeError('Transformer', 'there must be as many targets as sources', src.shape, tgt.shape);
    if (src.shape[src.ndim - 1] !== this.dModel || tgt.shape[tgt.ndim - 1] !== this.dModel)
      throw new ArgumentError('Transformer', `sources and targets have ${this.dModel} numbers at each position`);
    return this.decoder(tgt, this.encoder(src, { mask, srcKeyPaddingMask, isCausal }), rest);
  }
}
