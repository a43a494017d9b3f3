import { BLOCK, engine } from '@flambeau/kernels';
import { isGradEnabled } from '../autograd/modes.js';
import { dtypes } from '../tensor/dtype.js';
import { placeOf } from '../tensor/loop.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { applyMany } from './apply.js';
import { where } from './comparison.js';
import { empty, tensor, zeros } from './creation.js';
import { kernelFor, packed } from './elementwise.js';
import { cat } from './joining.js';

const k = engine.kernels;

/** What attention is besides its operands. */
export interface AttentionRule {
  /** Query i sees keys up to i only. */
  readonly causal: boolean;
  /** What the scores are multiplied by. */
  readonly scale: number;
  /** What the probabilities that dropout keeps are multiplied by. */
  readonly keepScale: number;
  /** The result is (L, N, H, EV) instead of (N, L, H, EV). */
  readonly rowsFirst: boolean;
}

/** One of the operands inside its source: (N, L, H, E) of a tensor (N, L, parts, H, E). */
interface Part {
  readonly source: Tensor;
  readonly index: number;
}

/** Queries, keys and values, in this order among the parts of the sources: one projection may hold all three, or keys and values. */
const partsOf = (sources: readonly Tensor[]): Part[] =>
  sources.flatMap((source) => Array.from({ length: source.shape[2] }, (_, index) => ({ source, index })));

const heads = ({ source, index }: Part): Tensor => source.select(2, index);

/** Rows that adjoin within themselves: what the kernels read in place. */
const readable = (source: Tensor): Tensor => {
  const dense = source.strides[4] === 1 || source.shape[4] <= 1 ? source : packed(source);
  void dense.storage.place;
  return dense;
};

/** Writes the kernels' table: for each operand its address and its steps from example to example, row to row, head to head. */
function writeTable(parts: readonly Part[]): void {
  const { block } = engine;
  let at = BLOCK.loop;
  for (const { source, index } of parts) {
    const { strides } = source;
    block[at++] = placeOf(source) + index * strides[2] * dtypes[source.dtype].bytes;
    block[at++] = strides[0];
    block[at++] = strides[1];
    block[at++] = strides[3];
  }
}

/** The numbers behind the addresses of both kernels. */
function numbers(parts: readonly Part[], mask: Tensor | null, rule: AttentionRule): number[] {
  const [q, key, value] = parts.map(({ source }) => source.shape);
  const steps = mask === null ? [0, 0, 0] : mask.strides.slice(0, 3).map((step, i) => (mask.shape[i] === 1 ? 0 : step));
  return [q[0], q[3], key[3], q[1], key[1], q[4], value[4], ...steps, rule.causal ? 1 : 0, rule.scale, rule.keepScale];
}

/** The result, or its gradient, as an operand. */
const resultPart = (result: Tensor, rule: AttentionRule): Part => ({
  source: (rule.rowsFirst ? result.transpose(0, 1) : result).unsqueeze(2),
  index: 0,
});

/**
 * @internal softmax(scale · q kᵀ + mask) v of heads: (N, L, H, EV) or rows first, and the logarithm of each row's sum (N, H, L). The sources (N, L, parts, H, E) hold queries,
 * keys and values; `mask` is added, (N or 1, H or 1, L or 1, S) with dense rows; `keep` (N, H, L, S) says what dropout keeps.
 */
export function attend(
  sources: readonly Tensor[],
  mask: Tensor | null,
  keep: Tensor | null,
  rule: AttentionRule,
): Tensor[] {
  const [q, , value] = partsOf(sources).map(({ source }) => source.shape);
  const { dtype } = sources[0];
  return applyMany(attend, [sources, mask, keep, rule], {
    outputs: [
      { shape: rule.rowsFirst ? [q[1], q[0], q[3], value[4]] : [q[0], q[1], q[3], value[4]], dtype },
      { shape: [q[0], q[3], q[1]], dtype },
    ],
    constant: [1],
    kernel: ([out, lse], from, added, kept) => {
      const parts = partsOf(from.map(readable));
      const written = [...parts, resultPart(out, rule)];
      void added?.storage.place;
      const kernel = kernelFor('scaledDotProductAttention', k.attention, dtype);
      const places = [placeOf(lse), added === null ? 0 : placeOf(added), kept === null ? 0 : placeOf(kept)];
      writeTable(written);
      kernel(...places, ...numbers(parts, added, rule));
    },
    save: ([out, lse], from, added, kept) => [out, lse, added, kept, ...from] as readonly (Tensor | null)[],
    vjp: ([grad], [out, lse, added, kept, ...from]) => {
      const sources = from as Tensor[];
      const grads = isGradEnabled()
        ? gradFormula(grad as Tensor, sources, added, kept, rule)
        : attendGrad([grad as Tensor, out as Tensor, lse as Tensor], sources, added, kept, rule);
      return [...grads, ...(added === null ? [] : [null]), ...(kept === null ? [] : [null])];
    },
  });
}

