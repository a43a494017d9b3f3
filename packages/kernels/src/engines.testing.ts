import type { Engine } from './engine.js';
import { openNative } from './native.node.js';

/** The engines that tests run on: `describe.each(engines)('$name', (engine) => ...)`. */
export const engines: readonly Engine[] = [openNative()];
