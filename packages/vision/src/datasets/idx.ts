import { gunzip, gzip } from '#platform';
import { FormatError } from '../errors.js';

/** The element types of the IDX format with the code that stands for each in a file's third byte. */
const DTYPES = {
  uint8: { code: 0x08, bytes: 1, Array: Uint8Array },
  int8: { code: 0x09, bytes: 1, Array: Int8Array },
  int16: { code: 0x0b, bytes: 2, Array: Int16Array },
  int32: { code: 0x0c, bytes: 4, Array: Int32Array },
  float32: { code: 0x0d, bytes: 4, Array: Float32Array },
  float64: { code: 0x0e, bytes: 8, Array: Float64Array },
} as const;

/** An element type of the IDX format. */
export type IdxDType = keyof typeof DTYPES;

interface Numbers<D extends IdxDType, Data> {
  dtype: D;
  shape: number[];
  data: Data;
}

/** The numbers of one IDX file: `data` holds as many as the sizes in `shape` multiply to, the last dimension varying fastest. */
export type IdxArray =
  | Numbers<'uint8', Uint8Array>
  | Numbers<'int8', Int8Array>
  | Numbers<'int16', Int16Array>
  | Numbers<'int32', Int32Array>
  | Numbers<'float32', Float32Array>
  | Numbers<'float64', Float64Array>;

const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** Deflate never packs tighter. */
const MOST_PER_PACKED_BYTE = 1032;

/**
 * Reads an IDX file (the format of MNIST), plain or packed with gzip. The file's size must be exactly what its header says.
 * Bytes are not copied: the `data` of a plain uint8 file is a part of `input`.
 *
 * @param options.maxBytes the most bytes that a packed file may unpack to (default 1 GiB)
 * @throws FormatError when the bytes are no IDX file, are cut off, or go on after their end
 * @example
 * const { shape, data } = readIdx(fs.readFileSync('t10k-images-idx3-ubyte.gz')); // shape [10000, 28, 28]
 */
export function readIdx(input: Uint8Array, { maxBytes = 2 ** 30 }: { maxBytes?: number } = {}): IdxArray {
  const file = new Uint8Array(input.buffer, input.byteOffset, input.byteLength); // a Buffer's `slice` does not copy
  const packed = file[0] === GZIP_MAGIC[0] && file[1] === GZIP_MAGIC[1];
  return parse(packed ? unpack(file, maxBytes) : file);
}

function parse(bytes: Uint8Array): IdxArray {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw new FormatError('readIdx: not an IDX file (it does not begin with two zero bytes): is it another format?');
  }
  const [code, rank] = [bytes[2], bytes[3]];
  const dtype = (Object.keys(DTYPES) as IdxDType[]).find((name) => DTYPES[name].code === code);
  if (!dtype) throw new FormatError(`readIdx: unknown element type 0x${code.toString(16).padStart(2, '0')}`);

  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new FormatError(`readIdx: the header of ${rank} dimensions is cut off after ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  // A product that rounds is far beyond any file, so it is refused all the same.
  const count = shape.reduce((product, size) => product * size, 1);
  const { bytes: width, Array: TypedArray } = DTYPES[dtype];
  if (start + count * width !== bytes.length) {
    throw new FormatError(
      `readIdx: ${dtype} [${shape.join(', ')}] needs ${start + count * width} bytes, the file has ${bytes.length}`,
    );
  }
  if (dtype === 'uint8') return { dtype, shape, data: bytes.subarray(start) };
  const body = bytes.slice(start);
  swapToNative(body, width);
  return { dtype, shape, data: new TypedArray(body.buffer) } as IdxArray;
}

/**
 * Unpacks a gzip file no further than its own trailer says it goes, so that a small file cannot swell to any size.
 */
function unpack(file: Uint8Array, maxBytes: number): Uint8Array {
  const size =
    file.length < 18 ? Infinity : new DataView(file.buffer, file.byteOffset).getUint32(file.length - 4, true);
  if (size > file.length * MOST_PER_PACKED_BYTE) {
    throw new FormatError('readIdx: the gzip file is damaged or cut off: fetch it again');
  }
  if (size > maxBytes) {
    throw new FormatError(`readIdx: the file unpacks to ${size} bytes, more than the limit of ${maxBytes} (maxBytes)`);
  }
  try {
    return gunzip(file, size);
  } catch (error) {
    throw new FormatError(`readIdx: the gzip file is damaged or cut off (${(error as Error).message}): fetch it again`);
  }
}

/**
 * Writes an IDX file.
 *
 * @param options.packed whether to pack it with gzip (default false)
 * @example
 * fs.writeFileSync('labels', writeIdx({ dtype: 'uint8', shape: [3], data: Uint8Array.of(7, 2, 1) }));
 */
export function writeIdx(array: IdxArray, { packed = false }: { packed?: boolean } = {}): Uint8Array {
  const { dtype, shape, data } = array;
  const { code, bytes: width } = DTYPES[dtype];
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length || shape.length > 255) {
    throw new RangeError(`writeIdx: shape [${shape.join(', ')}] does not fit ${data.length} numbers`);
  }
  const start = 4 + 4 * shape.length;
  const file = new Uint8Array(start + data.byteLength);
  const view = new DataView(file.buffer);
  file.set([0, 0, code, shape.length]);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  const body = file.subarray(start);
  body.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  swapToNative(body, width);
  return packed ? gzip(file) : file;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** IDX numbers are big-endian: turns each around, to this machine's order or back. */
function swapToNative(bytes: Uint8Array, width: number): void {
  if (width === 1 || !littleEndian) return;
  for (let i = 0; i < bytes.length; i += width) {
    for (let low = i, high = i + width - 1; low < high; low++, high--) {
      const byte = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
  }
}
