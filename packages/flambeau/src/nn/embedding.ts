import { noGrad } from '../autograd/modes.js';
import { ShapeError } from '../errors.js';
import { empty } from '../ops/creation.js';
import { type EmbeddingBagOptions, embedding, embeddingBag } from '../ops/embedding.js';
import { checkOptions } from '../ops/options.js';
import { paddingRow, type TableOptions } from '../ops/table.js';
import type { DType } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { normal_ } from './init.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { asFloat, options as repr } from './repr.js';

export interface EmbeddingLayerOptions extends TableOptions {
  /** Default: the default dtype. */
  dtype?: DType;
}

export interface EmbeddingBagLayerOptions extends EmbeddingLayerOptions {
  /** How the rows of a bag become one. Default `'mean'`. */
  mode?: 'sum' | 'mean' | 'max';
  /** The last offset is the end of the last bag. Default false. */
  includeLastOffset?: boolean;
}

/** Whether the rows of `fromPretrained` stay as they are. Default true. */
interface Freeze {
  freeze?: boolean;
}

const TABLE = ['paddingIdx', 'maxNorm', 'normType', 'scaleGradByFreq', 'sparse'] as const;

/** What both kinds of table share. The rows are normally distributed, the padding row is zero. */
abstract class Table<Args extends readonly unknown[]> extends Module<Args, Tensor> {
  weight: Parameter;
  readonly paddingIdx: number | null;
  readonly maxNorm: number | null;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;

  constructor(
    readonly numEmbeddings: number,
    readonly embeddingDim: number,
    options: EmbeddingLayerOptions,
    pretrained?: Parameter,
  ) {
    super();
    const padding = paddingRow(this.constructor.name, options.paddingIdx ?? null, numEmbeddings);
    this.paddingIdx = padding < 0 ? null : padding;
    this.maxNorm = options.maxNorm ?? null;
    this.normType = options.normType ?? 2;
    this.scaleGradByFreq = options.scaleGradByFreq ?? false;
    this.weight = pretrained ?? new Parameter(empty([numEmbeddings, embeddingDim], { dtype: options.dtype }));
    if (pretrained === undefined) this.resetParameters();
  }

  resetParameters(): void {
    normal_(this.weight);
    const padding = this.paddingIdx;
    if (padding !== null) noGrad(() => this.weight.select(0, padding).zero_());
  }

  /** @internal */
  protected get tableOptions(): TableOptions {
    const { paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return { paddingIdx, maxNorm, normType, scaleGradByFreq };
  }

  /** @internal */
  protected normRepr(): Record<string, unknown> {
    const { maxNorm, normType, scaleGradByFreq } = this;
    return {
      ...(maxNorm === null ? {} : { max_norm: asFloat(maxNorm) }),
      ...(normType === 2 ? {} : { norm_type: asFloat(normType) }),
      ...(scaleGradByFreq ? { scale_grad_by_freq: true } : {}),
    };
  }
}

/**
 * A table of vectors that are learned, one for each of `numEmbeddings` numbers. In: (…) of int64 or int32. Out: (…, embeddingDim).
 * @example new nn.Embedding(10000, 128, { paddingIdx: 0 })
 */
export class Embedding extends Table<[Tensor]> {
  /** @internal `pretrained`: for `fromPretrained` */
  constructor(
    numEmbeddings: number,
    embeddingDim: number,
    options: EmbeddingLayerOptions = {},
    pretrained?: Parameter,
  ) {
    super(numEmbeddings, embeddingDim, options, pretrained);
    checkOptions('Embedding', options, [...TABLE, 'dtype']);
  }

  /** A table of given vectors (rows, size), whose memory it shares; they are not learned unless `freeze` is false. */
  static fromPretrained(embeddings: Tensor, options: TableOptions & Freeze = {}): Embedding {
    checkOptions('fromPretrained', options, [...TABLE, 'freeze']);
    const { freeze = true, ...rest } = options;
    return new Embedding(...sizesOf(embeddings), rest, new Parameter(embeddings.detach(), !freeze));
  }

  forward(input: Tensor): Tensor {
    return embedding(input, this.weight, this.tableOptions);
  }

  override extraRepr(): string {
    const { paddingIdx } = this;
    const extra = { ...(paddingIdx === null ? {} : { padding_idx: paddingIdx }), ...this.normRepr() };
    return [`${this.numEmbeddings}, ${this.embeddingDim}`, repr(extra)].filter((part) => part !== '').join(', ');
  }
}

/**
 * Sums, means or maxima of bags of vectors of a table, without the vectors between. In: (bags, n), or (n) with the offset of each
 * bag. Out: (bags, embeddingDim).
 * @example
 * const bag = new nn.EmbeddingBag(10000, 128, { mode: 'sum' });
 * bag(fl.tensor([4, 2, 7]), fl.tensor([0, 2])); // two bags: 4 and 2, and 7
 */
export class EmbeddingBag extends Table<[Tensor, offsets?: Tensor | null, perSampleWeights?: Tensor | null]> {
  readonly mode: NonNullable<EmbeddingBagOptions['mode']>;
  readonly includeLastOffset: boolean;

  /** @internal `pretrained`: for `fromPretrained` */
  constructor(
    numEmbeddings: number,
    embeddingDim: number,
    options: EmbeddingBagLayerOptions = {},
    pretrained?: Parameter,
  ) {
    super(numEmbeddings, embeddingDim, options, pretrained);
    checkOptions('EmbeddingBag', options, [...TABLE, 'mode', 'includeLastOffset', 'dtype']);
    this.mode = options.mode ?? 'mean';
    this.includeLastOffset = options.includeLastOffset ?? false;
  }

  /** A table of given vectors (rows, size), whose memory it shares; they are not learned unless `freeze` is false. */
  static fromPretrained(
    embeddings: Tensor,
    options: Omit<EmbeddingBagLayerOptions, 'dtype'> & Freeze = {},
  ): EmbeddingBag {
    checkOptions('fromPretrained', options, [...TABLE, 'mode', 'includeLastOffset', 'freeze']);
    const { freeze = true, ...rest } = options;
    return new EmbeddingBag(...sizesOf(embeddings), rest, new Parameter(embeddings.detach(), !freeze));
  }

  forward(input: Tensor, offsets: Tensor | null = null, perSampleWeights: Tensor | null = null): Tensor {
    const { mode, includeLastOffset } = this;
    return embeddingBag(input, this.weight, {
      ...this.tableOptions,
      mode,
      includeLastOffset,
      offsets,
      perSampleWeights,
    });
  }

  override extraRepr(): string {
    const { mode, paddingIdx } = this;
    const extra = { ...this.normRepr(), mode, ...(paddingIdx === null ? {} : { padding_idx: paddingIdx }) };
    return `${this.numEmbeddings}, ${this.embeddingDim}, ${repr(extra)}`;
  }
}

function sizesOf(embeddings: Tensor): [number, number] {
  if (embeddings.ndim !== 2)
    throw new ShapeError('fromPretrained', 'the vectors must be (rows, size)', embeddings.shape);
  return [embeddings.shape[0], embeddings.shape[1]];
}
