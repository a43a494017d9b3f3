import type { Engine } from './engine.js';
import { openNative } from './native.node.js';
import { platform } from './platform.node.js';
import { openWasm } from './wasm.js';
import * as module from './wasm-bytes.generated.js';

/** The native engine, or null where there is no compiler to build it. */
function nativeOrNull(): Engine | null {
  try {
    return openNative();
  } catch (error) {
    if (process.env.FLAMBEAU_ENGINE === 'native') throw error;
    return null;
  }
}

const native = nativeOrNull();

/** The engines that tests run on: `describe.each(engines)('$name', (engine) => ...)`. */
export const engines: readonly Engine[] = [...(native ? [native] : []), openWasm(module, platform)];
