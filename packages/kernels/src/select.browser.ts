import type { Engine } from './engine.js';
import { platform } from './platform.browser.js';
import { openWasm } from './wasm.js';
import * as module from './wasm-bytes.generated.js';

/** The engine of browsers. */
export const engine: Engine = openWasm(module, platform);
