import { noGrad } from '../autograd/modes.js';
import { ArgumentError, ShapeError } from '../errors.js';
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
export function calculateFans(op: string, tensor: Tensor): { fanIn: number; fanOut: number } {
  if (tensor.ndim < 2) throw new ShapeError(op, 'fans are of tensors with at least two dimensions', tensor.shape);
  const field = tensor.shape.slice(2).reduce((a, b) => a * b, 1);
  return { fanIn: tensor.shape[1] * field, fanOut: tensor.shape[0] * field };
}

/** Uniform numbers from `a` to `b`. */
export function uniform_(tensor: Tensor, a = 0, b = 1): Tensor {
  return noGrad(() => tensor.uniform_(a, b));
}

/** Normal numbers. */
export function normal_(tensor: Tensor, mean = 0, std = 1): Tensor {
  return noGrad(() => tensor.normal_(mean, std));
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

/** Glorot & Bengio, 2010, uniform. */
export function xavierUniform_(tensor: Tensor, gain = 1): Tensor {
  const { fanIn, fanOut } = calculateFans('xavierUniform_', tensor);
  const bound = Math.sqrt(3) * gain * Math.sqrt(2 / (fanIn + fanOut));
  return uniform_(tensor, -bound, bound);
}

/** Glorot & Bengio, 2010, normal. */
export function xavierNormal_(tensor: Tensor, gain = 1): Tensor {
  const { fanIn, fanOut } = calculateFans('xavierNormal_', tensor);
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fanIn + fanOut)));
}

export interface KaimingOptions {
  /** Slope of the leaky relu behind the layer. Default 0. */
  a?: number;
  /** Keep the spread of activations (`'fanIn'`, default) or of gradients (`'fanOut'`). */
  mode?: 'fanIn' | 'fanOut';
  /** Default `'leaky_relu'`. */
  nonlinearity?: Nonlinearity;
}

function kaimingStd(op: string, tensor: Tensor, options: KaimingOptions | undefined): number {
  checkOptions(op, options, ['a', 'mode', 'nonlinearity']);
  const fans = calculateFans(op, tensor);
  return (
    calculateGain(options?.nonlinearity ?? 'leaky_relu', options?.a ?? 0) / Math.sqrt(fans[options?.mode ?? 'fanIn'])
  );
}

/** He et al., 2015, uniform. */
export function kaimingUniform_(tensor: Tensor, options?: KaimingOptions): Tensor {
  const bound = Math.sqrt(3) * kaimingStd('kaimingUniform_', tensor, options);
  return uniform_(tensor, -bound, bound);
}

/** He et al., 2015, normal. */
export function kaimingNormal_(tensor: Tensor, options?: KaimingOptions): Tensor {
  return normal_(tensor, 0, kaimingStd('kaimingNormal_', tensor, options));
}
