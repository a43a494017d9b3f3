import { FormatError } from '../../errors.js';
import { checkSizes, elementBytes, elementCount, type RecordDType, StorageRecord, TensorRecord } from '../records.js';
import { decodeText, quote } from '../text.js';
import { CODES } from './dtypes.js';
import { type Json, parseJson } from './json.js';

/** The reference implementation's limit, against headers made to exhaust memory. */
const MAX_HEADER = 100_000_000;
const LENGTH_BYTES = 8;

const dtypeOf = new Map<string, RecordDType>(CODES);
const DAMAGED = 'the file is damaged';

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** By name, in the order of their data. */
  readonly tensors: ReadonlyMap<string, TensorRecord>;
  readonly metadata: ReadonlyMap<string, string>;
}

interface Located {
  readonly name: string;
  readonly dtype: RecordDType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file: the length of the header, the header in JSON, the data. The data must be covered by the tensors without gap
 * or overlap. Tensors are windows into `bytes`.
 * @throws FormatError
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const header = readHeader(bytes);
  const data = bytes.subarray(LENGTH_BYTES + headerLength(bytes));
  const located: Located[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [name, value] of header) {
    if (name === '__metadata__') metadata = readMetadata(value);
    else located.push(readTensor(name, value));
  }
  located.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(located, data.length);
  const tensors = new Map<string, TensorRecord>();
  for (const { name, dtype, shape, begin, end } of located) {
    tensors.set(name, new TensorRecord(StorageRecord.of(dtype, data.subarray(begin, end)), shape));
  }
  return { tensors, metadata };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES)
    throw new FormatError(`safetensors: a file of ${bytes.length} bytes is too short: it is cut off`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || LENGTH_BYTES + length > bytes.length) {
    throw new FormatError(
      `safetensors: a header of ${length} bytes is announced (file of ${bytes.length}): the file is cut off, damaged or no safetensors file`,
    );
  }
  return length;
}

function readHeader(bytes: Uint8Array): ReadonlyMap<string, Json> {
  const text = decodeText(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength(bytes)));
  if (text === null || !text.startsWith('{'))
    throw new FormatError('safetensors: the header is no JSON object: the file is damaged or no safetensors file');
  return parseJson(text) as ReadonlyMap<string, Json>;
}

function readMetadata(value: Json): ReadonlyMap<string, string> {
  if (!(value instanceof Map)) throw new FormatError(`safetensors: __metadata__ is no object: ${DAMAGED}`);
  for (const [key, text] of value) {
    if (typeof text !== 'string')
      throw new FormatError(`safetensors: the metadata ${quote(key)} is no string: ${DAMAGED}`);
  }
  return value as ReadonlyMap<string, string>;
}

function readTensor(name: string, value: Json): Located {
  const what = `safetensors: tensor ${quote(name)}`;
  const [code, sizes, offsets] =
    value instanceof Map ? ['dtype', 'shape', 'data_offsets'].map((key) => value.get(key) as Json | undefined) : [];
  if (typeof code !== 'string') throw new FormatError(`${what} has no dtype: ${DAMAGED}`);
  const dtype = dtypeOf.get(code);
  if (dtype === undefined)
    throw new FormatError(
      `${what} has dtype ${quote(code)}, which cannot be read (only ${[...dtypeOf.keys()].join(', ')})`,
    );
  const shape = checkSizes(`${what}: its shape`, sizes);
  const [begin, end] = checkSizes(`${what}: its data_offsets`, offsets) as [number, number];
  const size = elementCount(shape) * elementBytes[dtype];
  if ((offsets as readonly Json[]).length !== 2 || end - begin !== size) {
    throw new FormatError(
      `${what} of shape [${shape.join(', ')}] and dtype ${dtype} needs ${size} bytes, its offsets are [${(offsets as readonly Json[]).join(', ')}]: ${DAMAGED}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function checkCover(sorted: readonly Located[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of sorted) {
    if (begin !== at)
      throw new FormatError(
        `safetensors: tensor ${quote(name)} begins at byte ${begin} of the data, where ${at} was due: ${DAMAGED}`,
      );
    at = end;
  }
  if (at !== length)
    throw new FormatError(
      `safetensors: the tensors cover ${at} bytes, the file has ${length}: it is cut off or damaged`,
    );
}
