import { BLOCK, engine, type Place } from '@flambeau/kernels';
import { ShapeError } from '../errors.js';
import { type DType, dtypes } from './dtype.js';
import { type Shape, sameShape } from './shape.js';
import type { Tensor } from './tensor.js';

/** Room for the dimensions of a loop nest. */
const MAX_DIMS = 64;
const sizes = new Float64Array(MAX_DIMS);
const steps = [0, 1, 2, 3, 4].map(() => new Float64Array(MAX_DIMS));

/**
 * Writes a loop nest over `shape` into the argument block, where the next kernel reads it: dimensions of size 1 vanish and
 * neighbours that are evenly spaced in every operand become one, so that most nests reach the kernel as a single run.
 */
export function writeLoop(shape: Shape, ...operands: readonly Shape[]): void {
  writeNest(shape, operands, operands.length);
}

/** The same for the first `count` of the operands' strides; what stands behind the last dimension of strides is not read. */
export function writeNest(shape: Shape, operands: readonly Shape[], count: number): void {
  let dims = 0; // collected innermost first
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = shape[dim];
    if (size === 1) continue;
    if (dims > 0 && joins(dims - 1, dim, operands, count)) {
      sizes[dims - 1] *= size;
      continue;
    }
    if (dims === MAX_DIMS) throw new ShapeError('loop', `more than ${MAX_DIMS} dimensions`, shape);
    sizes[dims] = size;
    for (let k = 0; k < count; k++) steps[k][dims] = operands[k][dim];
    dims++;
  }
  const block = engine.block;
  let at = BLOCK.loop;
  block[at++] = dims;
  block[at++] = count;
  for (let i = dims - 1; i >= 0; i--) block[at++] = sizes[i];
  for (let k = 0; k < count; k++) for (let i = dims - 1; i >= 0; i--) block[at++] = steps[k][i];
}

function joins(inner: number, dim: number, operands: readonly Shape[], count: number): boolean {
  for (let k = 0; k < count; k++) if (operands[k][dim] !== sizes[inner] * steps[k][inner]) return false;
  return true;
}

/** Strides of a scalar inside any loop. */
export const STILL: Shape = new Array<number>(MAX_DIMS).fill(0);

/** Strides of a tensor inside a loop over a shape that it broadcasts to: 0 where it repeats. */
export function broadcastStrides(shape: Shape, strides: Shape, over: Shape): Shape {
  if (sameShape(shape, over)) return strides;
  const out = new Array<number>(over.length).fill(0);
  const shift = over.length - shape.length;
  for (let i = 0; i < shape.length; i++) out[i + shift] = shape[i] === 1 ? 0 : strides[i];
  return out;
}

/** The address of a tensor's first element. Channels-last data turns row-major. */
export function placeOf(tensor: Tensor): Place {
  return tensor.storage.place + tensor.offset * dtypes[tensor.dtype].bytes;
}

/** The argument block as the dtypes see it; made anew when WebAssembly memory has moved. */
const lanes = {
  buffer: null as ArrayBufferLike | null,
  float64: new Float64Array() as Float64Array,
  float32: new Float32Array() as Float32Array,
  int64: new BigInt64Array() as BigInt64Array,
  int32: new Int32Array() as Int32Array,
  uint8: new Uint8Array() as Uint8Array,
};

/** Writes a scalar operand into one of the block's lanes and answers its address, which a loop then reads with stride 0. */
export function scalarPlace(value: number | boolean | bigint, dtype: DType, lane: number): Place {
  const block = engine.block;
  if (lanes.buffer !== block.buffer) {
    const { buffer, byteOffset, length } = block;
    lanes.buffer = buffer;
    lanes.float64 = block;
    lanes.float32 = new Float32Array(buffer, byteOffset, length * 2);
    lanes.int64 = new BigInt64Array(buffer, byteOffset, length);
    lanes.int32 = new Int32Array(buffer, byteOffset, length * 2);
    lanes.uint8 = new Uint8Array(buffer, byteOffset, length * 8);
  }
  const at = BLOCK.scalars + lane;
  switch (dtype) {
    case 'float32':
      lanes.float32[at * 2] = Number(value);
      break;
    case 'float64':
      lanes.float64[at] = Number(value);
      break;
    case 'int64':
      lanes.int64[at] = typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));
      break;
    case 'int32':
      lanes.int32[at * 2] = Number(value);
      break;
    case 'uint8':
      lanes.uint8[at * 8] = Number(value);
      break;
    case 'bool':
      lanes.uint8[at * 8] = value ? 1 : 0;
  }
  return engine.blockPlace + at * 8;
}
