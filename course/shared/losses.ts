/** How far losses lie from expected ones: the largest relative difference. */
export function largestDifference(losses: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(losses[i] - value) / Math.abs(value)));
}
