import { execFileSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { engine } from '@flambeau/kernels';
import { describe, expect, it } from 'vitest';
import type { Report, trainings } from './memory.testing.js';

const script = fileURLToPath(new URL('../dist/memory.testing.js', import.meta.url));
const MB = 1 << 20;

/** Trains in a process of its own, where nobody else makes garbage, and without V8's helpers, who would wait for a free core. */
function train(net: keyof typeof trainings, steps: number): Report {
  const args = ['--single-threaded-gc', script, net, String(steps)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Report;
}

/** The most that is in use in the first and in the second half of a training. */
function halves(report: Report): [early: number, late: number] {
  const resident = report.use.map((use) => use.resident);
  return [Math.max(...resident.slice(0, 5)), Math.max(...resident.slice(5))];
}

describe('memory of a loop that trains', { retry: 2 }, () => {
  it.each([
    ['housing', 10_000],
    ['digits', 300],
    ['varying', 1000],
  ] as const)('%s: flat over %i steps, and cheap to collect', (net, steps) => {
    const report = train(net, steps);
    const [early, late] = halves(report);
    // Natively dead tensors wait until they are 64 MB, and are found sooner only while V8's young space is small. WebAssembly memory does not
    // shrink, and fills until a collection of everything is worth its time: 640 MB.
    expect(late).toBeLessThan(engine.name === 'wasm' ? 1024 * MB : 1.05 * early + 64 * MB);
    const [before, after] = report.settled;
    expect(after.live).toBeLessThan(before.live + MB / 4);
    expect(after.heap).toBeLessThan(before.heap + 4 * MB);
    expect(after.blocks).toBeLessThanOrEqual(before.blocks + 3); // a page of small tensors more or less
    // On a machine with more to do than cores, times are no measure; but a collection a step would show.
    const busy = loadavg()[0] > availableParallelism();
    expect(report.collecting).toBeLessThan(busy ? 0.3 : 0.05);
  });
});
