import { crc32 } from '#crc32';
import { FormatError } from '../../errors.js';
import { decodeText, quote } from '../text.js';
import { EXTRA, FLAG_ENCRYPTED, MAX_32, SIGNATURE, SIZE, STORED } from './layout.js';

const DAMAGED = 'the file is damaged or cut off';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  /** Where its local header begins, and its data once that header was read. */
  readonly header: number;
  start: number;
}

/** Where the list of entries lies. */
interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/**
 * A zip archive in memory. Its entries must be stored, not compressed (PyTorch compresses none), so reading one is a window into
 * the archive and allocates nothing. The whole directory is checked before the first entry is handed out.
 */
export class ZipArchive {
  /** Names in the order of the directory. */
  readonly names: readonly string[];
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #bytes: Uint8Array;

  /** @throws FormatError when the directory is missing, points outside, overlaps itself or repeats a name. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const directory = findDirectory(view);
    const entries = readDirectory(view, bytes, directory);
    for (const entry of entries) entry.start = dataStart(view, entry);
    checkOverlap(entries, directory.offset);
    this.names = entries.map((entry) => entry.name);
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
    if (this.#entries.size < entries.length) throw new FormatError(`zip: two entries have the same name: ${DAMAGED}`);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The bytes of an entry: a window, not a copy. @throws FormatError when its checksum is wrong. */
  read(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new FormatError(`zip: there is no entry ${quote(name)}: ${DAMAGED}`);
    if (entry.method !== STORED) {
      throw new FormatError(
        `zip: entry ${quote(name)} is compressed (method ${entry.method}): store it instead, as torch.save and \`zip -0\` do`,
      );
    }
    const data = this.#bytes.subarray(entry.start, entry.start + entry.size);
    // PyTorch writes 0 when it was told to save the time for checksums.
    if (entry.crc !== 0 && crc32(data) !== entry.crc)
      throw new FormatError(`zip: entry ${quote(name)} has a wrong checksum: ${DAMAGED}`);
    return data;
  }
}

function findDirectory(view: DataView): Directory {
  const end = findEnd(view);
  const locator = end - SIZE.locator64;
  const is64 = locator >= 0 && view.getUint32(locator, true) === SIGNATURE.locator64;
  const found = is64 ? readEnd64(view, locator) : readEnd(view, end);
  const limit = is64 ? locator : end;
  if (found.offset + found.size > limit || found.count * SIZE.central > found.size) {
    throw new FormatError(
      `zip: the directory (${found.count} entries in ${found.size} bytes from ${found.offset}) does not fit: ${DAMAGED}`,
    );
  }
  return found;
}

/** The last record stands at the end of the file, behind it only a comment of the length it names. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - SIZE.end - SIZE.maxComment);
  for (let at = view.byteLength - SIZE.end; at >= first; at--) {
    if (view.getUint32(at, true) !== SIGNATURE.end) continue;
    if (at + SIZE.end + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new FormatError(`zip: the directory is missing (file of ${view.byteLength} bytes): ${DAMAGED}`);
}

function readEnd(view: DataView, at: number): Directory {
  if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 6, true) !== 0)
    throw new FormatError('zip: the archive is split into several files: join them first');
  return {
    count: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
}

function readEnd64(view: DataView, locator: number): Directory {
  const at = uint64(view, locator + 8);
  if (at + SIZE.end64 > locator || view.getUint32(at, true) !== SIGNATURE.end64)
    throw new FormatError(`zip: the 64-bit directory is missing: ${DAMAGED}`);
  return { count: uint64(view, at + 32), size: uint64(view, at + 40), offset: uint64(view, at + 48) };
}

function readDirectory(view: DataView, bytes: Uint8Array, directory: Directory): Entry[] {
  const entries: Entry[] = [];
  const end = directory.offset + directory.size;
  let at = directory.offset;
  for (let i = 0; i < directory.count; i++) {
    const lengths = at + SIZE.central <= end && view.getUint32(at, true) === SIGNATURE.central;
    const nameEnd = lengths ? at + SIZE.central + view.getUint16(at + 28, true) : Infinity;
    const extraEnd = nameEnd + (lengths ? view.getUint16(at + 30, true) : 0);
    const next = extraEnd + (lengths ? view.getUint16(at + 32, true) : 0);
    if (next > end) throw new FormatError(`zip: entry ${i} of the directory does not fit: ${DAMAGED}`);
    const name = decodeText(bytes.subarray(at + SIZE.central, nameEnd));
    if (name === null) throw new FormatError(`zip: the name of entry ${i} is no UTF-8: ${DAMAGED}`);
    entries.push(readEntry(view, at, name, nameEnd, extraEnd));
    at = next;
  }
  return entries;
}

function readEntry(view: DataView, at: number, name: string, extraStart: number, extraEnd: number): Entry {
  if (view.getUint16(at + 8, true) & FLAG_ENCRYPTED)
    throw new FormatError(`zip: entry ${quote(name)} is encrypted: decrypt the archive first`);
  const wide = extraField(view, extraStart, extraEnd, EXTRA.zip64);
  // Numbers too large for their field stand in the 64-bit field instead, in this order.
  const number = (field: number): number => {
    const value = view.getUint32(field, true);
    if (value !== MAX_32) return value;
    if (wide.start + 8 > wide.end)
      throw new FormatError(`zip: entry ${quote(name)} lacks its 64-bit sizes: ${DAMAGED}`);
    wide.start += 8;
    return uint64(view, wide.start - 8);
  };
  const method = view.getUint16(at + 10, true);
  const size = number(at + 24);
  const packed = number(at + 20);
  const header = number(at + 42);
  if (method === STORED && size !== packed)
    throw new FormatError(`zip: entry ${quote(name)} has two sizes, ${size} and ${packed}: ${DAMAGED}`);
  return { name, method, crc: view.getUint32(at + 16, true), size: packed, header, start: 0 };
}

/** Where an extra field's content lies; nowhere when it is not there. */
function extraField(view: DataView, start: number, end: number, id: number): { start: number; end: number } {
  let at = start;
  while (at + 4 <= end) {
    const next = at + 4 + view.getUint16(at + 2, true);
    if (next <= end && view.getUint16(at, true) === id) return { start: at + 4, end: next };
    at = next;
  }
  return { start: end, end };
}

function dataStart(view: DataView, entry: Entry): number {
  const at = entry.header;
  const fits = at + SIZE.local <= view.byteLength && view.getUint32(at, true) === SIGNATURE.local;
  if (!fits) throw new FormatError(`zip: entry ${quote(entry.name)} points to ${at}, where no entry is: ${DAMAGED}`);
  return at + SIZE.local + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
}

/** Entries that share bytes would let a small file stand for a large one. */
function checkOverlap(entries: readonly Entry[], end: number): void {
  const sorted = [...entries].sort((a, b) => a.header - b.header);
  sorted.forEach((entry, i) => {
    const limit = sorted[i + 1]?.header ?? end;
    if (entry.start + entry.size > limit)
      throw new FormatError(
        `zip: entry ${quote(entry.name)} (${entry.size} bytes) overlaps what follows it: ${DAMAGED}`,
      );
  });
}

function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * (MAX_32 + 1);
}
