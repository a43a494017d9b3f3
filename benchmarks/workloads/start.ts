import type { Launch } from '../harness/launch.js';

/** What a program waits for before its first line. */
export const start: Launch[] = [
  {
    group: 'start',
    name: 'import',
    module:
      "const start = performance.now(); await import('flambeau'); console.log((performance.now() - start) / 1000)",
    script: 'import time; start = time.perf_counter(); import torch; print(time.perf_counter() - start)',
  },
];
