import { engine } from '@flambeau/kernels';
import { Parameter } from '../nn/parameter.js';
import { type DType, dtypes } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { Storage } from '../tensor/storage.js';
import { isTensor, Tensor } from '../tensor/tensor.js';
import { elementBytes, type RecordDType, StorageRecord, TensorRecord } from './records.js';

/**
 * Tensors hold fewer element types than files: half precision is read as float32, which holds every half exactly, and the short
 * integers as int32.
 */
const HELD_AS: Partial<Record<RecordDType, DType>> = {
  float16: 'float32',
  bfloat16: 'float32',
  int16: 'int32',
  int8: 'int32',
};

/** Makes records of tensors for one file: tensors that share memory share a record of it. */
export function recorder(): (value: object) => TensorRecord | null {
  const storages = new Map<Storage, StorageRecord>();
  return (value) => {
    if (!isTensor(value)) return null;
    const place = value.storage.place; // row-major, whatever the order before
    let storage = storages.get(value.storage);
    if (storage === undefined) {
      const bytes = new Uint8Array(value.storage.bytes);
      if (bytes.length > 0) engine.read(place, bytes);
      storage = new StorageRecord(value.dtype, bytes);
      storages.set(value.storage, storage);
    }
    return new TensorRecord(
      storage,
      value.shape,
      value.strides,
      value.offset,
      value.requiresGrad && value.isLeaf,
      value instanceof Parameter,
    );
  };
}

/** A record of one tensor on its own, its elements in row-major order. */
export function packedRecord(tensor: Tensor): TensorRecord {
  const dense = tensor.detach().contiguous();
  const bytes = new Uint8Array(dense.nbytes);
  const place = placeOf(dense);
  if (bytes.length > 0) engine.read(place, bytes);
  return new TensorRecord(new StorageRecord(tensor.dtype, bytes), tensor.shape);
}

/** Makes tensors of one file's records: records that share memory give tensors that do. */
export function tensorMaker(): (record: TensorRecord) => Tensor {
  const storages = new Map<StorageRecord, Storage>();
  return (record) => {
    const dtype = HELD_AS[record.dtype] ?? (record.dtype as DType);
    let storage = storages.get(record.storage);
    if (storage === undefined) {
      const bytes = widened(record.storage);
      storage = new Storage(bytes.length, dtypes[dtype].suffix);
      if (bytes.length > 0) engine.write(storage.place, bytes);
      storages.set(record.storage, storage);
    }
    const tensor = new Tensor(storage, record.shape, record.strides, record.offset, dtype);
    if (record.parameter) return new Parameter(tensor, record.requiresGrad);
    return record.requiresGrad ? tensor.requiresGrad_() : tensor;
  };
}

/** The bytes of a storage in the element type that tensors hold. */
function widened({ dtype, bytes, length }: StorageRecord): Uint8Array {
  const held = HELD_AS[dtype];
  if (held === undefined) return dtype === 'bool' ? bytes.map((byte) => (byte === 0 ? 0 : 1)) : bytes;
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const to = held === 'float32' ? new Float32Array(length) : new Int32Array(length);
  const step = elementBytes[dtype];
  for (let i = 0; i < length; i++) to[i] = readShort(from, i * step, dtype);
  return new Uint8Array(to.buffer);
}

function readShort(view: DataView, at: number, dtype: RecordDType): number {
  if (dtype === 'int8') return view.getInt8(at);
  if (dtype === 'int16') return view.getInt16(at, true);
  const bits = view.getUint16(at, true);
  if (dtype === 'bfloat16') {
    const wide = new DataView(new ArrayBuffer(4));
    wide.setUint32(0, bits * 2 ** 16);
    return wide.getFloat32(0);
  }
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
