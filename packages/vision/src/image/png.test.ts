import { describe, expect, it } from 'vitest';
import { join } from '../bytes.js';
import { damage } from '../damage.testing.js';
import { FormatError } from '../errors.js';
import { random } from '../random.js';
import { deflate } from '../zlib.node.js';
import { crc32 } from './crc32.js';
import type { Image } from './image.js';
import { decodePng } from './png-decoder.js';
import { encodePng } from './png-encoder.js';
import { PNG_SIGNATURE } from './png-layout.js';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

function chunk(type: string, body: readonly number[] | Uint8Array): Uint8Array {
  const content = join([bytes(type), Uint8Array.from(body)]);
  const file = new Uint8Array(content.length + 8);
  const view = new DataView(file.buffer);
  view.setUint32(0, content.length - 4);
  file.set(content, 4);
  view.setUint32(4 + content.length, crc32(content));
  return file;
}

/** A PNG file put together by hand. */
function png(
  width: number,
  height: number,
  depth: number,
  colorType: number,
  rows: readonly number[],
  extra: Uint8Array[] = [],
  interlace = 0,
) {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setUint32(0, width);
  new DataView(size.buffer).setUint32(4, height);
  const header = chunk('IHDR', [...size, depth, colorType, 0, 0, interlace]);
  return join([PNG_SIGNATURE, header, ...extra, chunk('IDAT', deflate(Uint8Array.from(rows))), chunk('IEND', [])]);
}

const pixels = (file: Uint8Array) => [...decodePng(file).data];

describe('decodePng', () => {
  it.each([1, 2, 3, 4] as const)('reads back what encodePng wrote, with %i channels', (channels) => {
    const image: Image = {
      width: 5,
      height: 3,
      channels,
      data: Uint8Array.from({ length: 15 * channels }, (_, i) => i * 4),
    };
    expect(decodePng(encodePng(image))).toEqual(image);
  });

  it('spreads few bits over the whole range and rounds 16 bits', () => {
    expect(pixels(png(9, 1, 1, 0, [0, 0b10100000, 0b10000000]))).toEqual([255, 0, 255, 0, 0, 0, 0, 0, 255]);
    expect(pixels(png(4, 1, 2, 0, [0, 0b00011011]))).toEqual([0, 85, 170, 255]);
    expect(pixels(png(3, 1, 4, 0, [0, 0x0f, 0x70]))).toEqual([0, 255, 119]);
    expect(pixels(png(3, 1, 16, 0, [0, 0xff, 0xff, 0x80, 0x00, 0x00, 0x7f]))).toEqual([255, 128, 0]);
  });

  it('undoes the five filters', () => {
    const rows = [
      [0, 10, 20, 30], // as it is
      [1, 10, 10, 10], // difference from the left
      [2, 1, 1, 1], // from above
      [3, 5, 5, 5], // from the mean of both
      [4, 1, 1, 1], // from Paeth's choice
    ];
    expect(pixels(png(3, 5, 8, 0, rows.flat()))).toEqual([10, 20, 30, 10, 20, 30, 11, 21, 31, 10, 20, 30, 11, 21, 31]);
  });

  it('resolves palettes, with transparency where the file has it', () => {
    const palette = chunk('PLTE', [255, 0, 0, 0, 255, 0, 0, 0, 255]);
    expect(pixels(png(2, 1, 2, 3, [0, 0b10000000], [palette]))).toEqual([0, 0, 255, 255, 0, 0]);
    expect(pixels(png(2, 1, 2, 3, [0, 0b10000000], [palette, chunk('tRNS', [7])]))).toEqual([
      0, 0, 255, 255, 255, 0, 0, 7,
    ]);
    expect(() => decodePng(png(1, 1, 2, 3, [0, 0b11000000], [palette]))).toThrow('color 3 is not in the palette');
    expect(() => decodePng(png(1, 1, 2, 3, [0, 0]))).toThrow('the palette is missing');
  });

  it('makes the one transparent color of a file transparent', () => {
    const clear = chunk('tRNS', [0, 9]);
    expect(pixels(png(2, 1, 8, 0, [0, 9, 8], [clear]))).toEqual([9, 0, 8, 255]);
  });

  it('puts the passes of an interlaced file in place', () => {
    // 3 × 3: pass 1 holds the corner, 4 the right column, 5 the lower row, 6 the upper middle, 7 the middle row
    const passes = [
      [0, 1],
      [0, 3],
      [0, 7, 9],
      [0, 2],
      [0, 8],
      [0, 4, 5, 6],
    ];
    expect(pixels(png(3, 3, 8, 0, passes.flat(), [], 1))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each<[problem: string, file: Uint8Array, message: RegExp]>([
    ['another format', bytes('GIF89a'), /not a PNG file/],
    ['a file cut off', png(2, 1, 8, 0, [0, 1, 2]).subarray(0, 50), /cut off after 50 bytes/],
    ['a kind that does not exist', png(1, 1, 3, 0, [0, 0]), /no such kind of PNG \(3, 0, 0, 0, 0\)/],
    ['no pixels', png(0, 1, 8, 0, []), /0 × 1 is not between/],
    ['more pixels than the limit', png(100_000, 100_000, 8, 0, [0]), /100000 × 100000 is not between 1 and 67108864/],
    ['too few rows', png(2, 2, 8, 0, [0, 1, 2]), /3 bytes come out, not 6/],
    ['pixels that go on', png(1, 1, 8, 0, new Array(1e6).fill(0)), /the pixels are damaged/],
    ['an unknown filter', png(1, 1, 8, 0, [5, 0]), /no such filter \(5\)/],
  ])('refuses %s', (_, file, message) => {
    expect(() => decodePng(file)).toThrow(FormatError);
    expect(() => decodePng(file)).toThrow(message);
  });

  it('gives an error or a picture for 10 000 damaged files, checksums mended or not', () => {
    const source = random(7);
    const files = [
      encodePng({ width: 4, height: 4, channels: 3, data: new Uint8Array(48).fill(9) }),
      png(9, 1, 1, 0, [0, 1, 2]),
      png(2, 1, 2, 3, [0, 128], [chunk('PLTE', [1, 2, 3, 4, 5, 6]), chunk('tRNS', [7])]),
      png(3, 3, 8, 0, [0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6], [], 1),
    ];
    let answers = 0;
    for (let i = 0; i < 10_000; i++) {
      const file = damage(files[i % files.length], source);
      if (i % 2 === 0) mendChecksums(file);
      try {
        const { width, height, channels, data } = decodePng(file, { maxPixels: 10_000 });
        expect(data.length).toBe(width * height * channels);
        answers++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
    expect(answers).toBeGreaterThan(50);
  });
});

describe('encodePng', () => {
  it('refuses a size that does not fit the bytes', () => {
    const image: Image = { width: 2, height: 2, channels: 1, data: new Uint8Array(5) };
    expect(() => encodePng(image)).toThrow('2 × 2 × 1 does not fit 5 bytes');
  });
});

/** So that damage reaches what lies behind the checksums. */
function mendChecksums(file: Uint8Array): void {
  const view = new DataView(file.buffer);
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > file.length) return;
    view.setUint32(end, crc32(file.subarray(at + 4, end)));
    at = end + 4;
  }
}
