import { engine } from '@flambeau/kernels';
import { placeOf } from '../tensor/loop.js';
import { numelOf, type Shape, sameShape } from '../tensor/shape.js';
import type { Deferred, Storage } from '../tensor/storage.js';
import { fresh, isTensor, type Operand, type Tensor } from '../tensor/tensor.js';
import { channelsLast, rawPlaceOf } from './channels.js';
import { binary, kernelFor } from './elementwise.js';
import { poolExtents, type Window } from './geometry.js';
import { inOrder } from './normalizing.js';

/**
 * Passes over memory that join with their neighbours. A batch norm does not write its result at once: a residual's addition and a relu that
 * follow are taken into the same pass, when the first reader asks for the numbers, and a maximum over windows reads what the norm would. On the way
 * back the gradients of such a maximum and of a relu are not written either when the batch norm behind them can do itself what they did.
 * What the ops compute, one by one, stays the same.
 */

const k = engine.kernels;

/** One normalisation of channels, `(x − mean) · scale + shift`, that may be written later and with more behind it. */
export interface ChannelNorm {
  /** Its number, by which its gradient knows a relu of its own. */
  readonly mark: number;
  readonly x: Tensor;
  readonly mean: Tensor;
  readonly scale: Tensor;
  readonly shift: Tensor;
  /** Whether x lies channels-last. */
  readonly last: boolean;
}

let marks = 0;
/** The number of a new `ChannelNorm`. */
export const nextMark = (): number => ++marks;

/** How a kernel walks (N, C, …): outer, c, inner; channels-last data has all its pixels outside. */
export function channelExtents(shape: Shape, last: boolean): [outer: number, c: number, inner: number] {
  const pixels = numelOf(shape.slice(2));
  return last ? [shape[0] * pixels, shape[1], 1] : [shape[0], shape[1], pixels];
}

/** `relu(norm + residual)`, of which residual and relu may be absent. */
export class Normalized implements Deferred {
  readonly sources: readonly Storage[];
  readonly mark: number;

  constructor(
    readonly norm: ChannelNorm,
    readonly residual: Tensor | null = null,
    readonly relu = false,
  ) {
    this.sources = residual === null ? [norm.x.storage] : [norm.x.storage, residual.storage];
    this.mark = relu && residual === null ? norm.mark : 0;
  }

  fill(target: Storage): void {
    const { x, mean, scale, shift, last } = this.norm;
    const values = inOrder(x, last);
    const added = this.residual === null ? null : inOrder(this.residual, last);
    kernelFor('batchNorm', k.batch_norm, x.dtype)(
      target.rawPlace,
      rawPlaceOf(values),
      placeOf(mean),
      placeOf(scale),
      placeOf(shift),
      added === null ? 0 : rawPlaceOf(added),
      ...channelExtents(x.shape, last),
      this.relu ? 1 : 0,
    );
  }
}

/** The gradient in front of a relu whose result is `y`. */
export class BehindRelu implements Deferred {
  readonly sources: readonly Storage[];
  readonly mark = 0;

  constructor(
    readonly grad: Tensor,
    readonly y: Tensor,
  ) {
    this.sources = [grad.storage, y.storage];
  }

  fill(target: Storage): void {
    const { grad, y } = this;
    binary('relu', k.relu_backward, fresh(target, grad.shape, grad.dtype), grad, y);
  }
}

/** The gradient in front of a maximum over windows: that of each output (N, C, OH, OW) at its winner. */
export class BehindMaximum implements Deferred {
  readonly sources: readonly Storage[];
  readonly mark = 0;

  /**
   * @param winners of each output the winning pixel, as the kernel wrote it
   * @param shape (N, C, H, W)
   * @param window what moved over the pictures; null where no formula tells a pixel's window
   */
  constructor(
    readonly grad: Tensor,
    readonly winners: Tensor,
    readonly shape: Shape,
    readonly window: Window | null,
  ) {
    this.sources = [grad.storage, winners.storage];
  }

