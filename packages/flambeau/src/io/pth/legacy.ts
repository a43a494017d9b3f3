import { FormatError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { finish, type TensorMaker } from '../finish.js';
import { type PickleOptions, readPickle } from '../pickle/read.js';
import { isTuple } from '../pickle/values.js';
import { elementBytes, StorageRecord } from '../records.js';
import { quote } from '../text.js';
import { findGlobal, StorageWindow } from './globals.js';
import { parseStorageId, type StorageId } from './read.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const DAMAGED = 'the file is damaged or cut off';

/** How a legacy file begins: a pickle of protocol 2 that holds the magic number. */
export function isLegacy(bytes: Uint8Array): boolean {
  const start = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
  return start.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads a file of `torch.save` before PyTorch 1.6: five pickles one after the other (magic number, version, machine, object, keys of the
 * storages), then the storages in the order of their keys, each with its length in front.
 * @throws FormatError
 */
export function readLegacyPth(bytes: Uint8Array, tensor: TensorMaker, budget: Budget): unknown {
  const storages = new LegacyStorages();
  const options: PickleOptions = { budget, findGlobal, persistentLoad: (id) => storages.announce(id) };
  let at = 0;
  const next = (): unknown => {
    const { value, end } = readPickle(bytes, at, options);
    at = end;
    return value;
  };
  if (next() !== MAGIC || next() !== PROTOCOL)
    throw new FormatError(`.pth: the file does not begin as PyTorch's legacy format does: ${DAMAGED}`);
  const machine = next();
  if (machine instanceof Map && machine.get('little_endian') === false) {
    throw new FormatError(
      '.pth: the file was written on a big-endian machine: load and save it again with a PyTorch from 1.6 on',
    );
  }
  const root = next();
  const keys = next();
  storages.fill(bytes, at, keys);
  return finish(root, tensor, budget);
}

interface Announced {
  readonly id: StorageId;
  readonly storage: StorageRecord;
  /** Null until the data are reached. */
  bytes: Uint8Array | null;
}

function announced(id: StorageId): Announced {
  const size = id.length * elementBytes[id.dtype];
  const storage = new StorageRecord(id.dtype, size, () => made.bytes ?? new Uint8Array());
  const made: Announced = { id, storage, bytes: null };
  return made;
}

/** Storages that the object's pickle names before their data come. */
class LegacyStorages {
  readonly #announced = new Map<string, Announced>();

  announce(value: unknown): StorageWindow {
    const id = parseStorageId(value);
    let known = this.#announced.get(id.key);
    if (known === undefined) {
      known = announced(id);
      this.#announced.set(id.key, known);
    } else if (known.id.dtype !== id.dtype || known.id.length !== id.length) {
      throw new FormatError(`.pth: storage ${quote(id.key)} is described in two ways: ${DAMAGED}`);
    }
    return viewOf(known.storage, id);
  }

  /** Gives every storage its window into the file. */
  fill(bytes: Uint8Array, start: number, keys: unknown): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    for (const key of Array.isArray(keys) ? keys : []) {
      const known = this.#announced.get(key as string);
      if (known === undefined || known.bytes !== null)
        throw new FormatError(
          `.pth: the list of storages names ${quote(String(key))}, which no tensor has, or twice: ${DAMAGED}`,
        );
      const { length, dtype } = known.id;
      const end = at + 8 + length * elementBytes[dtype];
      if (!(end <= bytes.length) || view.getBigInt64(at, true) !== BigInt(length)) {
        throw new FormatError(
          `.pth: storage ${quote(known.id.key)} of ${length} ${dtype} elements does not stand at ${at}: ${DAMAGED}`,
        );
      }
      known.bytes = bytes.subarray(at + 8, end);
      at = end;
    }
    for (const [key, known] of this.#announced) {
      if (known.bytes === null) throw new FormatError(`.pth: the data of storage ${quote(key)} is missing: ${DAMAGED}`);
    }
  }
}

/** Very old files also name windows into storages, as (key, first element, elements). */
function viewOf(storage: StorageRecord, { key, length, view }: StorageId): StorageWindow {
  if (view === null || view === undefined) return new StorageWindow(storage, 0, length);
  const [, offset, size] = (isTuple(view) ? view : []) as readonly number[];
  const fits =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(size) &&
    offset! >= 0 &&
    size! >= 0 &&
    offset! + size! <= length;
  if (!fits)
    throw new FormatError(
      `.pth: a window into storage ${quote(key)} of ${length} elements reaches past it: ${DAMAGED}`,
    );
  return new StorageWindow(storage, offset as number, size as number);
}
