import { describe, expect, it } from 'vitest';
import { drawDigits } from '../datasets/drawn-digits.js';
import { random } from '../random.js';
import { digitFrom } from './digit.js';
import type { Image } from './image.js';
import { resizeGray } from './resize.js';

const { images } = drawDigits(30, { seed: 4 });
const digits = Array.from({ length: 30 }, (_, i) => images.subarray(i * 784, (i + 1) * 784));

/** A digit enlarged to `side × side` on a sheet, off its middle, in the tones that `tone` gives to ink of 0 … 255. */
function sheet(digit: Uint8Array, side: number, tone: (ink: number, x: number, y: number) => number): Image {
  const [width, height] = [2 * side, side + 40];
  const large = resizeGray(digit, 28, 28, side, side);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = [x - 30, y - 10];
      const inside = column >= 0 && row >= 0 && column < side && row < side;
      data[y * width + x] = Math.max(0, Math.min(255, tone(inside ? large[row * side + column] : 0, x, y)));
    }
  }
  return { width, height, channels: 1, data };
}

/** How alike two pictures are whatever their brightness: the cosine between them, 1 for the same. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('digitFrom', () => {
  it('leaves a digit that is as it should be, but for a pixel of its place', () => {
    expect(
      mean(digits.map((data) => likeness(data, digitFrom({ width: 28, height: 28, channels: 1, data })))),
    ).toBeGreaterThan(0.98);
  });

  it.each<[picture: string, tone: (ink: number, x: number, y: number) => number]>([
    ['black on white', (ink) => 255 - ink],
    ['white on black', (ink) => ink],
    ['pencil on gray paper', (ink) => 180 - 0.3 * ink],
    ['a sheet lit from one side', (ink, x, y) => 200 - 0.2 * x - 0.1 * y - 0.4 * ink],
  ])('finds a large digit again in %s', (_, tone) => {
    expect(mean(digits.map((digit) => likeness(digit, digitFrom(sheet(digit, 250, tone)))))).toBeGreaterThan(0.9);
  });

  it('overlooks grain and specks', () => {
    const grain = random(3);
    const speck = (x: number, y: number) => (x > 470 && x < 476 && y > 20 && y < 26 ? 200 : 0);
    const tone = (ink: number, x: number, y: number) => 230 - 0.7 * Math.max(ink, speck(x, y)) - grain.normal(8);
    expect(mean(digits.map((digit) => likeness(digit, digitFrom(sheet(digit, 250, tone)))))).toBeGreaterThan(0.9);
  });

  it('thickens what a thin pen wrote', () => {
    const data = new Uint8Array(300 * 300).fill(255);
    for (let y = 50; y < 250; y++) data[y * 300 + 150] = 0;
    const column = digitFrom({ width: 300, height: 300, channels: 1, data });
    const ink = column.filter((value) => value > 100).length;
    expect(ink).toBeGreaterThanOrEqual(20);
    expect(ink).toBeLessThanOrEqual(60);
  });

  it('sees ink on a transparent ground, dark or light', () => {
    const draw = (ink: number): Image => {
      const data = new Uint8Array(40 * 40 * 4);
      for (let y = 5; y < 35; y++) for (let x = 18; x < 23; x++) data.set([ink, ink, ink, 255], (y * 40 + x) * 4);
      return { width: 40, height: 40, channels: 4, data };
    };
    expect(digitFrom(draw(0))).toEqual(digitFrom(draw(255)));
    expect(Math.max(...digitFrom(draw(0)))).toBe(255);
  });

  it('says that an empty sheet is empty', () => {
    const empty: Image = { width: 9, height: 5, channels: 3, data: new Uint8Array(135).fill(250) };
    expect(() => digitFrom(empty)).toThrow('nothing stands out');
    expect(() => digitFrom({ width: 1, height: 1, channels: 1, data: Uint8Array.of(3) })).toThrow('nothing stands out');
  });
});
