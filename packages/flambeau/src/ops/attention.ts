import { isGradEnabled } from '../autograd/modes.js';
import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { broadcastShapes, numelOf, type Shape, sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { additive, attend, attendFormula, drawKept, maskRows } from './attending.js';
import { checkOptions } from './options.js';

export interface AttentionOptions {
  /** Truth values that say which keys take part, or numbers that are added to the scores; broadcasts to (…, L, S). Default: none. */
  attnMask?: Tensor | null;
  /** The probability that a weight is set to 0; not only in training. Default 0. */
  dropoutP?: number;
  /** Query i sees keys 0 to i only, of those that `attnMask` leaves. Default false. */
  isCausal?: boolean;
  /** What the scores are multiplied by. Default 1 / √E. */
  scale?: number | null;
  /** Let several heads of queries share one of keys and values. Default false. */
  enableGqa?: boolean;
}

const name = 'scaledDotProductAttention';

function check(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions): void {
  const operands = [query, key, value];
  for (const operand of operands) {
    if (operand.ndim < 2) throw new ShapeError(name, 'queries, keys and values are (…, rows, numbers)', operand.shape);
    if (operand.dtype !== query.dtype)
      throw new DTypeError(name, `all must have one dtype, not ${operands.map(({ dtype }) => dtype).join(', ')}`);
  }
  const size = (tensor: Tensor, back: number): number => tensor.shape[tensor.ndim - back];
  if (size(query, 1) !== size(key, 1))
    throw new ShapeError(name, 'queries and keys must have as many numbers each', query.shape, key.shape);
  if (size(key, 2) !== size(value, 2))
    throw new ShapeError(name, 'there must be as many values as keys', key.shape, value.shape);
  const { attnMask, dropoutP = 0, enableGqa } = options;
  if (attnMask && attnMask.dtype !== 'bool' && attnMask.dtype !== query.dtype)
    throw new DTypeError(name, `the mask must be bool or ${query.dtype}, not ${attnMask.dtype}`);
  if (!(dropoutP >= 0 && dropoutP <= 1))
    throw new ArgumentError(name, `a probability lies between 0 and 1, but dropoutP is ${dropoutP}`);
  if (!enableGqa) return;
  if (query.ndim < 3 || size(query, 3) % size(key, 3) !== 0 || size(key, 3) !== size(value, 3))
    throw new ShapeError(
      name,
      'the heads of the queries must be a multiple of those of keys and values',
      query.shape,
      key.shape,
      value.shape,
    );
}

/** Any number of dimensions before the last two as two: examples and heads. */
function asHeads(tensor: Tensor, batch: Shape): Tensor {
  const full = [...batch, ...tensor.shape.slice(-2)];
  const spread = sameShape(full, tensor.shape) ? tensor : tensor.expand(full);
  if (batch.length === 2) return spread;
  if (batch.length > 2)
    return spread.reshape([numelOf(batch.slice(0, -1)), batch[batch.length - 1], ...full.slice(-2)]);
  return batch.length === 1 ? spread.unsqueeze(0) : spread.unsqueeze(0).unsqueeze(0);
}

/** The mask as numbers (N or 1, H or 1, L or 1, S), with dimensions that repeat left at 1 where that costs no copy. */
function maskOf(mask: Tensor, query: Tensor, batch: Shape, s: number): Tensor {
  const numbers = additive(mask, query, true);
  const l = query.shape[query.ndim - 2];
  broadcastShapes(name, numbers.shape, [...batch, l, s]);
  if (batch.length > 2) return asHeads(numbers.expand([...batch, l, s]), batch);
  let four = numbers;
  while (four.ndim < 4) four = four.unsqueeze(0);
  return four;
}

/**
 * softmax(scale · query keyᵀ + mask) · value: queries (…, L, E), keys (…, S, E), values (…, S, EV) give (…, L, EV). The scores are never held as a
 * whole, neither here nor in backward. A query that sees no key gives zeros. Vaswani et al., 2017.
 * @example nn.functional.scaledDotProductAttention(q, k, v, { isCausal: true })
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  checkOptions(name, options, ['attnMask', 'dropoutP', 'isCausal', 'scale', 'enableGqa']);
  check(query, key, value, options);
  const { attnMask = null, dropoutP = 0, isCausal = false, enableGqa = false } = options;
  const scale = options.scale ?? 1 / Math.sqrt(query.shape[query.ndim - 1]);
  const leading = [query, key, value].map(({ shape }) => shape.slice(0, -2));
  // Heads that share their keys are told apart by the kernel; all else that differs is broadcast.
  const shared = enableGqa ? leading.map((batch) => batch.slice(0, -1)) : leading;
  const common = shared.reduce<Shape>((all, batch) => broadcastShapes(name, all, batch), []);
  const batches = enableGqa ? leading.map((batch) => [...common, batch[batch.length - 1]]) : leading.map(() => common);
  const [q, k, v] = [query, key, value].map((tensor, i) => asHeads(tensor, batches[i]));
  const [n, h, l] = q.shape;
  const s = k.shape[2];
  const mask = attnMask === null ? null : maskOf(attnMask, query, batches[0], s);
  const keep = dropoutP === 0 ? null : drawKept([n, h, l, s], dropoutP);
  const rule = { causal: isCausal, scale, keepScale: dropoutP === 1 ? 0 : 1 / (1 - dropoutP), rowsFirst: false };
  const out =
    mask?.requiresGrad && isGradEnabled()
      ? attendFormula(q, k, v, mask, keep, rule)
      : attend(
          [q, k, v].map((tensor) => tensor.transpose(1, 2).unsqueeze(2)),
          mask === null ? null : maskRows(mask, s),
          keep,
          rule,
        )[0].transpose(1, 2);
  return batches[0].length === 2 ? out : out.reshape([...batches[0], l, out.shape[3]]);
}
