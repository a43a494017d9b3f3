import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Image } from './image.js';
import { readImage } from './read.node.js';

const FOLDER = path.join(process.env.FLAMBEAU_DATA ?? '', 'images');
const EXPECTED = path.join(FOLDER, 'expected.json');

/** What Pillow reads from a file: the checksum of an 8-bit PNG's pixels, the means of a JPEG's channels. */
interface Expected {
  width: number;
  height: number;
  components?: number;
  decoded_rgba8_sha256?: string;
  decoded?: { mean: number[] };
}

const present = process.env.FLAMBEAU_DATA !== undefined && existsSync(EXPECTED);
const files: Record<string, Expected> = present ? JSON.parse(readFileSync(EXPECTED, 'utf8')) : {};

describe.skipIf(!present)('pictures of other programs (FLAMBEAU_DATA/images)', () => {
  it.each(Object.keys(files))('reads %s as Pillow does', async (name) => {
    const { width, height, components, decoded_rgba8_sha256, decoded } = files[name];
    const image = await readImage(path.join(FOLDER, name), { upright: false });
    expect([image.width, image.height]).toEqual([width, height]);
    if (decoded_rgba8_sha256) {
      expect(createHash('sha256').update(toRgba(image)).digest('hex')).toBe(decoded_rgba8_sha256);
    } else if (decoded && components !== 4) {
      for (const [channel, mean] of meansOf(image).entries())
        expect(Math.abs(mean - decoded.mean[channel])).toBeLessThan(0.6);
    }
  });

  it('sees the same scene in a photograph and in the same stored turned', async () => {
    const upright = await readImage(path.join(FOLDER, 'exif_Landscape_1.jpg'));
    const turned = await readImage(path.join(FOLDER, 'exif_Landscape_6.jpg'));
    expect([turned.width, turned.height]).toEqual([upright.width, upright.height]);
    let difference = 0;
    for (const [i, value] of upright.data.entries()) difference += Math.abs(value - turned.data[i]);
    expect(difference / upright.data.length).toBeLessThan(4);
  });
});

function toRgba({ channels, data }: Image): Uint8Array {
  const count = data.length / channels;
  const rgba = new Uint8Array(4 * count).fill(255);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[i * channels + (channels < 3 ? 0 : c)];
    if (channels % 2 === 0) rgba[4 * i + 3] = data[i * channels + channels - 1];
  }
  return rgba;
}

function meansOf({ channels, data }: Image): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (const [i, value] of data.entries()) sums[i % channels] += value;
  return sums.map((sum) => (sum * channels) / data.length);
}
