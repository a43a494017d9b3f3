import { engine } from '@flambeau/kernels';
import { noGrad } from '../autograd/modes.js';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { zeros } from './creation.js';
import { kernelFor, packed } from './elementwise.js';
import { checkBounds } from './scatter.js';

const k = engine.kernels;

/** What `embedding` and `embeddingBag` have in common. */
export interface TableOptions {
  /** The row that no gradient reaches (and that no bag counts); negative counts from the end. Default: none. */
  paddingIdx?: number | null;
  /** Rows that are read are first scaled down in place to at most this norm. Default: none. */
  maxNorm?: number | null;
  /** The p of that norm. Default 2. */
  normType?: number;
  /** Divide the gradient of a row by how often the call names it. Default false. */
  scaleGradByFreq?: boolean;
  /** PyTorch's sparse gradients. They are not there: only false. */
  sparse?: false;
}

/** @internal Checks a table and the numbers of its rows. Answers them as int64, and the padding row counted from the start, -1 for none. */
export function checkTable(
  op: string,
  input: Tensor,
  weight: Tensor,
  options: TableOptions,
): { index: Tensor; padding: number } {
  if (input.dtype !== 'int64' && input.dtype !== 'int32')
    throw new DTypeError(op, `the input holds row numbers in int64 or int32, not ${input.dtype}`);
  if (weight.ndim !== 2) throw new ShapeError(op, 'the weight must be (rows, size)', weight.shape);
  if (options.sparse) throw new ArgumentError(op, 'sparse gradients are not there; leave the option out');
  return { index: input.to('int64'), padding: paddingRow(op, options.paddingIdx ?? null, weight.shape[0]) };
}

/** @internal The padding row counted from the start, -1 for none. */
export function paddingRow(op: string, padding: number | null, rows: number): number {
  if (padding === null) return -1;
  if (!(padding >= -rows && padding < rows))
    throw new ArgumentError(op, `paddingIdx ${padding} is none of the ${rows} rows`);
  return padding < 0 ? padding + rows : padding;
}

/** @internal Scales the rows that are read down to `maxNorm`, in place. */
export function limitRows(weight: Tensor, index: Tensor, { maxNorm, normType = 2 }: TableOptions): void {
  if (maxNorm === undefined || maxNorm === null) return;
  noGrad(() => {
    const used = index.unique();
    const rows = lookUp(weight.detach(), used, -1, false);
    const norms = rows.norm(normType, { dim: 1, keepdim: true });
    const scale = norms.gt(maxNorm).where(norms.add(1e-7).reciprocal().mul(maxNorm), norms.onesLike());
    weight.setAt([used], rows.mul(scale));
  });
}

/** @internal The rows of a table (rows, size) at an index of any shape. Neither gradient nor `scaleGradByFreq` know the row `padding`. */
export function lookUp(weight: Tensor, index: Tensor, padding: number, byFrequency: boolean): Tensor {
  return apply(lookUp, [weight, index, padding, byFrequency], {
    shape: [...index.shape, weight.shape[1]],
    dtype: weight.dtype,
    kernel: (out, table, at) => rowsInto(out, table, at, -1),
    save: (_out, table, at) => [table.shape[0], at] as const,
    vjp: (grad, [rows, at]) => [sumRows(grad, at, rows, padding, byFrequency), null],
  });
}

/** Copies rows of a table, zeros in the place of the row `padding`. */
function rowsInto(out: Tensor, table: Tensor, index: Tensor, padding: number): void {
  const [source, at] = [packed(table), packed(index)];
  for (const tensor of [source, at]) void tensor.storage.place;
  const [rows, width] = table.shape;
  kernelFor('embedding', k.embedding, out.dtype)(
    placeOf(out),
    placeOf(source),
    placeOf(at),
    at.numel,
    rows,
    width,
    padding,
  );
  checkBounds('embedding', rows);
}

/** @internal The gradient of `lookUp`: the entries of `grad` (…index, size) added up for each of `rows` rows. */
export function sumRows(grad: Tensor, index: Tensor, rows: number, padding: number, byFrequency: boolean): Tensor {
  const width = grad.shape[grad.ndim - 1];
  return apply(sumRows, [grad, index, rows, padding, byFrequency], {
    shape: [rows, width],
    dtype: grad.dtype,
    kernel: (out, given, where) => {
      const [slopes, at] = [packed(given), packed(where)];
      for (const tensor of [slopes, at]) void tensor.storage.place;
      kernelFor('embedding', k.embedding_backward, out.dtype)(
        placeOf(out),
        placeOf(slopes),
        placeOf(at),
        at.numel,
        rows,
        width,
        padding,
        byFrequency ? 1 : 0,
      );
      checkBounds('embedding', rows);
    },
    save: (_out, _grad, at) => [at],
    vjp: (second, [at]) => [spread(second, at, padding, byFrequency), null],
  });
}

/** The gradient of `sumRows`, which is linear: each place reads the row that it was added to. */
function spread(second: Tensor, index: Tensor, padding: number, byFrequency: boolean): Tensor {
  const read = lookUp(second, index, padding, byFrequency);
  const counted = padding < 0 ? read : index.eq(padding).unsqueeze(-1).where(read.zerosLike(), read);
  if (!byFrequency) return counted;
  const flat = index.flatten();
  const uses = zeros([second.shape[0]], { dtype: second.dtype }).scatterAdd(
    0,
    flat,
    flat.onesLike({ dtype: second.dtype }),
  );
  return counted.div(uses.gather(0, flat).reshape([...index.shape, 1]));
}
