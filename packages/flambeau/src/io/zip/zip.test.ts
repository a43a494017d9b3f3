import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.js';
import { joined } from '../save.js';
import { ZipArchive } from './read.js';
import { writeZip, type ZipEntry } from './write.js';

const entries: ZipEntry[] = [
  { name: 'a/data.pkl', bytes: Uint8Array.of(1, 2, 3) },
  { name: 'a/ümläut', bytes: new Uint8Array(200).fill(7) },
  { name: 'a/empty', bytes: new Uint8Array() },
];
const archive = (limit?: number): Uint8Array => joined(writeZip(entries, 64, limit));

/** The archive with a number of its directory overwritten, `field` bytes into the entry of that number. */
function patched(entry: number, field: number, value: number, size: 2 | 4 = 4): Uint8Array {
  const bytes = archive();
  const view = new DataView(bytes.buffer);
  let at = view.getUint32(bytes.length - 6, true);
  for (let i = 0; i < entry; i++) at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true);
  if (size === 4) view.setUint32(at + field, value, true);
  else view.setUint16(at + field, value, true);
  return bytes;
}

describe.each([
  ['32-bit', undefined],
  ['64-bit', 1],
])('%s archives', (_name, limit) => {
  test('come back as they were written', () => {
    const zip = new ZipArchive(archive(limit));
    expect(zip.names).toEqual(entries.map((entry) => entry.name));
    for (const { name, bytes } of entries) expect(zip.read(name)).toEqual(bytes);
  });

  test('put every entry on a multiple of the alignment', () => {
    const bytes = archive(limit);
    const zip = new ZipArchive(bytes);
    for (const { name } of entries) expect(zip.read(name).byteOffset % 64).toBe(0);
  });

  test('cut off anywhere are refused', () => {
    const bytes = archive(limit);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => new ZipArchive(bytes.subarray(0, length))).toThrow(FormatError);
    }
  });
});

test('a reader takes a window into the archive and copies nothing', () => {
  const bytes = archive();
  expect(new ZipArchive(bytes).read('a/data.pkl').buffer).toBe(bytes.buffer);
});

test('an archive may end in a comment', () => {
  const bytes = archive();
  const long = joined([bytes, new TextEncoder().encode('hello')]);
  expect(() => new ZipArchive(long)).toThrow('zip: the directory is missing');
  new DataView(long.buffer).setUint16(bytes.length - 2, 5, true);
  expect(new ZipArchive(long).names).toHaveLength(3);
});

describe('hostile archives', () => {
  test.each<[string, Uint8Array, string]>([
    ['an entry on top of another', patched(1, 42, 0), 'overlaps what follows it'],
    ['an entry that reaches into the next', patched(0, 24, 500), 'has two sizes, 500 and 3'],
    ['an entry outside', patched(2, 42, 0x7fffffff), 'points to 2147483647, where no entry is'],
    ['a name that is too long', patched(2, 28, 5000, 2), 'entry 2 of the directory does not fit'],
    ['64-bit sizes that are not there', patched(1, 24, 0xffffffff), 'lacks its 64-bit sizes'],
    ['an encrypted entry', patched(0, 8, 1, 2), 'is encrypted'],
    ['the same name twice', joined(writeZip([entries[0]!, entries[0]!], 64)), 'two entries have the same name'],
    ['a million entries in a few bytes', countPatched(0xfffe), 'does not fit'],
  ])('%s', (_name, bytes, message) => {
    expect(() => new ZipArchive(bytes)).toThrow(
      expect.objectContaining({ name: 'FormatError', message: expect.stringContaining(message) }),
    );
  });

  test.each<[string, Uint8Array, string]>([
    ['a changed byte', patched(0, 16, 1234), 'entry "a/data.pkl" has a wrong checksum'],
    ['a compressed entry', patched(0, 10, 8, 2), 'entry "a/data.pkl" is compressed (method 8)'],
  ])('%s is seen when the entry is read', (_name, bytes, message) => {
    expect(() => new ZipArchive(bytes).read('a/data.pkl')).toThrow(message);
  });
});

function countPatched(count: number): Uint8Array {
  const bytes = archive();
  new DataView(bytes.buffer).setUint16(bytes.length - 12, count, true);
  return bytes;
}
