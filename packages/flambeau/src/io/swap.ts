import type { Budget } from './budget.js';

/** A copy with the bytes of every element in opposite order. A rest shorter than an element stays as it is. */
export function swapBytes(bytes: Uint8Array, size: number, budget: Budget): Uint8Array {
  if (size === 1) return bytes;
  const swapped = budget.allocate(bytes.length);
  for (let i = 0; i < bytes.length; i++) swapped[i] = bytes[i - (i % size) + size - 1 - (i % size)] ?? 0;
  return swapped;
}
