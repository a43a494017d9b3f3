import { ArgumentError } from '../../errors.js';
import { contiguousStrides, elementBytes, elementCount, type StorageRecord, type TensorRecord } from '../records.js';
import { quote } from '../text.js';
import { CODES } from './dtypes.js';

const ALIGNMENT = 8;

const rankOf = new Map(CODES.map(([code, dtype], rank) => [dtype, { code, rank }]));

type Entry = readonly [name: string, record: TensorRecord];

/**
 * A safetensors file, piece by piece and byte for byte as the reference implementation writes it: tensors ordered by element size and then by
 * name, the header padded with spaces to a multiple of 8.
 */
export function* writeSafetensors(
  tensors: Iterable<Entry>,
  metadata: Readonly<Record<string, string>> = {},
): Generator<Uint8Array> {
  const entries = [...tensors].sort(([a, first], [b, second]) => rank(first) - rank(second) || compareText(a, b));
  checkWhole(entries);
  const fields = Object.keys(metadata).length > 0 ? [`"__metadata__":${JSON.stringify(checkMetadata(metadata))}`] : [];
  let at = 0;
  for (const [name, record] of entries) {
    const end = at + elementCount(record.shape) * elementBytes[record.dtype];
    const { code } = rankOf.get(record.dtype) as { code: string };
    fields.push(
      `${JSON.stringify(name)}:${JSON.stringify({ dtype: code, shape: record.shape, data_offsets: [at, end] })}`,
    );
    at = end;
  }
  const text = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(8 + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(text, 8);
  yield header;
  for (const [, record] of entries) yield dataOf(record);
}

function rank(record: TensorRecord): number {
  return rankOf.get(record.dtype)?.rank ?? 0;
}

/** By code points, as UTF-8 sorts. */
function compareText(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as string).codePointAt(0)! - (right[i] as string).codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The bytes of a contiguous tensor. */
function dataOf(record: TensorRecord): Uint8Array {
  const size = elementBytes[record.dtype];
  return record.storage.bytes().subarray(record.offset * size, (record.offset + elementCount(record.shape)) * size);
}

/** The format knows neither strides nor shared memory; like the reference this refuses rather than lose them in silence. */
function checkWhole(entries: readonly Entry[]): void {
  const windows = new Map<StorageRecord, Entry[]>();
  for (const entry of entries) {
    const [name, record] = entry;
    if (name === '__metadata__')
      throw new ArgumentError('safetensors', "a tensor cannot be named '__metadata__': choose another name");
    const strides = contiguousStrides(record.shape);
    const contiguous = record.shape.every((size, d) => size === 1 || record.strides[d] === strides[d]);
    if (!contiguous && elementCount(record.shape) > 0) {
      throw new ArgumentError(
        'safetensors',
        `tensor ${quote(name)} is a view that is not contiguous: save its contiguous()`,
      );
    }
    const others = windows.get(record.storage);
    if (others === undefined) windows.set(record.storage, [entry]);
    else others.push(entry);
  }
  for (const sharing of windows.values()) checkApart(sharing);
}

function checkApart(sharing: readonly Entry[]): void {
  const sorted = sharing
    .filter(([, record]) => elementCount(record.shape) > 0)
    .sort(([, a], [, b]) => a.offset - b.offset);
  sorted.forEach(([name, record], i) => {
    const next = sorted[i + 1];
    if (next === undefined || record.offset + elementCount(record.shape) <= next[1].offset) return;
    throw new ArgumentError(
      'safetensors',
      `tensors ${quote(name)} and ${quote(next[0])} share memory: save one of them, or a clone()`,
    );
  });
}

function checkMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string')
      throw new ArgumentError('safetensors', `metadata ${quote(key)} is a ${typeof value}: use strings`);
  }
  return metadata;
}
