import { inflate } from '#platform';
import { join } from '../bytes.js';
import { FormatError } from '../errors.js';
import { crc32 } from './crc32.js';
import { type Image, type ImageLimits, MAX_PIXELS } from './image.js';
import { COLOR_TYPES, PALETTE, PASSES, PNG_SIGNATURE } from './png-layout.js';

/** What the chunks of a file say, before the pixels are unpacked. */
interface Png {
  width: number;
  height: number;
  depth: number;
  colorType: number;
  /** Samples in a pixel. */
  samples: 1 | 2 | 3 | 4;
  passes: (typeof PASSES)[number];
  palette: Uint8Array | null;
  transparency: Uint8Array | null;
  packed: Uint8Array;
}

/**
 * Reads a PNG file of any color type, depth and interlacing. Palettes are resolved, transparency becomes an alpha channel, and 16
 * bits are rounded to 8. Color profiles and gamma are left aside.
 *
 * @throws FormatError when the file is damaged, cut off or larger than the limits
 */
export function decodePng(file: Uint8Array, { maxPixels = MAX_PIXELS }: ImageLimits = {}): Image {
  const png = readChunks(file, maxPixels);
  const sizes = png.passes.map(({ x, y, dx, dy }) => {
    const width = Math.ceil((png.width - x) / dx);
    const height = Math.ceil((png.height - y) / dy);
    const rowBytes = Math.ceil((width * png.samples * png.depth) / 8);
    return { width, height, rowBytes, bytes: width > 0 && height > 0 ? height * (1 + rowBytes) : 0 };
  });
  const rows = unpack(
    png.packed,
    sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const painter = new Painter(png);
  let offset = 0;
  for (const [i, { width, height, rowBytes, bytes }] of sizes.entries()) {
    const { x, y, dx, dy } = png.passes[i];
    if (bytes === 0) continue;
    const pass = rows.subarray(offset, offset + bytes);
    unfilter(pass, rowBytes, Math.max(1, (png.samples * png.depth) >> 3));
    for (let row = 0; row < height; row++) {
      const start = row * (1 + rowBytes) + 1;
      painter.paint(pass.subarray(start, start + rowBytes), width, x, y + row * dy, dx);
    }
    offset += bytes;
  }
  return painter.image;
}

function readChunks(file: Uint8Array, maxPixels: number): Png {
  if (!PNG_SIGNATURE.every((byte, i) => file[i] === byte)) throw new FormatError('decodePng: not a PNG file');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const body = new Map<string, Uint8Array>();
  const packed: Uint8Array[] = [];
  let header: ReturnType<typeof readHeader> | null = null;
  for (let at = PNG_SIGNATURE.length; ; ) {
    const length = at + 12 <= file.length ? view.getUint32(at) : Infinity;
    if (at + 12 + length > file.length)
      throw new FormatError(`decodePng: the file is cut off after ${file.length} bytes`);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const data = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      throw new FormatError(`decodePng: chunk ${JSON.stringify(type)} is damaged (its checksum differs)`);
    }
    at += 12 + length;
    if (header === null) header = readHeader(type, data, maxPixels);
    else if (type === 'IDAT') packed.push(data);
    else if (type === 'IEND') break;
    else body.set(type, data);
  }
  const palette = body.get('PLTE') ?? null;
  if (header.colorType === PALETTE && (palette === null || palette.length % 3 !== 0 || palette.length > 768)) {
    throw new FormatError('decodePng: the palette is missing or damaged');
  }
  return { ...header, palette, transparency: body.get('tRNS') ?? null, packed: join(packed) };
}

function readHeader(type: string, data: Uint8Array, maxPixels: number) {
  if (type !== 'IHDR' || data.length !== 13)
    throw new FormatError('decodePng: the file does not begin with its header');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = data.subarray(8) as unknown as number[];
  const layout = COLOR_TYPES[colorType!];
  const passes = PASSES[interlace!];
  if (!layout?.depths.includes(depth!) || !passes || compression !== 0 || filter !== 0) {
    throw new FormatError(`decodePng: no such kind of PNG (${[...data.subarray(8)].join(', ')})`);
  }
  if (width === 0 || height === 0 || width * height > maxPixels) {
    throw new FormatError(`decodePng: ${width} × ${height} is not between 1 and ${maxPixels} pixels (maxPixels)`);
  }
  return { width, height, depth: depth!, colorType: colorType!, samples: layout.samples, passes };
}

