import { engine, type Place } from '@flambeau/kernels';
import { DTypeError } from '../errors.js';
import { type DType, dtypes, promoteScalar, promoteTypes, type Suffix } from '../tensor/dtype.js';
import { broadcastStrides, placeOf, STILL, scalarPlace, writeLoop, writeNest } from '../tensor/loop.js';
import { broadcastShapes, contiguousStrides, numelOf, type Shape } from '../tensor/shape.js';
import { Storage } from '../tensor/storage.js';
import { fresh, isTensor, type Operand, type Tensor } from '../tensor/tensor.js';

/** The kernels of one name, by dtype; what is missing, the op does not support. */
type Family = { readonly [S in Suffix]?: (...args: number[]) => void };

/** The kernel of a family for a dtype. @throws DTypeError that names the op */
export function kernelFor(op: string, family: object, dtype: DType): (...args: number[]) => void {
  const kernel = (family as Family)[dtypes[dtype].suffix];
  if (kernel === undefined)
    throw new DTypeError(op, `not implemented for ${dtype}; there is ${Object.keys(family).map(dtypeOf).join(', ')}`);
  return kernel;
}

const dtypeOf = (suffix: string): string =>
  Object.values(dtypes).find((info) => info.suffix === suffix)?.name ?? suffix;

/** @internal A fresh uninitialised contiguous tensor, outside of any graph. */
export function allocate(shape: Shape, dtype: DType): Tensor {
  const { bytes, suffix } = dtypes[dtype];
  return fresh(new Storage(numelOf(shape) * bytes, suffix), shape, dtype);
}

/** @internal A tensor's values in a dtype, outside of any graph; the tensor itself when it has that dtype. */
export function cast(tensor: Tensor, dtype: DType): Tensor {
  if (tensor.dtype === dtype) return tensor;
  const out = allocate(tensor.shape, dtype);
  if (tensor.storage.channels !== null) out.storage.markChannelsLast(tensor.storage.channels);
  copyInto(out, tensor);
  return out;
}

/** @internal A tensor's values in row-major order without gaps, outside of any graph; the tensor itself when it lies so. */
export function packed(tensor: Tensor): Tensor {
  if (tensor.isContiguous()) return tensor;
  const out = allocate(tensor.shape, tensor.dtype);
  copyInto(out, tensor);
  return out;
}

/** @internal Copies values, converting and broadcasting. Counts no version. */
export function copyInto(out: Tensor, from: Tensor): void {
  const family = engine.kernels[`to_${dtypes[out.dtype].suffix}`];
  run(kernelFor('copy', family, from.dtype), out, [from]);
}

/** The strides of the nest being written, `out` first, and the numbers of the call after `out`: kept, so that a call leaves no garbage. */
const strides: Shape[] = [];
const numbers = new Float64Array(8);

const FLAT: Shape = [1];
const NOTHING: readonly number[] = [];

/**
 * Runs an elementwise kernel: the loop goes over `out`, operands broadcast, and everything lies as `out` does: channels-last only when all do.
 * Operands must have the kernel's dtypes; numbers become elements of `scalarType`.
 */
export function run(
  kernel: (...args: number[]) => void,
  out: Tensor,
  operands: readonly Operand[],
  extra: readonly number[] = NOTHING,
  scalarType: DType = out.dtype,
): void {
  const raw = out.storage.channels !== null && allLieRaw(operands);
  // Reordering may allocate, so addresses are read last.
  if (!raw) for (const operand of operands) if (isTensor(operand)) void operand.storage.place;
  const target = raw ? out.storage.rawPlace : placeOf(out);
  const shape = raw ? [out.numel] : out.shape;
  strides[0] = raw ? FLAT : out.strides;
  let count = 0;
  for (const operand of operands) {
    numbers[count] = addressOf(operand, scalarType, count, raw);
    strides[++count] = stridesOf(operand, shape, raw);
  }
  writeNest(shape, strides, count + 1);
  for (let i = 0; i < extra.length; i++) numbers[count++] = extra[i];
  callWith(kernel, target, count);
}