/** The gradients of the sources, from blocks of scores that are computed again. */
function attendGrad(
  given: readonly Tensor[],
  sources: readonly Tensor[],
  mask: Tensor | null,
  keep: Tensor | null,
  rule: AttentionRule,
): Tensor[] {
  const { dtype } = sources[0];
  return applyMany(attendGrad, [given, sources, mask, keep, rule], {
    outputs: sources.map(({ shape }) => ({ shape, dtype })),
    kernel: (outs, [grad, out, lse], from, added, kept) => {
      const parts = partsOf(from.map(readable));
      const slopes = { source: readable(resultPart(grad, rule).source), index: 0 };
      const rows = [...parts, resultPart(out, rule), slopes, ...partsOf(outs)];
      void added?.storage.place;
      void out.storage.place;
      const kernel = kernelFor('scaledDotProductAttention', k.attention_backward, dtype);
      const places = [placeOf(lse), added === null ? 0 : placeOf(added), kept === null ? 0 : placeOf(kept)];
      writeTable(rows);
      kernel(...places, ...numbers(parts, added, rule));
    },
  });
}

/** Keys or values (N, S, H', E) as (N, H, S, E), each repeated for its group of queries. */
function spread(part: Tensor, h: number): Tensor {
  const [n, s, own, e] = part.shape;
  const split = part.transpose(1, 2);
  if (own === h) return split;
  return split
    .unsqueeze(2)
    .expand([n, own, h / own, s, e])
    .reshape([n, h, s, e]);
}

/** The counterpart of `spread`: what the members of a group have in common adds up. */
function gather(grad: Tensor, own: number): Tensor {
  const [n, h, s, e] = grad.shape;
  const summed = own === h ? grad : grad.reshape([n, own, h / own, s, e]).sum(2);
  return summed.transpose(1, 2);
}

/** The probabilities (N, H, L, S); a row that sees nothing has none. */
function probabilities(q: Tensor, key: Tensor, mask: Tensor | null, rule: AttentionRule): Tensor {
  let scores = q.matmul(key.mT()).mul(rule.scale);
  if (mask !== null) scores = scores.add(mask);
  if (rule.causal) scores = scores.add(causalMask(q.shape[2], key.shape[2], q));
  const blind = scores.eq(Number.NEGATIVE_INFINITY).all(-1, { keepdim: true });
  return where(blind, 0, where(blind, 0, scores).softmax(-1));
}

/** 0 up to the diagonal, −∞ beyond. */
const causalMask = (l: number, s: number, like: Tensor): Tensor =>
  tensor(Number.NEGATIVE_INFINITY, { dtype: like.dtype }).expand([l, s]).triu(1);

/** @internal The same in ops, for gradients of the mask: (N, H, L, EV) from queries, keys and values (N, H, L, E). */
export function attendFormula(
  q: Tensor,
  key: Tensor,
  value: Tensor,
  mask: Tensor | null,
  keep: Tensor | null,
  rule: AttentionRule,
): Tensor {
  const group = (part: Tensor): Tensor => spread(part.transpose(1, 2), q.shape[1]);
  const p = probabilities(q, group(key), mask, rule);
  return (keep === null ? p : p.mul(keep).mul(rule.keepScale)).matmul(group(value));
}

/** The gradients in ops, so that they can be differentiated again. */
function gradFormula(
  given: Tensor,
  sources: readonly Tensor[],
  mask: Tensor | null,
  keep: Tensor | null,
  rule: AttentionRule,
): Tensor[] {
  const parts = partsOf(sources).map(heads);
  const h = parts[0].shape[2];
  const [q, key, value] = parts.map((part) => spread(part, h));
  const grad = (rule.rowsFirst ? given.transpose(0, 1) : given).transpose(1, 2);
  const p = probabilities(q, key, mask, rule);
  const dropped = (x: Tensor): Tensor => (keep === null ? x : x.mul(keep).mul(rule.keepScale));
  const slope = dropped(grad.matmul(value.mT()));
  const scores = p.mul(slope.sub(p.mul(slope).sum(-1, { keepdim: true }))).mul(rule.scale);
  const grads = [
    gather(scores.matmul(key), h),
    gather(scores.mT().matmul(q), parts[1].shape[2]),
    gather(dropped(p).mT().matmul(grad), parts[2].shape[2]),
  ].map((part) => part.unsqueeze(2));
  let next = 0;
  return sources.map(({ shape }) => {
    const own = grads.slice(next, next + shape[2]);
    next += shape[2];
    return own.length === 1 ? own[0] : cat(own, 2);
  });
}

/** @internal A mask that is added: truth values say what takes part (`shown`) or what does not. */
export function additive(mask: Tensor, like: Tensor, shown: boolean): Tensor {
  if (mask.dtype !== 'bool') return mask;
  const [zero, none] = [0, Number.NEGATIVE_INFINITY].map((x) => tensor(x, { dtype: like.dtype }));
  return shown ? where(mask, zero, none) : where(mask, none, zero);
}

/** @internal A mask (N or 1, H or 1, L or 1, S) as the kernels read it: its rows as long as there are keys. */
export function maskRows(mask: Tensor, s: number): Tensor {
  const full: Shape = [...mask.shape.slice(0, -1), s];
  return packed(mask.shape[3] === s ? mask : mask.expand(full));
}

/** @internal What dropout keeps of an attention's probabilities: the numbers that dropout of them would draw. */
export function drawKept(shape: Shape, p: number): Tensor {
  return p === 1 ? zeros(shape, { dtype: 'bool' }) : empty(shape, { dtype: 'bool' }).bernoulli_(1 - p);
}
