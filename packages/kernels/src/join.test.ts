import { describe, expect, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { floats, Heap, onAnyThreads, Random } from './heap.testing.js';

const { Values } = floats[0];
const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((x, i) => x === b[i]);

describe.each(engines)('parts side by side on $name', (engine) => {
  test.each([
    { name: 'pictures of a batch', outer: 1, runs: [700, 700, 700, 700, 700] },
    { name: 'channels of many pixels', outer: 9000, runs: [16, 1, 0, 37] },
    { name: 'an empty part first and last', outer: 3, runs: [0, 2, 0] },
    { name: 'one long row', outer: 1, runs: [3, 200_000, 5] },
  ])('$name, joined and taken apart on any number of threads', ({ outer, runs }) => {
    const random = new Random(outer);
    const width = runs.reduce((sum, run) => sum + run, 0);
    const parts = runs.map((run) => random.fill(Values, outer * run));
    const wanted = new Values(outer * width);
    for (let row = 0, at = 0; row < outer; row++) {
      for (const [i, run] of runs.entries()) {
        wanted.set(parts[i]!.subarray(row * run, (row + 1) * run), at);
        at += run;
      }
    }
    const found = onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const whole = heap.room(Values, outer * width);
        const table = (places: readonly number[]) =>
          engine.block.set(
            runs.flatMap((run, i) => [places[i]!, 4 * run]),
            BLOCK.loop,
          );
        table(parts.map((part) => heap.put(part)));
        engine.kernels.join.u8(whole, runs.length, outer, 4 * width);
        const back = parts.map((part, i) => (i === 1 ? 0 : heap.room(Values, part.length)));
        table(back);
        engine.kernels.take_apart.u8(whole, runs.length, outer, 4 * width);
        return [whole, ...back].map((place, i) =>
          place === 0 ? new Values(0) : heap.get(place, Values, i === 0 ? outer * width : outer * runs[i - 1]!),
        );
      }),
    );
    expect(same(found[0]!, wanted)).toBe(true);
    // Nobody asked for part 1.
    for (const [i, part] of parts.entries()) expect(same(found[i + 1]!, i === 1 ? new Values(0) : part)).toBe(true);
  });
});
