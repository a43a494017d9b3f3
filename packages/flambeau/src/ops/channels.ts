import type { Place } from '@flambeau/kernels';
import { dtypes } from '../tensor/dtype.js';
import type { Shape } from '../tensor/shape.js';
import type { ChannelsLast } from '../tensor/storage.js';
import type { Tensor } from '../tensor/tensor.js';
import { allocate, copyInto, packed } from './elementwise.js';

/** How activations (N, C, H, W) or (N, C, L) lie when their channels come last. */
export function channelsLastOrder(shape: Shape): ChannelsLast {
  return { n: shape[0], c: shape[1], p: shape.length === 3 ? shape[2] : shape[2] * shape[3] };
}

/**
 * @internal A tensor with the values of `self` (N, C, …) that lie channels-last at `rawPlaceOf`: itself where its memory is in that order or may
 * be brought into it, else a copy.
 */
export function channelsLast(self: Tensor): Tensor {
  const order = channelsLastOrder(self.shape);
  // With one channel or one pixel both orders are the same bytes.
  if (order.c <= 1 || order.p <= 1) return packed(self);
  const { storage } = self;
  if (storage.channels !== null) return self;
  if (self.isWhole && storage.bytes === self.nbytes && storage.pinned === null) {
    storage.toChannelsLast(order);
    return self;
  }
  const copy = allocate(self.shape, self.dtype);
  copyInto(copy, self);
  copy.storage.toChannelsLast(order);
  return copy;
}

/** @internal The address of the first element as the data lies, whatever its order. */
export function rawPlaceOf(self: Tensor): Place {
  return self.storage.rawPlace + self.offset * dtypes[self.dtype].bytes;
}
