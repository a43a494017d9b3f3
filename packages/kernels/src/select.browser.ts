import type { Engine } from './engine.js';
import { openWasm } from './wasm.js';
import { wasmBase64 } from './wasm-bytes.generated.js';

export const engine: Engine = openWasm(
  Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)),
  null,
);
