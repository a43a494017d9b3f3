import { noGrad } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
import { eye, tensor as tensorOf } from '../ops/creation.js';
import type { Generator } from '../ops/generator.js';
import { emptyLike } from '../ops/like.js';
import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';

/** Fillers of parameters: `nn.init`. All work in place, outside of any graph, and draw PyTorch's random numbers. */

type Nonlinearity = 'linear' | 'conv2d' | 'sigmoid' | 'tanh' | 'relu' | 'leaky_relu' | 'selu';

/** The factor by which a nonlinearity shrinks a signal's spread. */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  switch (nonlinearity) {
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leaky_relu':
      return Math.sqrt(2 / (1 + param ** 2));
    case 'selu':
      return 3 / 4;
    case 'linear':
    case 'conv2d':
    case 'sigmoid':
      return 1;
    default:
      throw new ArgumentError('calculateGain', `unknown nonlinearity '${String(nonlinearity)}'`);
  }
}

/** How many inputs feed an output, and how many outputs an input feeds. */
export function calculateFans(op: string, tensor: Tensor): { fan_in: number; fan_out: number } {
  if (tensor.ndim < 2) throw new ShapeError(op, 'fans are of tensors with at least two dimensions', tensor.shape);
  const field = tensor.shape.slice(2).reduce((a, b) => a * b, 1);
  return { fan_in: tensor.shape[1] * field, fan_out: tensor.shape[0] * field };
}

interface DrawOptions {
  /** The stream to draw from. Default: the default generator. */
  generator?: Generator;
}

/** Uniform numbers from `a` to `b`. */
export function uniform_(tensor: Tensor, a = 0, b = 1, options: DrawOptions = {}): Tensor {
  return noGrad(() => tensor.uniform_(a, b, options));
}

/** Normal numbers. */
export function normal_(tensor: Tensor, mean = 0, std = 1, options: DrawOptions = {}): Tensor {
  return noGrad(() => tensor.normal_(mean, std, options));
}

export function constant_(tensor: Tensor, value: number): Tensor {
  return noGrad(() => tensor.fill_(value));
}

export function ones_(tensor: Tensor): Tensor {
  return constant_(tensor, 1);
}

export function zeros_(tensor: Tensor): Tensor {
  return constant_(tensor, 0);
}

/** The identity matrix. */
export function eye_(tensor: Tensor): Tensor {
  if (tensor.ndim !== 2) throw new ShapeError('eye_', 'only matrices can be the identity', tensor.shape);
  return noGrad(() => tensor.copy_(eye(tensor.shape[0], tensor.shape[1])));
}

export interface XavierOptions extends DrawOptions {
  /** What the spread is multiplied by; see `calculateGain`. Default 1. */
  gain?: number;
}

function xavierStd(op: string, tensor: Tensor, options: XavierOptions): number {
  checkOptions(op, options, ['gain', 'generator']);
  const fans = calculateFans(op, tensor);
  return (options.gain ?? 1) * Math.sqrt(2 / (fans.fan_in + fans.fan_out));
}

/** Glorot & Bengio, 2010, uniform. */
export function xavierUniform_(tensor: Tensor, options: XavierOptions = {}): Tensor {
  const bound = Math.sqrt(3) * xavierStd('xavierUniform_', tensor, options);
  return uniform_(tensor, -bound, bound, { generator: options.generator });
}

/** Glorot & Bengio, 2010, normal. */
export function xavierNormal_(tensor: Tensor, options: XavierOptions = {}): Tensor {
  return normal_(tensor, 0, xavierStd('xavierNormal_', tensor, options), { generator: options.generator });
}

export interface KaimingOptions extends DrawOptions {
  /** Slope of the leaky relu behind the layer. Default 0. */
  a?: number;
  /** Keep the spread of activations (`'fan_in'`, default) or of gradients (`'fan_out'`). */
  mode?: 'fan_in' | 'fan_out';
  /** Default `'leaky_relu'`. */
  nonlinearity?: Nonlinearity;
}

function kaimingStd(op: string, tensor: Tensor, options: KaimingOptions | undefined): number {
  checkOptions(op, options, ['a', 'mode', 'nonlinearity', 'generator']);
  const fans = calculateFans(op, tensor);
  return (
    calculateGain(options?.nonlinearity ?? 'leaky_relu', options?.a ?? 0) / Math.sqrt(fans[options?.mode ?? 'fan_in'])
  );
}

/** He et al., 2015, uniform. */
export function kaimingUniform_(tensor: Tensor, options?: KaimingOptions): Tensor {
  const bound = Math.sqrt(3) * kaimingStd('kaimingUniform_', tensor, options);
  return uniform_(tensor, -bound, bound, { generator: options?.generator });
}

