import { createRequire } from 'node:module';
import type { Engine } from './engine.js';
import { openNative } from './native.node.js';
import { platform } from './platform.node.js';
import { openWasm } from './wasm.js';

/** The module's bytes are loaded only where they are used, and without waiting, so that `engine` is there after any import. */
function openWasmHere(): Engine {
  const module: typeof import('./wasm-bytes.generated.js') = createRequire(import.meta.url)(
    './wasm-bytes.generated.js',
  );
  const engine = openWasm(module, platform);
  if (process.env.FLAMBEAU_THREADS) engine.setThreads(Number(process.env.FLAMBEAU_THREADS));
  return engine;
}

/** The engine of this process: native where it was built and loads, unless FLAMBEAU_ENGINE says which. */
function select(): Engine {
  const { FLAMBEAU_ENGINE: wish, FLAMBEAU_ISA: isa, FLAMBEAU_THREADS: threads } = process.env;
  if (wish && wish !== 'native' && wish !== 'wasm') {
    throw new RangeError(`FLAMBEAU_ENGINE is ${JSON.stringify(wish)}: expected native or wasm`);
  }
  if (threads && !(Number(threads) >= 1)) {
    throw new RangeError(`FLAMBEAU_THREADS is ${JSON.stringify(threads)}: expected a positive integer`);
  }
  if (wish === 'wasm') return openWasmHere();
  try {
    return openNative();
  } catch (error) {
    if (wish === 'native' || isa) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
      const why = error instanceof Error ? error.message : String(error);
      process.emitWarning(`${why}; the WebAssembly engine is used until \`npm rebuild @flambeau/kernels\``, 'Flambeau');
    }
    return openWasmHere();
  }
}

export const engine: Engine = select();
if (process.env.FLAMBEAU_WINOGRAD === '0') engine.kernels.conv2d_winograd.f32(0);
