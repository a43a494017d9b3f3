import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { damage } from '../damage.testing.js';
import { FormatError } from '../errors.js';
import { random } from '../random.js';
import { gunzip as gunzipInBrowser } from '../zlib.browser.js';
import { type IdxArray, readIdx, writeIdx } from './idx.js';

const LABELS: IdxArray = { dtype: 'uint8', shape: [5], data: Uint8Array.of(7, 2, 1, 0, 4) };
const GRID: IdxArray = { dtype: 'int16', shape: [2, 3], data: Int16Array.of(-1, 2, 300, -400, 5, 6) };

describe('readIdx', () => {
  it('reads the bytes of a label file as the format lays them down', () => {
    const file = Uint8Array.of(0, 0, 0x08, 1, 0, 0, 0, 5, 7, 2, 1, 0, 4);
    expect(readIdx(file)).toEqual(LABELS);
    expect(readIdx(gzipSync(file))).toEqual(LABELS);
  });

  it('reads big-endian numbers', () => {
    const file = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xff, 0x01, 0x2c);
    expect(readIdx(file)).toEqual({ dtype: 'int16', shape: [2], data: Int16Array.of(-1, 300) });
  });

  it.each<IdxArray>([
    LABELS,
    GRID,
    { dtype: 'int8', shape: [], data: Int8Array.of(-5) },
    { dtype: 'int32', shape: [0, 28], data: new Int32Array(0) },
    { dtype: 'float32', shape: [1, 2], data: Float32Array.of(0.5, -Infinity) },
    { dtype: 'float64', shape: [2, 1], data: Float64Array.of(Math.PI, Number.NaN) },
  ])('reads back what writeIdx wrote: $dtype $shape', (array) => {
    expect(readIdx(writeIdx(array))).toEqual(array);
    expect(readIdx(writeIdx(array, { packed: true }))).toEqual(array);
  });

  it.each<[problem: string, file: readonly number[], message: RegExp]>([
    ['nothing', [], /not an IDX file/],
    ['another format', [0x50, 0x4b, 3, 4], /not an IDX file/],
    ['an unknown element type', [0, 0, 0x0a, 1, 0, 0, 0, 0], /element type 0x0a/],
    ['a header cut off', [0, 0, 8, 3, 0, 0], /3 dimensions is cut off after 6 bytes/],
    ['a byte too few', [0, 0, 8, 1, 0, 0, 0, 2, 9], /\[2\] needs 10 bytes, the file has 9/],
    ['a byte too many', [0, 0, 8, 1, 0, 0, 0, 1, 9, 9], /\[1\] needs 9 bytes, the file has 10/],
    ['sizes beyond any memory', [0, 0, 14, 2, 255, 255, 255, 255, 255, 255, 255, 255], /the file has 12/],
  ])('refuses %s', (_, file, message) => {
    expect(() => readIdx(Uint8Array.from(file))).toThrow(FormatError);
    expect(() => readIdx(Uint8Array.from(file))).toThrow(message);
  });

  it('does not let a small packed file swell beyond the limit or beyond what it says itself', () => {
    const bomb = gzipSync(new Uint8Array(1_000_000));
    expect(() => readIdx(bomb, { maxBytes: 1000 })).toThrow(/unpacks to 1000000 bytes, more than the limit of 1000/);
    bomb.writeUInt32LE(100, bomb.length - 4);
    expect(() => readIdx(bomb)).toThrow(/damaged/);
    bomb.writeUInt32LE(0xffffffff, bomb.length - 4);
    expect(() => readIdx(bomb)).toThrow(/damaged/);
    expect(() => gunzipInBrowser(bomb, 5000)).toThrow(/more than 5000/);
  });

  it('gives an error or a right answer for 10 000 damaged files', () => {
    const source = random(20_260_101);
    const files = [LABELS, GRID].flatMap((array) => [writeIdx(array), writeIdx(array, { packed: true })]);
    let answers = 0;
    for (let i = 0; i < 10_000; i++) {
      const file = damage(files[i % files.length], source);
      try {
        const { shape, data } = readIdx(file);
        expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        expect(data.byteLength).toBeLessThanOrEqual(4 * file.length);
        answers++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
    expect(answers).toBeGreaterThan(100); // a changed label is still a label
    expect(answers).toBeLessThan(9000);
  });
});

describe('writeIdx', () => {
  it('refuses a shape that does not fit the numbers', () => {
    expect(() => writeIdx({ ...LABELS, shape: [4] })).toThrow('shape [4] does not fit 5 numbers');
  });
});

describe('the browser’s gunzip', () => {
  it('unpacks what Node packs', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
    const packed = gzipSync(bytes);
    expect(gunzipInBrowser(packed, bytes.length)).toEqual(bytes);
    expect(() => gunzipInBrowser(packed.subarray(0, packed.length / 2), bytes.length)).toThrow(
      /bytes come out, not 100000/,
    );
  });
});
