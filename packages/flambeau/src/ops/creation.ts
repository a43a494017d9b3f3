import { engine } from '@flambeau/kernels';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import {
  checkDtype,
  type DType,
  dtypes,
  getDefaultDtype,
  inferScalar,
  promoteTypes,
  type TypedArray,
} from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { numelOf, type Shape, shapeOf } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { allocate, fillWith, kernelFor } from './elementwise.js';
import { checkOptions, finish } from './options.js';

/** Numbers in nested arrays of equal lengths: what `tensor` makes a tensor of. */
export type NestedArray = number | boolean | bigint | readonly NestedArray[];

export interface TensorOptions {
  /** Default: as the values suggest, or the default dtype. */
  dtype?: DType;
  /** Default `'cpu'`. */
  device?: 'cpu';
  /** Whether gradients are collected for the tensor. Default false. */
  requiresGrad?: boolean;
}

const TENSOR_OPTIONS = ['dtype', 'device', 'requiresGrad'] as const;

/** Sizes, spread or as an array, with options behind. */
type SizesAndOptions = [shape: Shape, options?: TensorOptions] | number[];

function parse(op: string, args: SizesAndOptions): { shape: Shape; options: TensorOptions | undefined } {
  const last = args[args.length - 1];
  const hasOptions = typeof last === 'object' && !Array.isArray(last);
  const options = hasOptions ? (last as TensorOptions) : undefined;
  checkOptions(op, options, TENSOR_OPTIONS);
  if (options?.dtype !== undefined) checkDtype(op, options.dtype);
  const sizes = (args.length > 0 && last === undefined ? args.slice(0, -1) : hasOptions ? args.slice(0, -1) : args) as (
    | number
    | Shape
  )[];
  return { shape: shapeOf(op, sizes), options };
}

function filled(
  op: string,
  shape: Shape,
  value: number | boolean | bigint,
  options: TensorOptions | undefined,
  dtype: DType,
): Tensor {
  const out = allocate(shape, options?.dtype ?? dtype);
  fillWith(op, out, value);
  return finish(op, out, options);
}

/** A tensor of uninitialised memory: its elements are whatever lay there. */
export function empty(...args: SizesAndOptions): Tensor {
  const { shape, options } = parse('empty', args);
  return finish('empty', allocate(shape, options?.dtype ?? getDefaultDtype()), options);
}

/** A tensor of zeros. @example fl.zeros(2, 3); fl.zeros([2, 3], { dtype: 'int64' }) */
export function zeros(...args: SizesAndOptions): Tensor {
  const { shape, options } = parse('zeros', args);
  return filled('zeros', shape, 0, options, getDefaultDtype());
}

/** A tensor of ones. */
export function ones(...args: SizesAndOptions): Tensor {
  const { shape, options } = parse('ones', args);
  return filled('ones', shape, 1, options, getDefaultDtype());
}

/** A tensor of one value; the dtype follows the value (an integer gives int64). */
export function full(shape: Shape, value: number | boolean | bigint, options?: TensorOptions): Tensor {
  checkOptions('full', options, TENSOR_OPTIONS);
  return filled('full', shapeOf('full', [shape]), value, options, inferScalar(value));
}

/** The identity matrix, n × m (square when m is left out). */
export function eye(n: number, m?: number | TensorOptions, options?: TensorOptions): Tensor {
  const columns = typeof m === 'number' ? m : n;
  const out = zeros(shapeOf('eye', [n, columns]), typeof m === 'object' ? m : options);
  const k = Math.min(n, columns);
  fillWith('eye', out.viewOf({ shape: [k], strides: [columns + 1], offset: 0 }), 1);
  return out;
}

/** The numbers from `start` (0) up to, not including, `end`, `step` (1) apart. Integers unless an argument has a fraction. */
export function arange(
  ...args:
    | [end: number, options?: TensorOptions]
    | [start: number, end: number, options?: TensorOptions]
    | [start: number, end: number, step: number, options?: TensorOptions]
): Tensor {
  const numbers = args.filter((arg): arg is number => typeof arg === 'number');
  const options = args.find((arg): arg is TensorOptions => typeof arg === 'object');
  checkOptions('arange', options, TENSOR_OPTIONS);
  const [start, end, step] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
  if (step === 0 || (end - start) * step < 0)
    throw new ArgumentError('arange', `no steps of ${step} lead from ${start} to ${end}`);
  const dtype = options?.dtype ?? (numbers.every(Number.isInteger) ? 'int64' : getDefaultDtype());
  const out = allocate([Math.ceil((end - start) / step)], dtype);
  kernelFor('arange', engine.kernels.arange, dtype)(placeOf(out), start, step, out.numel);
  return finish('arange', out, options);
}

