import { FormatError } from '../errors.js';

/** The element types that files carry; more than tensors have. */
export type RecordDType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

/** Bytes of one element. */
export const elementBytes: Readonly<Record<RecordDType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** More dimensions than any tensor has: PyTorch's own limit. */
const MAX_DIMENSIONS = 64;

/** The memory of tensors as a file holds it, little-endian; tensors that share it hold the same object. */
export class StorageRecord {
  readonly dtype: RecordDType;
  readonly byteLength: number;
  readonly #read: () => Uint8Array;

  /** @param read gives the bytes, usually as a window into a file, at any alignment */
  constructor(dtype: RecordDType, byteLength: number, read: () => Uint8Array) {
    this.dtype = dtype;
    this.byteLength = byteLength;
    this.#read = read;
  }

  static of(dtype: RecordDType, bytes: Uint8Array): StorageRecord {
    return new StorageRecord(dtype, bytes.length, () => bytes);
  }

  /** The bytes, fetched anew at each call where they lie in the engine's memory, so that a file is saved storage by storage. */
  bytes(): Uint8Array {
    return this.#read();
  }

  /** How many elements. */
  get length(): number {
    return this.byteLength / elementBytes[this.dtype];
  }
}

/** A tensor as a file describes it: a strided window into a storage, in elements. */
export class TensorRecord {
  readonly storage: StorageRecord;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly requiresGrad: boolean;
  /** It was an `nn.Parameter`. */
  readonly parameter: boolean;

  constructor(
    storage: StorageRecord,
    shape: readonly number[],
    strides: readonly number[] = contiguousStrides(shape),
    offset = 0,
    requiresGrad = false,
    parameter = false,
  ) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.requiresGrad = requiresGrad;
    this.parameter = parameter;
  }

  get dtype(): RecordDType {
    return this.storage.dtype;
  }
}

/** Strides of row-major order, in elements. Dimensions of size 0 count as 1, as in PyTorch. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = step;
    step *= Math.max(shape[d] as number, 1);
  }
  return strides;
}

/** The number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A shape or strides read from a file. */
export function checkSizes(what: string, sizes: unknown): readonly number[] {
  if (!Array.isArray(sizes) || sizes.length > MAX_DIMENSIONS || !sizes.every(isSize)) {
    throw new FormatError(`${what} must be at most ${MAX_DIMENSIONS} integers from 0: the file is damaged`);
  }
  return sizes as readonly number[];
}

/**
 * Checks that every element of a window lies inside a storage of `length` elements.
 * @throws FormatError
 */
export function checkWindow(
  what: string,
  length: number,
  shape: readonly number[],
  strides: readonly number[],
  offset: unknown,
): asserts offset is number {
  if (strides.length !== shape.length || !isSize(offset)) {
    throw new FormatError(
      `${what}: ${shape.length} sizes, ${strides.length} strides and offset ${String(offset)} do not make a tensor: the file is damaged`,
    );
  }
  const count = elementCount(shape);
  let last = offset;
  for (let d = 0; d < shape.length; d++) last += ((shape[d] as number) - 1) * (strides[d] as number);
  const fits = count === 0 || (last < length && Number.isSafeInteger(count));
  if (!fits) {
    throw new FormatError(
      `${what}: shape [${shape.join(', ')}] with strides [${strides.join(', ')}] from element ${offset} reaches past the ${length} elements of its storage: the file is damaged`,
    );
  }
}