  fill(target: Storage): void {
    const { grad, winners, shape } = this;
    const slopes = channelsLast(grad);
    const kernel = kernelFor('maxPool2d', k.max_pool2d_input_grad, grad.dtype);
    kernel(target.rawPlace, rawPlaceOf(slopes), placeOf(winners), ...poolExtents(shape, grad.shape));
  }
}

/** A normalisation that nothing has been joined to yet. */
function bareNorm(tensor: Tensor): ChannelNorm | null {
  const { deferred } = tensor.storage;
  return deferred instanceof Normalized && deferred.residual === null && !deferred.relu && tensor.isWhole
    ? deferred.norm
    : null;
}

/** Leaves `out = relu(a)` to be written with the normalisation that `a` waits for. Answers whether that could be. */
export function joinRelu(out: Tensor, a: Tensor): boolean {
  const { deferred } = a.storage;
  if (!(deferred instanceof Normalized) || deferred.relu || !a.isWhole) return false;
  out.storage.defer(new Normalized(deferred.norm, deferred.residual, true));
  return true;
}

/** Leaves `out = a + b` to be written with the normalisation that one of them waits for. Answers whether that could be. */
export function joinSum(out: Tensor, a: Operand, b: Operand): boolean {
  if (!isTensor(a) || !isTensor(b)) return false;
  return joinResidual(out, a, b) || joinResidual(out, b, a);
}

function joinResidual(out: Tensor, normalized: Tensor, residual: Tensor): boolean {
  const norm = bareNorm(normalized);
  if (norm === null || residual.dtype !== norm.x.dtype || !sameShape(residual.shape, norm.x.shape)) return false;
  if (!residual.isWhole || (residual.storage.channels !== null) !== norm.last) return false;
  if (residual.storage === normalized.storage || residual.storage === out.storage) return false;
  out.storage.defer(new Normalized(norm, residual));
  return true;
}

/** Leaves the gradient in front of a relu unwritten where a normalisation can see to it. Answers whether that could be. */
export function joinReluGrad(out: Tensor, grad: Tensor, y: Tensor): boolean {
  if (y.storage.mark === 0 || !grad.isWhole || !y.isWhole || !sameShape(grad.shape, y.shape)) return false;
  out.storage.defer(new BehindRelu(grad, y));
  return true;
}

/** The normalisation with a relu behind it that `tensor` waits for, where a maximum over pixels may be taken of both at once. */
export function rectifiedNorm(tensor: Tensor): ChannelNorm | null {
  const { deferred } = tensor.storage;
  if (!(deferred instanceof Normalized) || !deferred.relu || deferred.residual !== null || !tensor.isWhole) return null;
  const { norm } = deferred;
  return norm.last && sameShape(norm.x.shape, tensor.shape) ? norm : null;
}

/** What a maximum left unwritten of its gradient, where each pixel is in one window at most; null where `grad` is something else. */
export function gradBehindMaximum(grad: Tensor): (BehindMaximum & { window: Window }) | null {
  const { deferred } = grad.storage;
  if (!(deferred instanceof BehindMaximum) || deferred.window === null) return null;
  if (!grad.isWhole || !sameShape(grad.shape, deferred.shape)) return null;
  const { size, stride, dilation } = deferred.window;
  const apart = [0, 1].every((i) => stride[i] >= size[i] && (dilation[i] === 1 || size[i] === 1));
  return apart ? (deferred as BehindMaximum & { window: Window }) : null;
}

/** The gradient behind the relu of this very normalisation; null where `grad` is something else. */
export function gradBehindRelu(grad: Tensor, mark: number): Tensor | null {
  const { deferred } = grad.storage;
  return deferred instanceof BehindRelu && deferred.y.storage.mark === mark && grad.isWhole ? deferred.grad : null;
}
