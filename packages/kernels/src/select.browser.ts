import type { Engine } from './engine.js';
import { openWasm } from './wasm.js';
import { base64 } from './wasm-bytes.generated.js';

/** The engine of browsers, which have no way to their garbage collector. */
export const engine: Engine = openWasm(base64, null);
