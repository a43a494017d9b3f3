import jpeg from 'jpeg-js';
import { FormatError } from '../errors.js';
import { type Image, type ImageLimits, MAX_PIXELS } from './image.js';

/**
 * Reads a JPEG file, baseline or progressive; CMYK becomes RGB.
 *
 * @throws FormatError when the file is damaged, cut off or larger than the limits
 */
export function decodeJpeg(file: Uint8Array, { maxPixels = MAX_PIXELS }: ImageLimits = {}): Image {
  const frame = readFrame(file);
  if (frame.width * frame.height > maxPixels || frame.width * frame.height === 0) {
    throw new FormatError(
      `decodeJpeg: ${frame.width} × ${frame.height} is not between 1 and ${maxPixels} pixels (maxPixels)`,
    );
  }
  let decoded: { width: number; height: number; data: Uint8Array };
  try {
    decoded = jpeg.decode(file, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: Math.ceil(maxPixels / 1e6),
      maxMemoryUsageInMB: 64 + (frame.width * frame.height * BYTES_PER_PIXEL) / 1e6,
    });
  } catch (error) {
    throw new FormatError(`decodeJpeg: the file is damaged or of a rare kind (${(error as Error).message})`);
  }
  const { width, height, data } = decoded;
  if (frame.components === 1) return { width, height, channels: 1, data: everyThird(data) };
  return { width, height, channels: 3, data };
}

/** What the decoder needs at most: coefficients, samples and pixels of four components. */
const BYTES_PER_PIXEL = 40;

/** A grey file comes out as three equal channels. */
function everyThird(data: Uint8Array): Uint8Array {
  const grey = new Uint8Array(data.length / 3);
  for (let i = 0; i < grey.length; i++) grey[i] = data[3 * i];
  return grey;
}

/** Size and number of components, from the frame header. */
function readFrame(file: Uint8Array): { width: number; height: number; components: number } {
  for (const { marker, body } of jpegSegments(file)) {
    // SOF0 … SOF15, among which three other markers lie
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc && body.length >= 6) {
      return { height: body[1] * 256 + body[2], width: body[3] * 256 + body[4], components: body[5] };
    }
  }
  throw new FormatError('decodeJpeg: the file has no frame: it is damaged or cut off');
}

/** The segments of a JPEG file up to the first scan. */
export function* jpegSegments(file: Uint8Array): Generator<{ marker: number; body: Uint8Array }> {
  for (let at = 2; at + 4 <= file.length; ) {
    const marker = file[at + 1];
    if (file[at] !== 0xff) return;
    if (marker === 0xff) {
      at++; // any number of these may stand before a marker
      continue;
    }
    const length = file[at + 2] * 256 + file[at + 3];
    if (marker === 0xda || length < 2) return;
    yield { marker, body: file.subarray(at + 4, Math.min(at + 2 + length, file.length)) };
    at += 2 + length;
  }
}
