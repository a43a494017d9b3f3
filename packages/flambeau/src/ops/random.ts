import { engine } from '@flambeau/kernels';
import { ArgumentError, inNameOf } from '../errors.js';
import { type DType, getDefaultDtype } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { broadcastShapes, type Shape, shapeOf } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { empty, type TensorOptions } from './creation.js';
import type { GeneratorOptions } from './drawing.js';
import { defaultGenerator } from './generator.js';
import { checkOptions } from './options.js';
import { emptyInOrderOf } from './order.js';

export interface RandomOptions extends TensorOptions, GeneratorOptions {}

const OPTIONS = ['dtype', 'device', 'requiresGrad', 'generator'] as const;

/** Sizes, spread or as an array, with options behind. */
type SizesAndOptions = [shape: Shape, options?: RandomOptions] | (number | RandomOptions | undefined)[];

/** An uninitialised tensor of the sizes asked for, made ready by `fill`. */
function made(
  op: string,
  shape: Shape,
  options: RandomOptions | undefined,
  dtype: DType,
  fill: (out: Tensor) => void,
): Tensor {
  checkOptions(op, options, OPTIONS);
  const { generator: _, requiresGrad = false, ...rest } = options ?? {};
  const out = empty(shapeOf(op, [shape]), { dtype, ...rest });
  inNameOf(op, () => fill(out));
  return requiresGrad ? out.requiresGrad_() : out;
}

function parse(args: SizesAndOptions): { shape: Shape; options: RandomOptions | undefined } {
  const options = args.find((arg) => typeof arg === 'object' && !Array.isArray(arg)) as RandomOptions | undefined;
  const sizes = args.filter((arg) => typeof arg === 'number' || Array.isArray(arg)) as (number | Shape)[];
  return { shape: (sizes.length === 1 && typeof sizes[0] === 'object' ? sizes[0] : sizes) as Shape, options };
}

/** Numbers spread evenly over [0, 1). @example fl.rand(2, 3); fl.rand([2, 3], { generator }) */
export function rand(...args: SizesAndOptions): Tensor {
  const { shape, options } = parse(args);
  return made('rand', shape, options, getDefaultDtype(), (out) => {
    out.uniform_(0, 1, { generator: options?.generator });
  });
}

/** Normally distributed numbers with mean 0 and standard deviation 1. */
export function randn(...args: SizesAndOptions): Tensor {
  const { shape, options } = parse(args);
  return made('randn', shape, options, getDefaultDtype(), (out) => {
    out.normal_(0, 1, { generator: options?.generator });
  });
}

/** Integers from `low` (0) up to, not including, `high`. @example fl.randint(10, [3]); fl.randint(-5, 5, [2, 2]) */
export function randint(
  ...args:
    | [high: number, size: Shape, options?: RandomOptions]
    | [low: number, high: number, size: Shape, options?: RandomOptions]
): Tensor {
  const bounds = args.filter((arg) => typeof arg === 'number');
  const size = args.find((arg) => Array.isArray(arg)) as Shape;
  const options = args.find((arg) => typeof arg === 'object' && !Array.isArray(arg)) as RandomOptions | undefined;
  const [low, high] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  if (!(low < high)) throw new ArgumentError('randint', `there is no integer from ${low} up to ${high}`);
  return made('randint', size, options, 'int64', (out) => {
    out.random_(low, high, { generator: options?.generator });
  });
}

/** The integers from 0 to n − 1 in random order. */
export function randperm(n: number, options?: RandomOptions): Tensor {
  if (!Number.isInteger(n) || n < 0) throw new ArgumentError('randperm', `n is a whole number from 0, not ${n}`);
  const { dtype = 'int64', ...rest } = options ?? {};
  checkOptions('randperm', options, OPTIONS);
  const generator = options?.generator ?? defaultGenerator();
  const order = made('randperm', [n], rest, 'int64', (out) => {
    engine.kernels.randperm.i64(placeOf(out), generator.place, n);
  });
  return order.to(dtype);
}

/** Normally distributed numbers: of one mean and standard deviation in a given size, or one for each element of `mean` or `std`. */
export function normal(
  mean: number | Tensor,
  std: number | Tensor,
  size?: Shape | RandomOptions,
  options?: RandomOptions,
): Tensor {
  const given = (Array.isArray(size) ? options : (size ?? options)) as RandomOptions | undefined;
  const tensors = [mean, std].filter(isTensor);
  const shape = Array.isArray(size)
    ? (size as Shape)
    : tensors.map((tensor) => tensor.shape).reduce<Shape>((a, b) => broadcastShapes('normal', a, b), []);
  if (tensors.length === 0) {
    return made('normal', shape, given, getDefaultDtype(), (out) => {
      out.normal_(mean as number, std as number, { generator: given?.generator });
    });
  }
  const unit = made('normal', shape, given, tensors[0].dtype, (out) => {
    out.normal_(0, 1, { generator: given?.generator });
  });
  return unit.mul(std).add(mean);
}

function madeLike(op: string, self: Tensor, options: RandomOptions | undefined, fill: (out: Tensor) => void): Tensor {
  checkOptions(op, options, OPTIONS);
  const out = emptyInOrderOf(self, options?.dtype);
  inNameOf(op, () => fill(out));
  return options?.requiresGrad ? out.requiresGrad_() : out;
}

/** Numbers spread evenly over [0, 1) in the shape and dtype of a tensor. */
export function randLike(self: Tensor, options?: RandomOptions): Tensor {
  return madeLike('randLike', self, options, (out) => out.uniform_(0, 1, { generator: options?.generator }));
}

/** Normally distributed numbers in the shape and dtype of a tensor. */
export function randnLike(self: Tensor, options?: RandomOptions): Tensor {
  return madeLike('randnLike', self, options, (out) => out.normal_(0, 1, { generator: options?.generator }));
}
