import { defineConfig } from 'vitest/config';

/** The core runs on every engine; pictures and the course's projects once. */
export default defineConfig({
  test: {
    globalSetup: './tools/bundle.mjs',
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'core', include: ['packages/{kernels,flambeau}/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'projects',
          include: ['packages/vision/**/*.test.ts', 'course/**/*.test.ts', 'benchmarks/**/*.test.ts'],
        },
      },
    ],
  },
});
