import { FormatError } from '../../errors.js';
import type { Budget } from '../budget.js';
import { finish, type TensorMaker } from '../finish.js';
import { readPickle } from '../pickle/read.js';
import { isTuple } from '../pickle/values.js';
import { elementBytes, type RecordDType, StorageRecord } from '../records.js';
import { swapBytes } from '../swap.js';
import { decodeText, quote } from '../text.js';
import { ZipArchive } from '../zip/read.js';
import { findGlobal, StorageClass, StorageWindow } from './globals.js';

/** The newest format that PyTorch writes; the number has not changed since 2021. */
const MAX_VERSION = 10;

/** Reads a `.pth` file of PyTorch 1.6 and later: a zip archive of one pickle and one file for each storage. @throws FormatError */
export function readPth(bytes: Uint8Array, tensor: TensorMaker, budget: Budget): unknown {
  const archive = new ZipArchive(bytes);
  const folder = folderOf(archive);
  checkKind(archive, folder);
  const storages = new Storages(archive, folder, budget);
  const { value } = readPickle(archive.read(`${folder}/data.pkl`), 0, {
    budget,
    findGlobal,
    persistentLoad: (id) => storages.load(id),
  });
  return finish(value, tensor, budget);
}

/** All entries lie in one folder, which bears the name that the file had when it was saved. */
function folderOf(archive: ZipArchive): string {
  const name = archive.names[0] ?? '';
  return name.slice(0, Math.max(name.indexOf('/'), 0));
}

function checkKind(archive: ZipArchive, folder: string): void {
  if (archive.has(`${folder}/constants.pkl`)) {
    throw new FormatError(
      '.pth: the file is a TorchScript program, not data: save its numbers in Python with torch.save(module.state_dict(), path)',
    );
  }
  if (!archive.has(`${folder}/data.pkl`))
    throw new FormatError('.pth: the archive holds no data.pkl: it was not written by torch.save');
  if (!archive.has(`${folder}/version`)) return;
  const version = decodeText(archive.read(`${folder}/version`))?.trim() ?? '';
  if (!/^\d{1,3}$/.test(version) || Number(version) > MAX_VERSION) {
    throw new FormatError(
      `.pth: format version ${quote(version)} is unknown (at most ${MAX_VERSION}): the file is damaged or newer than this reader`,
    );
  }
}

/** The storages of an archive by key, each read once. */
class Storages {
  readonly #archive: ZipArchive;
  readonly #folder: string;
  readonly #budget: Budget;
  readonly #bigEndian: boolean;
  readonly #loaded = new Map<string, StorageRecord>();

  constructor(archive: ZipArchive, folder: string, budget: Budget) {
    this.#archive = archive;
    this.#folder = folder;
    this.#budget = budget;
    const order = archive.has(`${folder}/byteorder`) ? decodeText(archive.read(`${folder}/byteorder`)) : 'little';
    if (order !== 'little' && order !== 'big')
      throw new FormatError(`.pth: byte order ${quote(String(order))} is unknown (little, big): the file is damaged`);
    this.#bigEndian = order === 'big';
  }

  load(id: unknown): StorageWindow {
    const { dtype, key, length } = parseStorageId(id);
    const known = this.#loaded.get(key);
    if (known !== undefined) return windowOf(known, dtype, key, length);
    const data = this.#archive.read(`${this.#folder}/data/${key}`);
    if (data.length !== length * elementBytes[dtype]) {
      throw new FormatError(
        `.pth: storage ${quote(key)} of ${length} ${dtype} elements has ${data.length} bytes: the file is damaged`,
      );
    }
    const storage = StorageRecord.of(
      dtype,
      this.#bigEndian ? swapBytes(data, elementBytes[dtype], this.#budget) : data,
    );
    this.#loaded.set(key, storage);
    return new StorageWindow(storage, 0, length);
  }
}

/** What a persistent id tells of a storage. */
export interface StorageId {
  readonly dtype: RecordDType;
  readonly key: string;
  readonly length: number;
  /** What the legacy format may add: a window into the storage. */
  readonly view: unknown;
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** `('storage', class, key, device, elements)`; the device does not matter, since everything is loaded into the CPU's memory. */
export function parseStorageId(id: unknown): StorageId {
  const [kind, type, key, , length, view] = isTuple(id) ? id : [];
  if (kind === 'module') {
    throw new FormatError(
      '.pth: the file holds a whole net, which only Python can rebuild: save its numbers in Python with torch.save(net.state_dict(), path)',
    );
  }
  const known = kind === 'storage' && type instanceof StorageClass && typeof key === 'string' && isLength(length);
  if (!known) throw new FormatError('.pth: a storage is not described as PyTorch does it: the file is damaged');
  return { dtype: type.dtype, key, length, view };
}

/** A storage that is met again must be described as it was. */
export function windowOf(storage: StorageRecord, dtype: RecordDType, key: string, length: number): StorageWindow {
  if (storage.dtype !== dtype || storage.length !== length) {
    throw new FormatError(
      `.pth: storage ${quote(key)} is said to hold ${length} ${dtype} elements and ${storage.length} ${storage.dtype} elements: the file is damaged`,
    );
  }
  return new StorageWindow(storage, 0, length);
}
