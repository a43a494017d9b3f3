import { crc32 } from '#crc32';
import { encodeText } from '../text.js';
import { EXTRA, MAX_16, MAX_32, SIGNATURE, SIZE } from './layout.js';

/** A file in an archive to be written. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Placed {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
  readonly header: number;
}

/** 1 January 1980: archives of the same contents are the same bytes. */
const DATE = 0x21;
const VERSION = 20;
const VERSION_64 = 45;

/**
 * An archive of stored entries, piece by piece, so that large contents are never copied together. The data of every entry begins at a
 * multiple of `alignment`, so that whoever maps the file into memory can use it in place.
 * @param limit from which size or offset on 64-bit fields are used; lower in tests only
 */
export function* writeZip(entries: Iterable<ZipEntry>, alignment: number, limit = MAX_32): Generator<Uint8Array> {
  const placed: Placed[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const entry: Placed = { name: utf8(name), crc: crc32(bytes), size: bytes.length, header: at };
    const header = localHeader(entry, alignment, limit);
    yield header;
    yield bytes;
    placed.push(entry);
    at += header.length + bytes.length;
  }
  const directory = placed.map((entry) => centralHeader(entry, limit));
  yield* directory;
  const size = directory.reduce((sum, header) => sum + header.length, 0);
  yield endRecords(placed.length, size, at, limit);
}

function utf8(name: string): Uint8Array {
  const bytes = encodeText(name);
  if (bytes === null || bytes.length > MAX_16)
    throw new RangeError('zip: an entry needs a name of at most 65535 bytes');
  return bytes;
}

function localHeader({ name, crc, size, header }: Placed, alignment: number, limit: number): Uint8Array {
  const wide = size >= limit;
  const extra = wide ? 20 : 0;
  const unpadded = SIZE.local + name.length + extra;
  // The padding is itself an extra field, of 4 bytes at least.
  const padding = 4 + ((alignment - ((header + unpadded + 4) % alignment)) % alignment);
  const bytes = new Uint8Array(unpadded + padding);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SIGNATURE.local, true);
  view.setUint16(4, wide ? VERSION_64 : VERSION, true);
  view.setUint16(12, DATE, true);
  view.setUint32(14, crc, true);
  view.setUint32(18, wide ? MAX_32 : size, true);
  view.setUint32(22, wide ? MAX_32 : size, true);
  view.setUint16(26, name.length, true);
  view.setUint16(28, extra + padding, true);
  bytes.set(name, SIZE.local);
  const at = SIZE.local + name.length;
  if (wide) writeWide(view, at, [size, size]);
  view.setUint16(at + extra, EXTRA.padding, true);
  view.setUint16(at + extra + 2, padding - 4, true);
  return bytes;
}

function centralHeader({ name, crc, size, header }: Placed, limit: number): Uint8Array {
  const numbers = [...(size >= limit ? [size, size] : []), ...(header >= limit ? [header] : [])];
  const extra = numbers.length > 0 ? 4 + 8 * numbers.length : 0;
  const version = extra > 0 ? VERSION_64 : VERSION;
  const bytes = new Uint8Array(SIZE.central + name.length + extra);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SIGNATURE.central, true);
  view.setUint16(4, version, true);
  view.setUint16(6, version, true);
  view.setUint16(14, DATE, true);
  view.setUint32(16, crc, true);
  view.setUint32(20, size >= limit ? MAX_32 : size, true);
  view.setUint32(24, size >= limit ? MAX_32 : size, true);
  view.setUint16(28, name.length, true);
  view.setUint16(30, extra, true);
  view.setUint32(42, header >= limit ? MAX_32 : header, true);
  bytes.set(name, SIZE.central);
  if (extra > 0) writeWide(view, SIZE.central + name.length, numbers);
  return bytes;
}

function endRecords(count: number, size: number, offset: number, limit: number): Uint8Array {
  const wide = count >= MAX_16 || size >= limit || offset >= limit;
  const start = wide ? SIZE.end64 + SIZE.locator64 : 0;
  const bytes = new Uint8Array(start + SIZE.end);
  const view = new DataView(bytes.buffer);
  if (wide) {
    view.setUint32(0, SIGNATURE.end64, true);
    view.setBigUint64(4, BigInt(SIZE.end64 - 12), true);
    view.setUint16(12, VERSION_64, true);
    view.setUint16(14, VERSION_64, true);
    [count, count, size, offset].forEach((n, i) => {
      view.setBigUint64(24 + 8 * i, BigInt(n), true);
    });
    view.setUint32(SIZE.end64, SIGNATURE.locator64, true);
    view.setBigUint64(SIZE.end64 + 8, BigInt(offset + size), true);
    view.setUint32(SIZE.end64 + 16, 1, true);
  }
  view.setUint32(start, SIGNATURE.end, true);
  view.setUint16(start + 8, wide ? MAX_16 : count, true);
  view.setUint16(start + 10, wide ? MAX_16 : count, true);
  view.setUint32(start + 12, wide ? MAX_32 : size, true);
  view.setUint32(start + 16, wide ? MAX_32 : offset, true);
  return bytes;
}

/** The extra field of numbers that need 64 bits. */
function writeWide(view: DataView, at: number, numbers: readonly number[]): void {
  view.setUint16(at, EXTRA.zip64, true);
  view.setUint16(at + 2, 8 * numbers.length, true);
  numbers.forEach((n, i) => {
    view.setBigUint64(at + 4 + 8 * i, BigInt(n), true);
  });
}
