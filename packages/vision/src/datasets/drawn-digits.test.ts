import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DIGIT_BOX, DIGIT_SIDE } from '../image/center.js';
import { drawDigits } from './drawn-digits.js';
import { readIdx, writeIdx } from './idx.js';

const SIZE = DIGIT_SIDE * DIGIT_SIDE;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('drawDigits', () => {
  it('gives the same pictures for the same seed, whatever their number', () => {
    const { images, labels } = drawDigits(40, { seed: 5 });
    expect(drawDigits(40, { seed: 5 })).toEqual({ images, labels });
    expect(drawDigits(10, { seed: 5 }).images).toEqual(images.subarray(0, 10 * SIZE));
    expect(drawDigits(40, { seed: 6 }).labels).not.toEqual(labels);
  });

  it('draws every figure about equally often and no two alike', () => {
    const { images, labels } = drawDigits(2000, { seed: 1 });
    for (let figure = 0; figure < 10; figure++) {
      expect(labels.filter((label) => label === figure).length).toBeGreaterThan(140);
    }
    const pictures = Array.from(labels, (_, i) => sha256(images.subarray(i * SIZE, (i + 1) * SIZE)));
    expect(new Set(pictures).size).toBe(2000);
  });

  it('fits the ink into the box and centers its mass, as MNIST does', () => {
    const count = 300;
    const { images } = drawDigits(count, { seed: 2 });
    for (let i = 0; i < count; i++) {
      const { width, height, x, y } = ink(images.subarray(i * SIZE, (i + 1) * SIZE));
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(DIGIT_BOX - 3);
      expect(Math.max(width, height)).toBeLessThanOrEqual(DIGIT_BOX);
      expect(Math.abs(x - DIGIT_SIDE / 2)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(y - DIGIT_SIDE / 2)).toBeLessThanOrEqual(0.5);
    }
  });

  it('uses the whole range of grey, mostly black', () => {
    const { images } = drawDigits(200, { seed: 3 });
    const mean = images.reduce((sum, value) => sum + value, 0) / images.length / 255;
    expect(mean).toBeGreaterThan(0.1); // MNIST: 0.131
    expect(mean).toBeLessThan(0.16);
    expect(new Set(images).size).toBe(256);
  });

  it('can be written as MNIST’s files are', () => {
    const { images, labels } = drawDigits(20);
    const file = writeIdx({ dtype: 'uint8', shape: [20, 28, 28], data: images }, { packed: true });
    expect(readIdx(file).data).toEqual(images);
    expect(readIdx(writeIdx({ dtype: 'uint8', shape: [20], data: labels })).data).toEqual(labels);
  });
});

/** Size of the box around the ink, and its center of mass. */
function ink(picture: Uint8Array): { width: number; height: number; x: number; y: number } {
  const columns = new Set<number>();
  const rows = new Set<number>();
  let [mass, x, y] = [0, 0, 0];
  for (const [i, value] of picture.entries()) {
    if (value === 0) continue;
    const [column, row] = [i % DIGIT_SIDE, Math.floor(i / DIGIT_SIDE)];
    columns.add(column);
    rows.add(row);
    mass += value;
    x += value * column;
    y += value * row;
  }
  const extent = (places: Set<number>) => Math.max(...places) - Math.min(...places) + 1;
  return { width: extent(columns), height: extent(rows), x: x / mass, y: y / mass };
}
