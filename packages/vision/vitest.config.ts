import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests run the sources, not what was built of them last time. */
export default defineConfig({
  resolve: { alias: { '#platform': fileURLToPath(new URL('./src/platform.node.ts', import.meta.url)) } },
  test: { include: ['src/**/*.test.ts'] },
});
