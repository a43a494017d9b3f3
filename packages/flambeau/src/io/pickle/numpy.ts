import { FormatError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { checkSizes, elementBytes, elementCount, type RecordDType, StorageRecord, TensorRecord } from '../records.js';
import { swapBytes } from '../swap.js';
import { encodeText, quote } from '../text.js';
import { globalsFrom } from './builtins.js';
import { type BuildContext, PickleGlobal, Stateful } from './values.js';

/** NumPy's codes of the element types that Flambeau reads. */
const CODES: Readonly<Record<string, RecordDType>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  b1: 'bool',
};

const damaged = (what: string): never => {
  throw new FormatError(`pickle: a NumPy ${what} is not as NumPy writes it: the file is damaged`);
};

/** `numpy.dtype`: a code such as `f4`, then a state with the byte order. */
class NumpyDType extends Stateful {
  readonly #code: string;
  #bigEndian = false;

  constructor(code: string) {
    super();
    this.#code = code;
  }

  setState(state: unknown): void {
    const order: unknown = Array.isArray(state) ? state[1] : damaged('dtype');
    this.#bigEndian = order === '>';
  }

  get dtype(): RecordDType {
    const code = this.#code.replace(/^[<>=|]/, '');
    if (!Object.hasOwn(CODES, code)) {
      throw new FormatError(
        `pickle: NumPy arrays of type ${quote(code)} cannot be read (only ${Object.keys(CODES).join(', ')}): convert with .astype in Python`,
      );
    }
    return CODES[code] as RecordDType;
  }

  /** Elements as little-endian bytes. */
  littleEndian(data: Uint8Array, budget: Budget): Uint8Array {
    return this.#bigEndian ? swapBytes(data, elementBytes[this.dtype], budget) : data;
  }
}

/** `numpy.ndarray`: made empty, then given shape, type and data. */
export class NumpyArray extends Stateful {
  #parts: { shape: readonly number[]; type: NumpyDType; columnMajor: boolean; data: Uint8Array } | null = null;

  setState(state: unknown): void {
    if (!Array.isArray(state) || state.length < 4) damaged('array');
    const [shape, type, columnMajor, data] = (state as unknown[]).slice(-4);
    if (!(type instanceof NumpyDType)) {
      damaged('array');
      return;
    }
    if (Array.isArray(data))
      throw new FormatError('pickle: NumPy arrays of Python objects cannot be read: convert to numbers in Python');
    this.#parts = {
      shape: checkSizes('pickle: a NumPy shape', shape),
      type,
      columnMajor: columnMajor === true || columnMajor === 1,
      data: bytesOf(data),
    };
  }

  /** The array as a tensor; its memory is the pickle's own where the byte order fits. */
  toRecord(budget: Budget): TensorRecord {
    if (this.#parts === null) return damaged('array');
    const { shape, type, columnMajor, data } = this.#parts;
    const { dtype } = type;
    if (elementCount(shape) * elementBytes[dtype] !== data.length) {
      throw new FormatError(
        `pickle: a NumPy array of shape [${shape.join(', ')}] and type ${dtype} has ${data.length} bytes of data: the file is damaged`,
      );
    }
    const storage = StorageRecord.of(dtype, type.littleEndian(data, budget));
    return new TensorRecord(storage, shape, columnMajor ? columnMajorStrides(shape) : undefined);
  }
}

function columnMajorStrides(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((size) => {
    const stride = step;
    step *= Math.max(size, 1);
    return stride;
  });
}

/** Data of Python 2 may have been taken for text; its UTF-8 is what stood in the file. */
function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return (typeof data === 'string' ? encodeText(data) : null) ?? damaged('array');
}

const SCALARS: Readonly<Record<RecordDType, (view: DataView) => unknown>> = {
  float16: () => damaged('scalar'),
  bfloat16: () => damaged('scalar'),
  float32: (view) => view.getFloat32(0, true),
  float64: (view) => view.getFloat64(0, true),
  int8: (view) => view.getInt8(0),
  int16: (view) => view.getInt16(0, true),
  int32: (view) => view.getInt32(0, true),
  int64: (view) => view.getBigInt64(0, true),
  uint8: (view) => view.getUint8(0),
  bool: (view) => view.getUint8(0) !== 0,
};

/** A NumPy scalar becomes the number that it holds. */
function makeScalar(_name: string, [type, data]: readonly unknown[], { budget }: BuildContext): unknown {
  if (!(type instanceof NumpyDType)) return damaged('scalar');
  const bytes = type.littleEndian(bytesOf(data), budget);
  if (bytes.length !== elementBytes[type.dtype]) return damaged('scalar');
  const value = SCALARS[type.dtype](new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Protocol 5 hands the buffer over first. */
function fromBuffer(_name: string, [data, type, shape, order]: readonly unknown[]): NumpyArray {
  const array = new NumpyArray();
  array.setState([shape, type, order === 'F', data]);
  return array;
}

/** What pickles of NumPy arrays name. */
export const numpyGlobals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['numpy.ndarray', new PickleGlobal('numpy.ndarray')],
  ...globalsFrom({
    'numpy.dtype': (_name, [code]) => (typeof code === 'string' ? new NumpyDType(code) : damaged('dtype')),
    'numpy._core.multiarray._reconstruct': () => new NumpyArray(),
    'numpy._core.multiarray.scalar': makeScalar,
    'numpy._core.numeric._frombuffer': fromBuffer,
  }),
]);
