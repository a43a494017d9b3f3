import { engine } from '@flambeau/kernels';
import { IndexError } from '../errors.js';
import { placeOf } from '../tensor/loop.js';
import { normalizeDim, reducedShape, type Shape } from '../tensor/shape.js';
import type { Tensor, ValuesAndIndices } from '../tensor/tensor.js';
import { applyMany } from './apply.js';
import { allocate, cast, kernelFor, packed } from './elementwise.js';
import { checkOptions } from './options.js';

const k = engine.kernels;

export interface AlongOptions {
  /** Keep the reduced dimension with size 1. Default false. */
  keepdim?: boolean;
}

/** @internal Largest or smallest of each row with its first index: `max(dim)` and `min(dim)`. */
export function extremeAlong(
  op: (self: Tensor, dim: number, options?: AlongOptions) => unknown,
  name: 'max' | 'min',
  self: Tensor,
  dim: number,
  options: AlongOptions | undefined,
): ValuesAndIndices {
  checkOptions(name, options, ['keepdim']);
  const axis = normalizeDim(name, dim, self.ndim);
  const keepdim = options?.keepdim ?? false;
  if (self.ndim > 0 && self.shape[axis] === 0)
    throw new IndexError(name, `nothing to choose from along dimension ${dim} of size 0`);
  const shape = reducedShape(self.shape, self.ndim === 0 ? [] : [axis], keepdim);
  const [values, indices] = applyMany(op, [self, dim, options], {
    outputs: [
      { shape, dtype: self.dtype },
      { shape, dtype: 'int64' },
    ],
    kernel: ([best, where], a) => {
      const compute = a.dtype === 'bool' ? 'uint8' : a.dtype;
      const input = packed(cast(a, compute));
      const target = best.dtype === compute ? best : allocate(best.shape, compute);
      const { outer, n, inner } = around(input.shape, axis);
      kernelFor(name, name === 'max' ? k.max_along : k.min_along, compute)(
        placeOf(target),
        placeOf(where),
        placeOf(input),
        outer,
        n,
        inner,
      );
      if (target !== best) best.copy_(target);
    },
    save: ([, where], a) => [where, a.shape] as const,
    vjp: ([grad], [where, full]) => {
      const [g, index] =
        keepdim || full.length === 0
          ? [grad as Tensor, where]
          : [(grad as Tensor).unsqueeze(axis), where.unsqueeze(axis)];
      return [g.newZeros(full).scatter(axis, index, g)];
    },
  });
  return { values, indices };
}

/** @internal A shape as (outer, n, inner) around one dimension; a scalar is (1, 1, 1). */
export function around(shape: Shape, dim: number): { outer: number; n: number; inner: number } {
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < dim; i++) outer *= shape[i];
  for (let i = dim + 1; i < shape.length; i++) inner *= shape[i];
  return { outer, n: shape.length === 0 ? 1 : shape[dim], inner };
}