/** `steps` numbers from `start` to `end`, both included, evenly spaced. */
export function linspace(start: number, end: number, steps: number, options?: TensorOptions): Tensor {
  checkOptions('linspace', options, TENSOR_OPTIONS);
  if (!Number.isInteger(steps) || steps < 0)
    throw new ArgumentError('linspace', `steps is a whole number from 0, not ${steps}`);
  const step = steps > 1 ? (end - start) / (steps - 1) : 0;
  // Counted from both ends, so that the last number is exactly `end`.
  const values = Array.from({ length: steps }, (_, i) =>
    i < steps / 2 ? start + step * i : end - step * (steps - 1 - i),
  );
  return tensor(values, { dtype: getDefaultDtype(), ...options });
}

function shapeOfNested(data: NestedArray): number[] {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0] as NestedArray) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  return shape;
}

/** Writes nested arrays flat, checking that they are a box. Answers the dtype that the values suggest. */
function flattenNested(data: NestedArray, shape: Shape, into: (number | bigint | boolean)[], depth = 0): DType {
  if (!Array.isArray(data)) {
    if (depth !== shape.length)
      throw new ShapeError('tensor', `the arrays have different depths at dimension ${depth}`);
    if (typeof data !== 'number' && typeof data !== 'bigint' && typeof data !== 'boolean')
      throw new ArgumentError(
        'tensor',
        `elements are numbers, bigints or booleans, not ${typeof data} (${String(data)})`,
      );
    into.push(data);
    return inferScalar(data);
  }
  if (depth >= shape.length || data.length !== shape[depth]) {
    throw new ShapeError(
      'tensor',
      `the arrays have different lengths at dimension ${depth}: expected ${shape[depth] ?? 'a number'}, found ${data.length}`,
    );
  }
  let dtype: DType = 'bool';
  for (const item of data) dtype = promoteTypes(dtype, flattenNested(item as NestedArray, shape, into, depth + 1));
  return dtype;
}

/** Writes values into a tensor's memory. int64 takes bigints and whole numbers up to 2⁵³. */
function fillFrom(op: string, out: Tensor, values: ArrayLike<number | bigint | boolean>): void {
  const info = dtypes[out.dtype];
  const array = new info.array(values.length);
  for (let i = 0; i < values.length; i++) array[i] = elementOf(op, values[i], out.dtype) as never;
  engine.write(out.storage.place, array);
}

function elementOf(op: string, value: number | bigint | boolean, dtype: DType): number | bigint {
  if (dtype === 'bool') return Number(value) !== 0 ? 1 : 0;
  if (dtype !== 'int64') return Number(value);
  if (typeof value === 'bigint') return value;
  const whole = Math.trunc(Number(value));
  if (!Number.isSafeInteger(whole))
    throw new RangeError(`${op}: ${String(value)} is no exact int64; pass integers past 2^53 as bigint`);
  return BigInt(whole);
}

/**
 * A tensor of the given numbers: nested arrays, one number, a typed array (1-D), or a copy of a tensor.
 * Integers give int64, fractions the default dtype, booleans bool.
 * @example fl.tensor([[1, 2], [3, 4]], { dtype: 'float32' })
 */
export function tensor(data: NestedArray | TypedArray | Tensor, options?: TensorOptions): Tensor {
  checkOptions('tensor', options, TENSOR_OPTIONS);
  if (options?.dtype !== undefined) checkDtype('tensor', options.dtype);
  if (isTensor(data)) return finish('tensor', data.detach().to(options?.dtype ?? data.dtype, { copy: true }), options);
  if (ArrayBuffer.isView(data)) return fromTypedArray(data as TypedArray, [data.length], options);
  const shape = shapeOfNested(data);
  const flat: (number | bigint | boolean)[] = [];
  const inferred = numelOf(shape) === 0 ? getDefaultDtype() : flattenNested(data, shape, flat);
  const out = allocate(shape, options?.dtype ?? inferred);
  fillFrom('tensor', out, flat);
  return finish('tensor', out, options);
}

const dtypeOfArray = (array: TypedArray): DType => {
  const found = Object.values(dtypes).find((info) => array instanceof info.array);
  if (found === undefined)
    throw new DTypeError(
      'fromTypedArray',
      `no dtype holds a ${array.constructor.name}; convert it to a Float32Array first`,
    );
  return found.name;
};

/** A tensor of the elements of a typed array, copied; the dtype is the array's (Uint8Array: uint8) unless given. */
export function fromTypedArray(array: TypedArray, shape?: Shape, options?: TensorOptions): Tensor {
  checkOptions('fromTypedArray', options, TENSOR_OPTIONS);
  const into = shape ?? [array.length];
  if (numelOf(into) !== array.length)
    throw new ShapeError('fromTypedArray', `${array.length} elements do not fit the shape`, into);
  const native = dtypeOfArray(array);
  const dtype = options?.dtype ?? native;
  const same = dtype === native;
  const out = allocate(into, dtype);
  if (same) engine.write(out.storage.place, array);
  else fillFrom('fromTypedArray', out, array);
  return finish('fromTypedArray', out, options);
}

/** A tensor as it is, or one made of numbers. */
export function asTensor(data: NestedArray | TypedArray | Tensor, options?: TensorOptions): Tensor {
  return isTensor(data) && (options?.dtype === undefined || options.dtype === data.dtype)
    ? data
    : tensor(data, options);
}
