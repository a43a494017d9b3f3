import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { join } from '../bytes.js';
import { damage } from '../damage.testing.js';
import { FormatError } from '../errors.js';
import { random } from '../random.js';
import { decodeImage } from './decode.js';
import { decodeJpeg } from './jpeg.js';

/** A picture of 16 × 24, red above and blue below, as a JPEG file. */
const FILE = (() => {
  const data = Uint8Array.from({ length: 16 * 24 * 4 }, (_, i) => {
    const upper = i < 16 * 12 * 4;
    return [upper ? 250 : 0, 0, upper ? 0 : 250, 255][i % 4];
  });
  return new Uint8Array(jpeg.encode({ width: 16, height: 24, data }, 95).data);
})();

/** The same with an EXIF segment that tells how the camera was held. */
function held(orientation: number, order: 'II' | 'MM' = 'MM'): Uint8Array {
  const tiff = new Uint8Array(26);
  const view = new DataView(tiff.buffer);
  const little = order === 'II';
  tiff.set([order.charCodeAt(0), order.charCodeAt(1)]);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 1, little);
  view.setUint16(10, 0x0112, little);
  view.setUint16(12, 3, little);
  view.setUint32(14, 1, little);
  view.setUint16(18, orientation, little);
  const body = join([Uint8Array.from('Exif\0\0', (c) => c.charCodeAt(0)), tiff]);
  return join([FILE.subarray(0, 2), Uint8Array.of(0xff, 0xe1, 0, body.length + 2), body, FILE.subarray(2)]);
}

/** Where the red half lies. */
function redSide(file: Uint8Array): string {
  const { width, height, data } = decodeImage(file);
  const red = (x: number, y: number) => data[(y * width + x) * 3] > 128;
  const [nw, ne, sw] = [red(1, 1), red(width - 2, 1), red(1, height - 2)];
  return `${width} × ${height}, ${nw && ne ? 'top' : nw && sw ? 'left' : ne ? 'right' : 'bottom'}`;
}

describe('decodeJpeg', () => {
  it('reads colors', () => {
    const { width, height, channels, data } = decodeJpeg(FILE);
    expect([width, height, channels]).toEqual([16, 24, 3]);
    expect(data[0]).toBeGreaterThan(235);
    expect(data[2]).toBeLessThan(20);
    expect(data.at(-1)).toBeGreaterThan(235);
  });

  it('refuses more pixels than the limit before it decodes any', () => {
    expect(() => decodeJpeg(FILE, { maxPixels: 100 })).toThrow('16 × 24 is not between 1 and 100 pixels');
    const huge = FILE.slice();
    const frame = huge.findIndex((byte, i) => byte === 0xff && huge[i + 1] === 0xc0);
    huge.fill(0xff, frame + 5, frame + 9);
    expect(() => decodeJpeg(huge)).toThrow('65535 × 65535 is not between');
  });

  it('refuses a file that is cut off', () => {
    expect(() => decodeJpeg(FILE.subarray(0, FILE.length - 40))).toThrow(FormatError);
    expect(() => decodeJpeg(FILE.subarray(0, 30))).toThrow(FormatError);
  });

  it('gives an error or a picture for 3000 damaged files', () => {
    const source = random(11);
    let answers = 0;
    for (let i = 0; i < 3000; i++) {
      try {
        const { width, height, channels, data } = decodeJpeg(damage(FILE, source), { maxPixels: 100_000 });
        expect(data.length).toBe(width * height * channels);
        answers++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
    expect(answers).toBeGreaterThan(30);
  });
});

describe('decodeImage', () => {
  it.each([
    [1, '16 × 24, top'],
    [2, '16 × 24, top'],
    [3, '16 × 24, bottom'],
    [4, '16 × 24, bottom'],
    [5, '24 × 16, left'],
    [6, '24 × 16, right'],
    [7, '24 × 16, right'],
    [8, '24 × 16, left'],
    [9, '16 × 24, top'],
  ])('turns a photograph upright that was held as %i', (orientation, upright) => {
    expect(redSide(held(orientation))).toBe(upright);
    expect(redSide(held(orientation, 'II'))).toBe(upright);
  });

  it('leaves it as stored when asked', () => {
    expect(decodeImage(held(6), { upright: false }).width).toBe(16);
  });

  it('refuses other files', () => {
    expect(() => decodeImage(Uint8Array.of(1, 2, 3))).toThrow('neither a PNG nor a JPEG file');
  });
});
