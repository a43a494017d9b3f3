import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.js';
import { digitFrom } from './digit.js';
import { readGrey, writeGreyPng } from './read.js';

/** A dark vertical bar on light paper, off the middle. */
function bar(): { width: number; height: number; pixels: Uint8Array } {
  const pixels = new Uint8Array(60 * 80).fill(240);
  for (let y = 10; y < 60; y++) for (let x = 5; x < 13; x++) pixels[y * 60 + x] = 20;
  return { width: 60, height: 80, pixels };
}

describe('digitFrom', () => {
  it('turns dark ink on paper into centred white ink on black, 20 high', () => {
    const digit = digitFrom(bar());
    const rows = Array.from({ length: 28 }, (_, y) => digit.subarray(y * 28, y * 28 + 28).some((tone) => tone > 100));
    expect(rows.filter(Boolean)).toHaveLength(20);
    const columns = Array.from(
      { length: 28 },
      (_, x) => digit.filter((tone, i) => i % 28 === x && tone > 100).length > 0,
    );
    expect(columns.indexOf(true)).toBeGreaterThan(10);
    expect(columns.lastIndexOf(true)).toBeLessThan(17);
  });

  it('gives an empty picture for an empty sheet', () => {
    expect(digitFrom({ width: 9, height: 9, pixels: new Uint8Array(81).fill(255) }).every((tone) => tone === 0)).toBe(
      true,
    );
  });
});

describe('readGrey', () => {
  it('reads back what writeGreyPng wrote', () => {
    const image = bar();
    expect(readGrey(writeGreyPng(image))).toEqual(image);
  });

  it('refuses other files, and damaged ones, by name', () => {
    expect(() => readGrey(new Uint8Array([1, 2, 3]))).toThrow(FormatError);
    expect(() => readGrey(writeGreyPng(bar()).subarray(0, 60))).toThrow(FormatError);
    const huge = writeGreyPng(bar());
    new DataView(huge.buffer).setUint32(16, 2 ** 31 - 1);
    expect(() => readGrey(huge)).toThrow(/at most/);
  });
});
