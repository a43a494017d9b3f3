import { BLOCK, engine } from '@flambeau/kernels';
import { ArgumentError } from '../errors.js';
import type { DType } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** A parameter, its gradient and its state, in the order of the kernel's table. Absent ones are null. */
export type Row = readonly [param: Tensor, grad: Tensor, ...state: (Tensor | null)[]];

type Step = (dtype: 'f32' | 'f64', rows: number) => void;

/**
 * Hands rows of tensors to a kernel that steps all of them in one call (in several, when the argument block is full), each dtype on
 * its own. Parameters count as changed.
 */
export function stepTable(op: string, rows: readonly Row[], step: Step): void {
  for (const [param] of rows) param.storage.willChange();
  for (const dtype of ['float32', 'float64'] as const) {
    const mine = rows.filter(([param]) => param.dtype === dtype);
    const dense = mine.map((row) => aligned(op, row, dtype));
    const width = (dense[0]?.length ?? 0) + 1;
    const fit = Math.floor((BLOCK.length - BLOCK.loop) / width);
    for (let start = 0; start < dense.length; start += fit) {
      const some = dense.slice(start, start + fit);
      let at = BLOCK.loop;
      const block = engine.block;
      for (const row of some) {
        for (const tensor of row) block[at++] = tensor === null ? 0 : placeOf(tensor);
        block[at++] = row[0].numel;
      }
      step(dtype === 'float32' ? 'f32' : 'f64', some.length);
    }
    // A parameter that lies with gaps was stepped as a copy.
    dense.forEach(([stepped], i) => {
      const [param] = mine[i];
      if (stepped.storage !== param.storage) param.copy_(stepped);
    });
  }
  for (const [param] of rows) param.storage.changed();
}

/** The row with everything in row-major order, brought there before any address is read. */
function aligned(op: string, row: Row, dtype: DType): Row {
  const [param, grad, ...state] = row;
  if (grad.dtype !== dtype || !sameShape(grad.shape, param.shape))
    throw new ArgumentError(op, 'a gradient has another dtype or shape than its parameter');
  for (const tensor of state)
    if (tensor !== null && (tensor.dtype !== dtype || !sameShape(tensor.shape, param.shape) || !tensor.isContiguous()))
      throw new ArgumentError(op, 'the state of a parameter has another dtype or shape than the parameter');
  const gaps = !param.isContiguous() || !grad.isContiguous();
  const dense: Row = gaps ? [param.detach().contiguous(), grad.detach().contiguous(), ...state] : row;
  for (const tensor of dense) if (tensor !== null) void tensor.storage.place;
  return dense;
}