/** Numbers past a kernel's last parameter would be ignored, but each costs: hence the few forms of the call. */
function callWith(kernel: (...args: number[]) => void, target: Place, count: number): void {
  const n = numbers;
  if (count <= 1) kernel(target, n[0]);
  else if (count === 2) kernel(target, n[0], n[1]);
  else if (count === 3) kernel(target, n[0], n[1], n[2]);
  else kernel(target, n[0], n[1], n[2], n[3], n[4], n[5]);
}

/** Whether all operands lie channels-last, or the order of their elements does not matter. */
function allLieRaw(operands: readonly Operand[]): boolean {
  for (const operand of operands)
    if (isTensor(operand) && operand.storage.channels === null && operand.ndim > 0) return false;
  return true;
}

/** The address of a tensor of the right dtype, or of a number's lane in the argument block. */
function addressOf(operand: Operand, dtype: DType, lane: number, raw: boolean): Place {
  if (!isTensor(operand)) return scalarPlace(operand, dtype, lane);
  return raw ? operand.storage.rawPlace + operand.offset * dtypes[operand.dtype].bytes : placeOf(operand);
}

function stridesOf(operand: Operand, shape: Shape, raw: boolean): Shape {
  if (!isTensor(operand) || operand.ndim === 0) return STILL;
  return raw ? FLAT : broadcastStrides(operand.shape, operand.strides, shape);
}

/** Sets all elements. */
export function fillWith(op: string, out: Tensor, value: number | boolean | bigint): void {
  run(kernelFor(op, engine.kernels.fill, out.dtype), out, [], [Number(value)]);
}

/** `out[…] = f(a)`, computed in `out`'s dtype unless told otherwise. */
export function unary(
  op: string,
  family: object,
  out: Tensor,
  a: Tensor,
  extra: readonly number[] = NOTHING,
  compute: DType = out.dtype,
): void {
  run(kernelFor(op, family, compute), out, [cast(a, compute)], extra);
}

/** `out[…] = f(a, b)` with both operands brought to `compute`. */
export function binary(
  op: string,
  family: object,
  out: Tensor,
  a: Operand,
  b: Operand,
  extra: readonly number[] = NOTHING,
  compute: DType = out.dtype,
): void {
  const left = isTensor(a) ? cast(a, compute) : a;
  const right = isTensor(b) ? cast(b, compute) : b;
  run(kernelFor(op, family, compute), out, [left, right], extra, compute);
}

/** The shape of `a op b`. */
export function broadcast(op: string, a: Operand, b: Operand): Shape {
  const left = isTensor(a) ? a.shape : [];
  const right = isTensor(b) ? b.shape : [];
  return broadcastShapes(op, left, right);
}

/**
 * The dtype in which two operands meet. As in PyTorch a scalar tensor gives way to a tensor with dimensions of the same kind, and
 * numbers give way to every tensor of at least their kind.
 */
export function promote(a: Operand, b: Operand): DType {
  if (isTensor(a) && isTensor(b)) {
    if ((a.ndim === 0) === (b.ndim === 0)) return promoteTypes(a.dtype, b.dtype);
    const [full, scalar] = a.ndim === 0 ? [b, a] : [a, b];
    if (dtypes[full.dtype].kind === dtypes[scalar.dtype].kind) return full.dtype;
    return promoteTypes(full.dtype, scalar.dtype) === full.dtype ? full.dtype : scalar.dtype;
  }
  if (isTensor(a)) return promoteScalar(a.dtype, b as number);
  return promoteScalar((b as Tensor).dtype, a as number);
}

/** Row-major strides of `shape` with 0 on the reduced dimensions: how a reduction's result lies under a loop over its input. */
export function reducedStrides(shape: Shape, dims: readonly number[]): number[] {
  const kept = shape.map((size, i) => (dims.includes(i) ? 1 : size));
  return contiguousStrides(kept).map((stride, i) => (dims.includes(i) ? 0 : stride));
}

/** @internal Runs a reducing kernel: the loop goes over the input, the output stands still on the reduced dimensions. */
export function reduce(
  kernel: (...args: number[]) => void,
  out: Tensor,
  input: Tensor,
  dims: readonly number[],
  extra: readonly number[] = NOTHING,
): void {
  void input.storage.place;
  const places = [placeOf(out), placeOf(input)];
  writeLoop(input.shape, reducedStrides(input.shape, dims), input.strides);
  kernel(...places, ...extra);
}
