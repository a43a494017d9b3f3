import { ArgumentError, ShapeError } from '../errors.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { tensor } from './creation.js';
import { copyInto, fillWith } from './elementwise.js';
import { checkOptions } from './options.js';

export interface PadOptions {
  /** What stands in the padding: a value, the input mirrored without its edge, its edge repeated, or its other end. Default `'constant'`. */
  mode?: 'constant' | 'reflect' | 'replicate' | 'circular';
  /** The value of mode `'constant'`. Default 0. */
  value?: number | null;
}

/** Entries before and behind each dimension, outermost first; negative ones cut. */
type Margins = readonly (readonly [before: number, behind: number])[];

/** PyTorch lists pairs from the last dimension backwards. */
function marginsOf(self: Tensor, pads: readonly number[]): Margins {
  if (pads.length % 2 !== 0 || pads.length > 2 * self.ndim || !pads.every(Number.isInteger))
    throw new ArgumentError(
      'pad',
      `[${pads.join(', ')}] must be pairs of whole numbers for the last dimensions of ${self.ndim}, the last dimension first`,
    );
  return self.shape.map((_, i) => {
    const at = 2 * (self.ndim - 1 - i);
    return at < pads.length ? [pads[at], pads[at + 1]] : [0, 0];
  });
}

/**
 * The tensor with margins around its last dimensions: `[left, right, top, bottom, …]`, the last dimension first.
 * @example nn.functional.pad(x, [1, 1, 2, 2], { value: -1 })
 */
export function pad(self: Tensor, pads: readonly number[], options?: PadOptions): Tensor {
  checkOptions('pad', options, ['mode', 'value']);
  const mode = options?.mode ?? 'constant';
  const margins = marginsOf(self, pads);
  if (mode === 'constant') return padConstant(self, margins, options?.value ?? 0);
  if (mode !== 'reflect' && mode !== 'replicate' && mode !== 'circular')
    throw new ArgumentError('pad', `mode is 'constant', 'reflect', 'replicate' or 'circular', not '${String(mode)}'`);
  return margins.reduce(
    (padded, [before, behind], dim) =>
      before === 0 && behind === 0
        ? padded
        : padded.indexSelect(dim, tensor(sources(mode, padded.shape[dim], before, behind), { dtype: 'int64' })),
    self,
  );
}

function paddedShape(shape: Shape, margins: Margins): Shape {
  const out = shape.map((size, i) => size + margins[i][0] + margins[i][1]);
  if (out.some((size) => size < 0)) throw new ShapeError('pad', 'negative margins cut more than there is', shape, out);
  return out;
}

/** A view of the part of `self` that `margins` leave where they are negative. */
function cut(self: Tensor, margins: Margins): Tensor {
  return margins.reduce((part, [before, behind], dim) => {
    const start = Math.max(-before, 0);
    const end = part.shape[dim] - Math.max(-behind, 0);
    return start === 0 && end === part.shape[dim] ? part : part.slice(dim, { start, end });
  }, self);
}

function padConstant(self: Tensor, margins: Margins, value: number): Tensor {
  const inverse = margins.map(([before, behind]) => [-before, -behind] as const);
  return apply(padConstant, [self, margins, value], {
    shape: paddedShape(self.shape, margins),
    dtype: self.dtype,
    kernel: (out, a) => {
      fillWith('pad', out, value);
      copyInto(cut(out, inverse), cut(a.detach(), margins));
    },
    vjp: (grad) => [padConstant(grad, inverse, 0)],
  });
}

/** For each entry of the padded dimension the entry of the input that stands there. */
function sources(mode: 'reflect' | 'replicate' | 'circular', size: number, before: number, behind: number): number[] {
  const limit = mode === 'reflect' ? size - 1 : mode === 'circular' ? size : Number.POSITIVE_INFINITY;
  if (Math.max(before, behind) > limit || size === 0)
    throw new ShapeError(
      'pad',
      `mode '${mode}' has at most ${Math.max(limit, 0)} entries for margins [${before}, ${behind}]`,
      [size],
    );
  return Array.from({ length: size + before + behind }, (_, i) => {
    const at = i - before;
    if (mode === 'replicate') return Math.min(Math.max(at, 0), size - 1);
    if (mode === 'circular') return (at + size) % size;
    return at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at;
  });
}
