import { decode as decodePng, encode as encodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { FormatError } from '../errors.js';

/** A grey picture, 0 black to 255 white. */
export interface GreyImage {
  width: number;
  height: number;
  /** Row after row. */
  pixels: Uint8Array;
}

/** More pixels than any photograph that a net is shown; checked before anything is decoded. */
const MAX_PIXELS = 1 << 26;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The luma of ITU-R BT.601, which PyTorch's and most other tools' grey is. */
const grey = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** Reads a PNG or JPEG file as grey; what is transparent is white. @throws FormatError for other or damaged files */
export function readGrey(bytes: Uint8Array): GreyImage {
  const isPng = PNG.every((byte, i) => bytes[i] === byte);
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isPng && !isJpeg) throw new FormatError('picture: neither a PNG nor a JPEG file');
  try {
    return isPng ? greyPng(bytes) : greyJpeg(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`picture: damaged ${isPng ? 'PNG' : 'JPEG'} file (${(error as Error).message})`);
  }
}

function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width * height > MAX_PIXELS)
    throw new FormatError(`picture: ${width} × ${height} pixels; at most ${MAX_PIXELS} can be read`);
}

function greyPng(bytes: Uint8Array): GreyImage {
  if (bytes.length < 33) throw new FormatError('picture: the PNG file is cut off');
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkSize(header.getUint32(16), header.getUint32(20));
  const { width, height, data, channels, depth, palette } = decodePng(bytes, { checkCrc: true });
  const scale = depth === 16 ? 1 / 257 : depth < 8 && palette === undefined ? 255 / (2 ** depth - 1) : 1;
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    if (palette !== undefined) {
      const [r, g, b, alpha = 255] = palette[data[i]];
      pixels[i] = over(grey(r, g, b), alpha);
    } else {
      const value = channels < 3 ? data[at] : grey(data[at], data[at + 1], data[at + 2]);
      const alpha = channels % 2 === 0 ? data[at + channels - 1] * scale : 255;
      pixels[i] = over(value * scale, alpha);
    }
  }
  return { width, height, pixels };
}

/** A grey tone with some opacity on white. */
const over = (tone: number, alpha: number): number => Math.round(tone * (alpha / 255) + 255 - alpha);

function greyJpeg(bytes: Uint8Array): GreyImage {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    maxResolutionInMP: MAX_PIXELS / 1e6,
    maxMemoryUsageInMB: 1024,
  });
  checkSize(width, height);
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(grey(data[4 * i], data[4 * i + 1], data[4 * i + 2]));
  return { width, height, pixels };
}

/** A grey picture as a PNG file. */
export function writeGreyPng({ width, height, pixels }: GreyImage): Uint8Array {
  return encodePng({ width, height, data: pixels, channels: 1, depth: 8 });
}
