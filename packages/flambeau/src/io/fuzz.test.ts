import { engine } from '@flambeau/kernels';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { FormatError } from '../errors.js';
import { Budget } from './budget.js';
import { golden } from './goldens.testing.js';
import { readData, readTorch } from './load.js';
import { checkWindow, type TensorRecord } from './records.js';
import { readSafetensors } from './safetensors/read.js';
import { joined } from './save.js';
import { tensorMaker } from './tensors.js';
import { ZipArchive } from './zip/read.js';
import { writeZip } from './zip/write.js';

/*
 * Files of every format, damaged at random but always in the same way: each must give a FormatError or a value whose tensors lie in their
 * memory, and may not allocate past its budget. Any other exception, and any hang, fails the test.
 */

const allocate = vi.spyOn(engine, 'allocateFor');
const FILES = 10_000;
/** Every so many files also become real tensors. */
const REAL = 10;

afterAll(() => allocate.mockRestore());

/** Random numbers from 0 to below `limit`, the same in every run (Marsaglia's xorshift). */
class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % limit;
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

const BYTES = [0, 1, 0x28, 0x2e, 0x52, 0x61, 0x68, 0x71, 0x7f, 0x80, 0x85, 0xfe, 0xff];
const NUMBERS = [0, 1, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

type Mutation = (bytes: Uint8Array, at: number, random: Random) => Uint8Array;

const cut = (bytes: Uint8Array, at: number, random: Random): number =>
  Math.min(bytes.length, at + 1 + random.below(40));

const mutations: readonly Mutation[] = [
  (bytes, at, random) => bytes.with(at, bytes[at]! ^ (1 << random.below(8))),
  (bytes, at, random) => bytes.with(at, random.of(BYTES)),
  (bytes, at, random) => bytes.with(at, random.below(256)),
  overwriteNumber,
  (bytes, at, random) => joined([bytes.subarray(0, at), bytes.subarray(cut(bytes, at, random))]),
  (bytes, at, random) => joined([bytes.subarray(0, cut(bytes, at, random)), bytes.subarray(at)]),
  (bytes, at, random) =>
    joined([
      bytes.subarray(0, at),
      bytes.subarray(at, cut(bytes, at, random)).toReversed(),
      bytes.subarray(cut(bytes, at, random)),
    ]),
  (bytes, at, random) =>
    joined([bytes.subarray(0, at), Uint8Array.of(random.of(BYTES), random.below(256)), bytes.subarray(at)]),
  (bytes, at, random) => (random.below(4) === 0 ? bytes.subarray(0, at) : moveBlock(bytes, at, random)),
];

function overwriteNumber(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const copy = bytes.slice();
  if (at + 4 <= copy.length) new DataView(copy.buffer).setUint32(at, random.of(NUMBERS), true);
  return copy;
}

/** What stands elsewhere in the file, here. */
function moveBlock(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const from = random.below(bytes.length);
  return joined([bytes.subarray(0, at), bytes.subarray(from, cut(bytes, from, random)), bytes.subarray(at)]);
}

function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutant = bytes;
  for (let n = 1 + random.below(3); n > 0 && mutant.length > 0; n--) {
    mutant = random.of(mutations)(mutant, random.below(mutant.length), random);
  }
  return mutant;
}

/** What a tensor of a damaged file must still be: a window into memory that is there. */
function checkRecord(record: TensorRecord): TensorRecord {
  const { storage, shape, strides, offset } = record;
  if (storage.bytes().length !== storage.byteLength) throw new Error('a storage lies about its size');
  checkWindow('a fuzzed tensor', storage.length, shape, strides, offset);
  return record;
}

type Reader = (bytes: Uint8Array, tensor: (record: TensorRecord) => unknown, budget: Budget) => unknown;

function readSafe(bytes: Uint8Array, tensor: (record: TensorRecord) => unknown): unknown {
  return new Map([...readSafetensors(bytes).tensors].map(([name, record]) => [name, tensor(record)]));
}

/** Reads one damaged file. Whether it was read or refused. */
function attempt(read: Reader, bytes: Uint8Array, real: boolean): boolean {
  const budget = new Budget(bytes.length);
  const make = real ? tensorMaker(budget) : (record: TensorRecord) => record;
  allocate.mockClear();
  const accepted = isAccepted(() => read(bytes, (record) => make(checkRecord(record)), budget));
  const given = allocate.mock.calls.reduce((sum, [, size]) => sum + size, 0);
  if (given > 4 * bytes.length) throw new Error(`a file of ${bytes.length} bytes made the engine allocate ${given}`);
  return accepted;
}

function isAccepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (!/^[.\w]+: ./.test(error.message)) throw new Error(`no good message: ${error.message}`);
    return false;
  }
}

/** The archive with another pickle in it, its checksums right. */
function withPickle(archive: Uint8Array, change: (pickle: Uint8Array) => Uint8Array): Uint8Array {
  const zip = new ZipArchive(archive);
  const entries = zip.names.map((name) => ({
    name,
    bytes: name.endsWith('data.pkl') ? change(zip.read(name)) : zip.read(name),
  }));
  return joined(writeZip(entries, 64));
}

const modern = ['tensor.pth', 'views.pth', 'parameters.pth', 'dtypes.pth', 'big-endian.pth'].map(golden);
const legacy = golden('legacy.pth');
const safe = golden('model.safetensors');
const pickles = [0, 1, 2, 3, 4, 5]
  .map((protocol) => golden(`protocol${protocol}.pickle`))
  .concat(golden('python2.pickle'));

const formats: Record<string, { read: Reader; make: (random: Random) => Uint8Array }> = {
  'zip archives': { read: readTorch, make: (random) => mutate(random.of(modern), random) },
  'pickles in sound archives': {
    read: readTorch,
    make: (random) => withPickle(random.of(modern), (pickle) => mutate(pickle, random)),
  },
  'legacy files': { read: readTorch, make: (random) => mutate(legacy, random) },
  'plain pickles': {
    read: readData,
    make: (random) => mutate(random.of(pickles), random),
  },
  safetensors: { read: readSafe, make: (random) => mutate(safe, random) },
};

describe(`${FILES} damaged files of each format are refused or read right`, () => {
  test.each(Object.entries(formats))('%s', (_name, { read, make }) => {
    const random = new Random(2021);
    let accepted = 0;
    for (let i = 0; i < FILES; i++) {
      const bytes = make(random);
      if (attempt(read, bytes, i % REAL === 0)) accepted++;
    }
    // Some damage does no harm; if all or none passed, nothing was tested.
    expect(accepted).toBeGreaterThan(FILES / 1000);
    expect(accepted).toBeLessThan(FILES);
  });
});