function unpack(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflate(packed, size);
  } catch (error) {
    throw new FormatError(`decodePng: the pixels are damaged (${(error as Error).message})`);
  }
}

/** Undoes the filters in place: each byte was stored as its difference from what its neighbors left, above and both predict. */
function unfilter(rows: Uint8Array, rowBytes: number, pixelBytes: number): void {
  const stride = rowBytes + 1;
  for (let start = 0; start < rows.length; start += stride) {
    const filter = rows[start];
    if (filter > 4) throw new FormatError(`decodePng: no such filter (${filter})`);
    if (filter === 0) continue;
    for (let i = start + 1; i < start + stride; i++) {
      const left = i - start > pixelBytes ? rows[i - pixelBytes] : 0;
      const up = start > 0 ? rows[i - stride] : 0;
      const upLeft = start > 0 && i - start > pixelBytes ? rows[i - stride - pixelBytes] : 0;
      rows[i] += filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, upLeft);
    }
  }
}

/** Paeth's predictor: of the three neighbors the one nearest to left + up − upLeft. */
function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** Turns rows of samples into pixels of bytes. */
class Painter {
  readonly image: Image;
  readonly #png: Png;
  /** The samples of one row, as stored. */
  readonly #samples: Uint16Array;
  /** The samples of the one color that is transparent, in files without palette and alpha. */
  readonly #clear: number[] | null = null;

  constructor(png: Png) {
    this.#png = png;
    const { width, height, samples, colorType, transparency } = png;
    const colors = colorType === PALETTE ? 3 : samples;
    if (transparency && colorType !== PALETTE && samples % 2 === 1) {
      if (transparency.length !== 2 * samples) throw new FormatError('decodePng: the transparent color is damaged');
      this.#clear = Array.from({ length: samples }, (_, c) => transparency[2 * c] * 256 + transparency[2 * c + 1]);
    }
    const alpha = this.#clear !== null || (colorType === PALETTE && transparency !== null);
    const channels = (colors + Number(alpha)) as Image['channels'];
    this.image = { width, height, channels, data: new Uint8Array(width * height * channels) };
    this.#samples = new Uint16Array(width * samples);
  }

  /** Paints `count` pixels of a row from `x` on, `dx` apart. */
  paint(row: Uint8Array, count: number, x: number, y: number, dx: number): void {
    const { width, channels, data } = this.image;
    const { samples, colorType } = this.#png;
    this.#read(row, count * samples);
    for (let i = 0; i < count; i++) {
      const at = (y * width + x + i * dx) * channels;
      if (colorType === PALETTE) this.#paintIndexed(this.#samples[i], at);
      else {
        for (let c = 0; c < samples; c++) data[at + c] = this.#toByte(this.#samples[i * samples + c]);
        if (this.#clear)
          data[at + samples] = this.#clear.every((v, c) => v === this.#samples[i * samples + c]) ? 0 : 255;
      }
    }
  }

  /** Splits a row into samples of `depth` bits, the high ones first. */
  #read(row: Uint8Array, count: number): void {
    const { depth } = this.#png;
    const out = this.#samples;
    if (depth === 8) out.set(row);
    else if (depth === 16) for (let i = 0; i < count; i++) out[i] = row[2 * i] * 256 + row[2 * i + 1];
    else {
      for (let i = 0; i < count; i++) {
        const bit = i * depth;
        out[i] = (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
      }
    }
  }

  #toByte(sample: number): number {
    const { depth } = this.#png;
    return depth === 8 ? sample : Math.round((sample * 255) / ((1 << depth) - 1));
  }

  #paintIndexed(index: number, at: number): void {
    const { palette, transparency } = this.#png;
    const { data, channels } = this.image;
    if (3 * index >= palette!.length) throw new FormatError(`decodePng: color ${index} is not in the palette`);
    for (let c = 0; c < 3; c++) data[at + c] = palette![3 * index + c];
    if (channels === 4) data[at + 3] = transparency![index] ?? 255;
  }
}
