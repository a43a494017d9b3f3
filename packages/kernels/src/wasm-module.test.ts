import { describe, expect, test, vi } from 'vitest';
import { BLOCK, type Engine } from './engine.js';
import type { Platform } from './platform.js';
import { platform } from './platform.node.js';
import { openWasm } from './wasm.js';
import * as module from './wasm-bytes.generated.js';

/** exp of `n` doubles, 0 each, by JavaScript's own function: work for all threads. Answers with the last result. */
function lastOfOnes(engine: Engine, n: number): number {
  const place = engine.allocate(8 * n);
  engine.write(place, new Float64Array(n));
  engine.block.set([1, 2, n, 1, 1], BLOCK.loop);
  engine.kernels.exp.f64(place, place);
  const last = new Float64Array(1);
  engine.read(place + 8 * (n - 1), last);
  engine.release(null, place);
  return last[0]!;
}

describe('threads of the WebAssembly module', () => {
  const open = (own: Partial<Platform>): Engine => openWasm(module, { ...platform, processors: 3, ...own });

  test('are as many as there are processors, started when there is work for them', () => {
    const startWorker = vi.fn(platform.startWorker);
    const engine = open({ startWorker });
    expect(engine.threads).toBe(3);
    expect(lastOfOnes(engine, 10)).toBe(1);
    expect(startWorker).not.toHaveBeenCalled();
    expect(lastOfOnes(engine, 1 << 20)).toBe(1);
    expect(startWorker).toHaveBeenCalledTimes(2);
  });

  test('are one where memory cannot be shared, as in a page that is not isolated', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const startWorker = vi.fn();
    const engine = open({ startWorker });
    vi.unstubAllGlobals();
    engine.setThreads(4);
    expect(engine.threads).toBe(1);
    expect(lastOfOnes(engine, 1 << 20)).toBe(1);
    expect(startWorker).not.toHaveBeenCalled();
  });

  test('are one where no worker can be started', () => {
    const engine = open({
      startWorker: () => {
        throw new Error('a policy of the page forbids it');
      },
    });
    expect(lastOfOnes(engine, 1 << 20)).toBe(1);
    expect(engine.threads).toBe(1);
  });

  test('give the work of a helper that never comes to the others', () => {
    const engine = open({ startWorker: () => {} });
    expect(lastOfOnes(engine, 1 << 20)).toBe(1);
    expect(engine.threads).toBe(3);
  });

  test('end together: what a helper took and lost is never taken for done', () => {
    const failing = (main: string) => main.replace('const maths = {', 'const maths = { exp: () => { throw 0; },');
    const engine = open({ startWorker: (main, message) => platform.startWorker(failing(main), message) });
    const start = performance.now();
    expect(() => {
      while (performance.now() - start < 10_000) lastOfOnes(engine, 1 << 20);
    }).toThrow('unreachable');
  });
});
