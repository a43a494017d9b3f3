import { engine } from '@flambeau/kernels';
import { type DType, isFloating } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import type { Tensor } from '../tensor/tensor.js';
import { kernelFor, packed } from './elementwise.js';
import { keptForm } from './kept.js';

/** A matrix (or a batch of them at even distances) as the GEMM kernel reads it. */
interface Operand {
  readonly tensor: Tensor;
  readonly transposed: 0 | 1;
  readonly lead: number;
  readonly step: number;
}

/** Reads the last two dimensions in place when one of them is dense, else from a packed copy. */
function operandOf(tensor: Tensor): Operand {
  const { shape, strides, ndim } = tensor;
  const rows = shape[ndim - 2];
  const columns = shape[ndim - 1];
  const rowStep = strides[ndim - 2];
  const columnStep = strides[ndim - 1];
  const step = ndim === 3 && shape[0] > 1 ? strides[0] : 0;
  if ((columnStep === 1 || columns === 1) && (rowStep >= columns || rows === 1))
    return { tensor, transposed: 0, lead: Math.max(rows === 1 ? columns : rowStep, 1), step };
  if ((rowStep === 1 || rows === 1) && (columnStep >= rows || columns === 1))
    return { tensor, transposed: 1, lead: Math.max(columns === 1 ? rows : columnStep, 1), step };
  const copy = packed(tensor);
  return {
    tensor: copy,
    transposed: 0,
    lead: Math.max(columns, 1),
    step: ndim === 3 && shape[0] > 1 ? rows * columns : 0,
  };
}

/** Brings operands into order before any address is read, for that may allocate. */
function settle(a: Tensor, b: Tensor, row: Tensor | null): void {
  void a.storage.place;
  void b.storage.place;
  if (row !== null) void row.storage.place;
}

/** @internal out = a · b (+ bias) for matrices or batches of matrices of one dtype. */
export function gemm(op: string, out: Tensor, a: Tensor, b: Tensor, bias: Tensor | null): void {
  const kernel = kernelFor(op, engine.kernels.gemm, out.dtype);
  const left = operandOf(a);
  const right = operandOf(b);
  const m = out.shape[out.ndim - 2];
  const n = out.shape[out.ndim - 1];
  const k = a.shape[a.ndim - 1];
  const batch = out.ndim === 3 ? out.shape[0] : 1;
  const row = bias === null ? null : packed(bias);
  settle(left.tensor, right.tensor, row);
  kernel(
    placeOf(out),
    placeOf(left.tensor),
    placeOf(right.tensor),
    row === null ? 0 : placeOf(row),
    batch,
    m,
    n,
    k,
    left.transposed,
    left.lead,
    right.transposed,
    right.lead,
    Math.max(n, 1),
    left.step,
    right.step,
    m * n,
    0,
  );
}

/** @internal out = x · weightᵀ (+ bias) for matrices of one dtype. Inference keeps the weight in packed form until it changes. */
export function gemmWeight(op: string, out: Tensor, x: Tensor, weight: Tensor, bias: Tensor | null): void {
  const [m, n] = out.shape;
  const k = x.shape[1];
  const kept = isFloating(out.dtype) ? keptForm(weight, [n, k], () => keptCount(op, out.dtype, m, n, k)) : null;
  if (kept === null) {
    gemm(op, out, x, weight.detach().t(), bias);
    return;
  }
  const left = operandOf(x);
  const row = bias === null ? null : packed(bias);
  settle(left.tensor, weight, row);
  kernelFor(op, engine.kernels.linear, out.dtype)(
    placeOf(out),
    placeOf(left.tensor),
    placeOf(weight),
    row === null ? 0 : placeOf(row),
    kept.storage.place,
    kept.filled ? 1 : 0,
    m,
    n,
    k,
    left.transposed,
    left.lead,
  );
  kept.filled = true;
}

/** How many numbers the packed weight has, where keeping it saves something. */
function keptCount(op: string, dtype: DType, m: number, n: number, k: number): number {
  kernelFor(op, engine.kernels.linear_kept, dtype)(m, n, k);
  return engine.block[0];
}
