import type { Tensor } from 'flambeau';

/** Mean magnitude of a tensor's elements, and a mean that depends on every position. */
export type Digest = readonly [magnitude: number, weighted: number];

/** How far two sides may lie apart: sums in another order, amplified by a net. */
const TOLERANCE = 1e-3;

/** `digest` in torch_worker.py computes the same. */
export function digest(tensor: Tensor): Digest {
  const values = tensor.detach().toTypedArray();
  let magnitude = 0;
  let weighted = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    magnitude += Math.abs(value);
    weighted += value * ((((i * 617) % 1009) + 1) / 1009);
  }
  return [magnitude / values.length, weighted / values.length];
}

/** What is different, in words; null when both sides computed the same. */
export function difference(ours: readonly Digest[], theirs: readonly Digest[]): string | null {
  if (ours.length !== theirs.length) return `${ours.length} tensors here, ${theirs.length} in PyTorch`;
  for (let i = 0; i < ours.length; i++) {
    const margin = TOLERANCE * Math.max(Math.abs(ours[i][0]), Math.abs(theirs[i][0]));
    if (ours[i].some((value, k) => !(Math.abs(value - theirs[i][k]) <= margin)))
      return `tensor ${i + 1} of ${ours.length} has digest [${ours[i].join(', ')}] here, [${theirs[i].join(', ')}] in PyTorch`;
  }
  return null;
}