/** He et al., 2015, normal. */
export function kaimingNormal_(tensor: Tensor, options?: KaimingOptions): Tensor {
  return normal_(tensor, 0, kaimingStd('kaimingNormal_', tensor, options), { generator: options?.generator });
}

/**
 * A matrix whose rows (or columns, where there are fewer) stand at right angles to each other and have the length `gain`; dimensions after the
 * first count as one. Saxe et al., 2013.
 */
export function orthogonal_(tensor: Tensor, options: XavierOptions = {}): Tensor {
  checkOptions('orthogonal_', options, ['gain', 'generator']);
  if (tensor.ndim < 2)
    throw new ShapeError('orthogonal_', 'only matrices and larger tensors are orthogonal', tensor.shape);
  if (tensor.numel === 0) return tensor;
  const rows = tensor.shape[0];
  const columns = tensor.numel / rows;
  return noGrad(() => {
    const drawn = emptyLike(tensor.detach()).view([rows, columns]).normal_({ generator: options.generator });
    const tall = rows < columns ? drawn.t() : drawn;
    const frame = orthonormal(tall);
    return tensor.copy_((rows < columns ? frame.t() : frame).reshape(tensor.shape)).mul_(options.gain ?? 1);
  });
}

/** The columns of a tall matrix made orthonormal one after the other (Gram & Schmidt, twice for accuracy): Q of QR with a positive diagonal. */
function orthonormal(matrix: Tensor): Tensor {
  const columns = (matrix.t().to('float64').toArray() as number[][]).map((column) => Float64Array.from(column));
  columns.forEach((column, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < i; k++) {
        const other = columns[k];
        let dot = 0;
        for (let j = 0; j < column.length; j++) dot += column[j] * other[j];
        for (let j = 0; j < column.length; j++) column[j] -= dot * other[j];
      }
    }
    const length = Math.sqrt(column.reduce((sum, x) => sum + x * x, 0));
    for (let j = 0; j < column.length; j++) column[j] /= length;
  });
  return tensorOf(
    columns.map((column) => Array.from(column)),
    { dtype: 'float64' },
  ).t();
}

export interface TruncNormalOptions extends DrawOptions {
  /** Default 0. */
  mean?: number;
  /** Default 1. */
  std?: number;
  /** The least value. Default -2. */
  a?: number;
  /** The greatest value. Default 2. */
  b?: number;
}

/** The share of a normal distribution that lies below x. */
const normalCdf = (x: number): number =>
  (1 +
    tensorOf(x / Math.SQRT2, { dtype: 'float64' })
      .erf()
      .item()) /
  2;

/** Normal numbers from `a` to `b`: those that fall outside are drawn anew. */
export function truncNormal_(tensor: Tensor, options: TruncNormalOptions = {}): Tensor {
  checkOptions('truncNormal_', options, ['mean', 'std', 'a', 'b', 'generator']);
  const { mean = 0, std = 1, a = -2, b = 2, generator } = options;
  if (!(std > 0 && a < b))
    throw new ArgumentError('truncNormal_', `std ${std} must be positive and a ${a} below b ${b}`);
  const share = normalCdf((b - mean) / std) - normalCdf((a - mean) / std);
  const draw = { generator };
  return noGrad(() => {
    if (share > 0.3) {
      const [low, high] = [a, b].map((bound) => (tensor.dtype === 'float32' ? Math.fround(bound) : bound));
      return redraw(
        tensor.normal_(mean, std, draw),
        (values) => values.lt(low).logicalOr(values.gt(high)),
        (fresh) => fresh.normal_(mean, std, draw),
      );
    }
    // Little of the distribution lies inside: even numbers are accepted by their density.
    const peak = -0.5 * ((Math.max(a, Math.min(mean, b)) - mean) / std) ** 2;
    const refused = (values: Tensor): Tensor => {
      const density = values.sub(mean).div(std).square().mul(-0.5).sub(peak);
      return emptyLike(values).uniform_(draw).log().gt(density);
    };
    return redraw(tensor.uniform_(a, b, draw), refused, (fresh) => fresh.uniform_(a, b, draw));
  });
}

/** Replaces the refused values until none is left. */
function redraw(tensor: Tensor, refused: (values: Tensor) => Tensor, draw: (fresh: Tensor) => Tensor): Tensor {
  let mask = refused(tensor.detach());
  while (mask.any().item() !== 0) {
    const fresh = draw(emptyLike(tensor.detach()));
    tensor.copy_(mask.where(fresh, tensor.detach()));
    mask = mask.logicalAnd(refused(fresh));
  }
  return tensor;
}
