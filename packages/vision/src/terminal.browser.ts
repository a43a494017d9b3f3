import type { Terminal } from './terminal.js';

/** A browser's console. */
export function terminal(): Terminal {
  return { columns: 80, blocks: true };
}
