import { engine } from '@flambeau/kernels';
import { Parameter } from '../nn/parameter.js';
import { type DType, dtypes } from '../tensor/dtype.js';
import { Storage } from '../tensor/storage.js';
import { isTensor, Tensor } from '../tensor/tensor.js';
import type { Budget } from './budget.js';
import { type RecordDType, StorageRecord, TensorRecord } from './records.js';
import { HELD_AS, widen } from './widen.js';

/** Elements are converted in blocks of this many, so that nothing is held twice. */
const BLOCK = 1 << 14;

/** Makes records of tensors for one file: tensors that share memory share a record of it. Null for what is no tensor. */
export function recorder(): (value: object) => TensorRecord | null {
  const storages = new Map<Storage, StorageRecord>();
  return (value) => {
    if (!isTensor(value)) return null;
    let storage = storages.get(value.storage);
    if (storage === undefined) {
      storage = new StorageRecord(value.dtype, value.storage.bytes, () => readBytes(value.storage));
      storages.set(value.storage, storage);
    }
    const { shape, strides, offset, requiresGrad } = value;
    return new TensorRecord(storage, shape, strides, offset, requiresGrad, value instanceof Parameter);
  };
}

function readBytes(storage: Storage): Uint8Array {
  const bytes = new Uint8Array(storage.bytes);
  const { place } = storage; // row-major, whatever the order before
  if (bytes.length > 0) engine.read(place, bytes);
  return bytes;
}

/** Makes tensors of one file's records: records that share memory give tensors that do. What they take is counted. */
export function tensorMaker(budget: Budget): (record: TensorRecord) => Tensor {
  const storages = new Map<StorageRecord, Storage>();
  return (record) => {
    const dtype = heldAs(record.dtype);
    let storage = storages.get(record.storage);
    if (storage === undefined) {
      storage = makeStorage(record.storage, dtype, budget);
      storages.set(record.storage, storage);
    }
    const tensor = new Tensor(storage, record.shape, record.strides, record.offset, dtype);
    if (record.parameter) return new Parameter(tensor, record.requiresGrad);
    return record.requiresGrad ? tensor.requiresGrad_() : tensor;
  };
}

function heldAs(dtype: RecordDType): DType {
  return HELD_AS[dtype] ?? (dtype as DType);
}

function makeStorage(record: StorageRecord, dtype: DType, budget: Budget): Storage {
  const step = dtypes[dtype].bytes;
  budget.charge(record.length * step);
  const storage = new Storage(record.length * step, dtypes[dtype].suffix);
  const bytes = record.bytes();
  const { place } = storage;
  if (record.dtype === dtype && dtype !== 'bool') {
    if (bytes.length > 0) engine.write(place, bytes);
    return storage;
  }
  for (let i = 0; i < record.length; i += BLOCK) {
    engine.write(place + i * step, widen(bytes, record.dtype, i, Math.min(BLOCK, record.length - i)));
  }
  return storage;
}
