import { deflate } from '#platform';
import { join } from '../bytes.js';
import { crc32 } from './crc32.js';
import type { Image } from './image.js';
import { PNG_SIGNATURE } from './png-layout.js';

/** PNG's color types, by the number of channels. */
const COLOR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** Writes a picture as a PNG file of 8 bits a channel, without loss. */
export function encodePng({ width, height, channels, data }: Image): Uint8Array {
  const rowBytes = width * channels;
  if (width < 1 || height < 1 || data.length !== height * rowBytes) {
    throw new RangeError(`encodePng: ${width} × ${height} × ${channels} does not fit ${data.length} bytes`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, COLOR_TYPES[channels], 0, 0, 0], 8);

  const rows = new Uint8Array(height * (rowBytes + 1)); // the byte before each row names its filter: 0, none
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  return join([PNG_SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflate(rows)), chunk('IEND', new Uint8Array(0))]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)));
  return bytes;
}
