import { DTypeError } from '../errors.js';

/** The element types of tensors. */
export type DType = 'float32' | 'float64' | 'int64' | 'int32' | 'uint8' | 'bool';

/** How kernels call an element type. */
export type Suffix = 'f32' | 'f64' | 'i64' | 'i32' | 'u8' | 'b8';

/** Arrays that hold a tensor's elements when they are read into JavaScript. */
export type TypedArray = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

/** What is to be known of a dtype. */
export interface DTypeInfo {
  readonly name: DType;
  readonly suffix: Suffix;
  readonly bytes: number;
  /** The order of promotion between kinds: bool < integer < floating. */
  readonly kind: 'bool' | 'integer' | 'floating';
  readonly array: {
    new (length: number): TypedArray;
    new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
  };
  /** PyTorch's name of `tensor.type()`. */
  readonly typeName: string;
}

const info = <const Name extends DType>(
  name: Name,
  suffix: Suffix,
  bytes: number,
  kind: DTypeInfo['kind'],
  array: DTypeInfo['array'],
  typeName: string,
): DTypeInfo => ({ name, suffix, bytes, kind, array, typeName });

export const dtypes: Readonly<Record<DType, DTypeInfo>> = {
  float32: info('float32', 'f32', 4, 'floating', Float32Array, 'torch.FloatTensor'),
  float64: info('float64', 'f64', 8, 'floating', Float64Array, 'torch.DoubleTensor'),
  int64: info('int64', 'i64', 8, 'integer', BigInt64Array, 'torch.LongTensor'),
  int32: info('int32', 'i32', 4, 'integer', Int32Array, 'torch.IntTensor'),
  uint8: info('uint8', 'u8', 1, 'integer', Uint8Array, 'torch.ByteTensor'),
  bool: info('bool', 'b8', 1, 'bool', Uint8Array, 'torch.BoolTensor'),
};

export const isFloating = (dtype: DType): boolean => dtype === 'float32' || dtype === 'float64';

/** The dtype that new floating-point tensors get when none is given. */
let defaultFloat: DType = 'float32';

/** The dtype of floating-point tensors that are made without naming one: float32 at the start. */
export function getDefaultDtype(): DType {
  return defaultFloat;
}

/** Sets the dtype of floating-point tensors that are made without naming one. */
export function setDefaultDtype(dtype: DType): void {
  if (!isFloating(dtype))
    throw new DTypeError('setDefaultDtype', `only floating-point dtypes can be the default, not ${dtype}`);
  defaultFloat = dtype;
}

/** Refuses a string that names no dtype. */
export function checkDtype(op: string, dtype: DType): DType {
  if (!Object.hasOwn(dtypes, dtype)) {
    throw new DTypeError(op, `'${String(dtype)}' is no dtype; there are ${Object.keys(dtypes).join(', ')}`);
  }
  return dtype;
}

const rank: Readonly<Record<DType, number>> = { bool: 0, uint8: 1, int32: 2, int64: 3, float32: 4, float64: 5 };

/** The dtype in which two tensors meet (PyTorch's promotion lattice of these dtypes is a chain). */
export function promoteTypes(a: DType, b: DType): DType {
  return rank[a] >= rank[b] ? a : b;
}

/** The dtype of a result that is floating-point whatever its input: integers and booleans become the default dtype. */
export function floating(dtype: DType): DType {
  return isFloating(dtype) ? dtype : defaultFloat;
}

/** A value of JavaScript as a scalar's kind: `true` is a bool, `2` an integer, `0.5` a floating-point number, as are 1e30 and others past 2⁵³. */
function scalarKind(value: number | boolean | bigint): DTypeInfo['kind'] {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? 'integer' : 'floating';
}

/**
 * The dtype of a tensor and a scalar: the tensor's, unless the scalar is of a higher kind.
 * JavaScript does not tell 2 from 2.0, so `int.mul(2.0)` stays integer where Python's would become float.
 */
export function promoteScalar(dtype: DType, value: number | boolean | bigint): DType {
  const kind = scalarKind(value);
  if (kind === 'floating' && !isFloating(dtype)) return defaultFloat;
  if (kind === 'integer' && dtype === 'bool') return 'int64';
  return dtype;
}

/** What `tensor(value)` infers for one JavaScript number. */
export function inferScalar(value: number | boolean | bigint): DType {
  const kind = scalarKind(value);
  return kind === 'floating' ? defaultFloat : kind === 'integer' ? 'int64' : 'bool';
}
