import type { DType } from '../tensor/dtype.js';
import { elementBytes, type RecordDType } from './records.js';

/**
 * Tensors hold fewer element types than files: half precision is read as float32, which holds every half exactly, and the short
 * integers as int32.
 */
export const HELD_AS: Readonly<Partial<Record<RecordDType, DType>>> = {
  float16: 'float32',
  bfloat16: 'float32',
  int16: 'int32',
  int8: 'int32',
};

type Widened = Uint8Array | Float32Array | Int32Array;

type Converter = (view: DataView, count: number) => Widened;

/** What changes between a file and a tensor. A bool of a file may be any byte; one of a tensor is 0 or 1. */
const converters: Readonly<Partial<Record<RecordDType, Converter>>> = {
  float16: (view, count) => fromHalves(view, count),
  bfloat16: (view, count) => fromBits(count, (i) => view.getUint16(2 * i, true) << 16),
  int16: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt16(2 * i, true)),
  int8: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt8(i)),
  bool: (view, count) => Uint8Array.from({ length: count }, (_, i) => (view.getUint8(i) === 0 ? 0 : 1)),
};

/** Elements `first` to `first + count` of a storage as tensors hold them. */
export function widen(bytes: Uint8Array, dtype: RecordDType, first: number, count: number): Widened {
  const step = elementBytes[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset + first * step, count * step);
  return (converters[dtype] as Converter)(view, count);
}

/** Floats from their bits, so that NaNs keep their payload. */
function fromBits(count: number, bitsOf: (i: number) => number): Float32Array {
  const bits = new Int32Array(count);
  for (let i = 0; i < count; i++) bits[i] = bitsOf(i);
  return new Float32Array(bits.buffer);
}

function fromHalves(view: DataView, count: number): Float32Array {
  return fromBits(count, (i) => {
    const half = view.getUint16(2 * i, true);
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
    if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
    if (fraction === 0) return sign;
    // Halves below the smallest normal one are normal floats: move the leading one to its place.
    const shift = Math.clz32(fraction) - 21;
    return sign | ((113 - shift) << 23) | (((fraction << shift) & 1023) << 13);
  });
}
