import type { Image } from './image.js';
import { jpegSegments } from './jpeg.js';

const ORIENTATION_TAG = 0x0112;
const APP1 = 0xe1;
const EXIF = 'Exif\0\0';

/** How a camera was held, from a JPEG file's EXIF data: 1 … 8, 1 being upright and the answer where nothing is said. */
export function readOrientation(file: Uint8Array): number {
  for (const { marker, body } of jpegSegments(file)) {
    if (marker !== APP1 || String.fromCharCode(...body.subarray(0, EXIF.length)) !== EXIF) continue;
    const orientation = readTag(body.subarray(EXIF.length));
    if (orientation !== null) return orientation;
  }
  return 1;
}

/** Looks the orientation up in the first directory of a TIFF structure. */
function readTag(tiff: Uint8Array): number | null {
  if (tiff.length < 8) return null;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49; // "II", Intel's order; "MM" is Motorola's
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return null;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.length) return null;
    if (view.getUint16(entry, little) === ORIENTATION_TAG) {
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}

/** Turns a picture upright that was stored with the given EXIF orientation. */
export function applyOrientation(image: Image, orientation: number): Image {
  if (orientation === 1) return image;
  const { width, height, channels, data } = image;
  const turned = orientation >= 5; // rows become columns
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const out: Image = {
    width: turned ? height : width,
    height: turned ? width : height,
    channels,
    data: new Uint8Array(data.length),
  };
  for (let y = 0, to = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const column = turned ? y : x;
      const row = turned ? x : y;
      const from = ((mirrorY ? height - 1 - row : row) * width + (mirrorX ? width - 1 - column : column)) * channels;
      for (let c = 0; c < channels; c++) out.data[to++] = data[from + c];
    }
  }
  return out;
}
