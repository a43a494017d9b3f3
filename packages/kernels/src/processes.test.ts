import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { runScript } from './processes.testing.js';

const names = engines.map(({ name }) => name);
const hasNative = names.includes('native');

/** 60 tensors a step, 5.7 MB in all, of which one in five survives a step. */
const LOOP = `
const KB = 1024;
const sizes = [...Array(20).fill(4), ...Array(15).fill(KB), ...Array(10).fill(16 * KB), ...Array(8).fill(128 * KB), ...Array(5).fill(512 * KB), MB, MB];
let kept = [];
function step() {
  const made = sizes.map((bytes) => {
    const owner = newOwner();
    engine.allocateFor(owner, bytes);
    return owner;
  });
  kept = made.filter((_, i) => i % 5 === 0);
}
`;

describe('memory over long loops', () => {
  test.runIf(hasNative)('stays flat in 10 000 steps that never yield, native', () => {
    const { out } = runScript(
      `${LOOP}
      let half = 0;
      for (let i = 0; i < 10_000; i++) {
        step();
        engine.safePoint();
        if (i === 5000) half = process.memoryUsage.rss();
      }
      console.log(JSON.stringify({ grown: (process.memoryUsage.rss() - half) / MB, live: engine.memory().live / MB, rss: process.memoryUsage.rss() / MB }));
    `,
      { FLAMBEAU_ENGINE: 'native' },
    );
    const { grown, live, rss } = out as Record<string, number>;
    expect(grown).toBeLessThan(30);
    expect(live).toBeLessThan(100);
    expect(rss).toBeLessThan(300);
  });

  test.runIf(hasNative)('stays bounded without safe points, native', () => {
    const { out } = runScript(
      `${LOOP}
      for (let i = 0; i < 1000; i++) step();
      console.log(JSON.stringify(engine.memory().reserved / MB));
    `,
      { FLAMBEAU_ENGINE: 'native' },
    );
    expect(out).toBeLessThan(1100);
  });

  test.each([
    ['that yield', 'await new Promise((done) => setImmediate(done));', 768],
    ['that never yield', '', 768],
  ])('stays flat in 3000 steps %s, WebAssembly', (_, yielding, most) => {
    const { out, stderr } = runScript(
      `${LOOP}
      let half = 0;
      for (let i = 0; i < 3000; i++) {
        step();
        engine.safePoint();
        ${yielding}
        if (i === 2500) half = engine.memory().reserved;
      }
      console.log(JSON.stringify({ grown: (engine.memory().reserved - half) / MB, reserved: engine.memory().reserved / MB }));
    `,
      { FLAMBEAU_ENGINE: 'wasm' },
    );
    expect(stderr).toBe('');
    const { grown, reserved } = out as Record<string, number>;
    expect(grown).toBeLessThan(50);
    expect(reserved).toBeLessThan(most);
  });
});

describe('the choice of an engine', () => {
  test.each(names)('FLAMBEAU_ENGINE=%s', (name) => {
    expect(runScript('console.log(JSON.stringify(engine.name))', { FLAMBEAU_ENGINE: name }).out).toBe(name);
  });

  test('another name is refused', () => {
    const { status, stderr } = runScript('', { FLAMBEAU_ENGINE: 'gpu' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('FLAMBEAU_ENGINE is "gpu": expected native or wasm');
  });

  test.runIf(hasNative && process.arch === 'x64')('FLAMBEAU_ISA takes lesser kernels', () => {
    const env = { FLAMBEAU_ENGINE: 'native', FLAMBEAU_ISA: 'baseline' };
    expect(runScript('console.log(JSON.stringify([engine.isa, product(64)]))', env).out).toEqual(['baseline', 64]);
  });

  test.runIf(hasNative)('FLAMBEAU_ISA that this processor lacks is refused, with those that it has', () => {
    const { status, stderr } = runScript('', { FLAMBEAU_ENGINE: 'native', FLAMBEAU_ISA: 'mmx' });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /RangeError: FLAMBEAU_ISA is "mmx": this processor runs the kernels for [\w, ]*(baseline|neon); unset it/,
    );
  });
});

describe.each(names)('threads of the %s engine', (name) => {
  const run = (script: string, threads = '2') =>
    runScript(script, { FLAMBEAU_ENGINE: name, FLAMBEAU_THREADS: threads });

  test.each(['1', '2', '3'])('FLAMBEAU_THREADS=%s', (threads) => {
    const { out } = run('console.log(JSON.stringify([engine.threads, product(512)]))', threads);
    expect(out).toEqual([Number(threads), 512]);
  });

  test('can be set while the program runs', () => {
    const { out } = run(`
      const seen = [];
      for (const count of [2, 1, 3]) {
        engine.setThreads(count);
        seen.push(engine.threads, product(300));
      }
      console.log(JSON.stringify(seen));
    `);
    expect(out).toEqual([2, 300, 1, 300, 3, 300]);
  });

  test('a number that is none is refused', () => {
    expect(() => engines[0]!.setThreads(0)).toThrow('setThreads: expected a positive integer (got 0)');
    expect(run('', 'many').stderr).toContain('FLAMBEAU_THREADS is "many"');
  });

  test('are given by workers and the main thread at the same time', () => {
    const { out, stderr } = run(
      `
      const body = 'import { parentPort } from "node:worker_threads"; let sum = 0; for (let i = 0; i < 30; i++) sum += product(200); parentPort.postMessage(sum);';
      const answers = [1, 2, 3].map(() => new Promise((done, fail) => worker(body).on('message', done).on('error', fail)));
      let own = 0;
      for (let i = 0; i < 30; i++) { own += product(200); await null; }
      console.log(JSON.stringify([own, ...(await Promise.all(answers))]));
    `,
    );
    expect(stderr).toBe('');
    expect(out).toEqual([6000, 6000, 6000, 6000]);
  });

  test.runIf(name === 'native')("a worker's memory comes back at its end, whoever owned it", () => {
    const { out } = run(`
      const before = engine.memory().blocks;
      const body = 'globalThis.kept = newOwner(); engine.allocateFor(kept, 5000); engine.allocate(5000);';
      await new Promise((done, fail) => worker(body).on('exit', done).on('error', fail));
      console.log(JSON.stringify(engine.memory().blocks - before));
    `);
    expect(out).toBe(0);
  });

  test('a worker may be terminated in a kernel', () => {
    const { out, signal } = run(
      `
      const ends = worker('for (;;) product(700);');
      await pause(300);
      await ends.terminate();
      console.log(JSON.stringify(product(512)));
    `,
    );
    expect(signal).toBe(null);
    expect(out).toBe(512);
  });

  test.each([
    ['helpers sleep', 'product(512); await pause(50); process.exit(3);'],
    ['helpers run', "worker('for (;;) product(700);'); await pause(300); process.exit(3);"],
  ])('the process may end while %s', (_, script) => {
    expect(run(script)).toMatchObject({ status: 3, signal: null });
  });
});

test.each(names)('importing the %s engine takes a moment only', (name) => {
  const { out } = runScript(
    `
    const { execFileSync } = await import('node:child_process');
    const script = "const start = performance.now(); await import('@flambeau/kernels'); console.log(performance.now() - start);";
    const times = Array.from({ length: 5 }, () => Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script])));
    console.log(JSON.stringify(Math.min(...times)));
  `,
    { FLAMBEAU_ENGINE: name },
  );
  // 16 and 32 ms on a quiet machine.
  expect(out).toBeLessThan(name === 'native' ? 60 : 150);
});
