import type { Engine } from './engine.js';
import { openNative } from './native.node.js';

/** The engine of this process: native where it was built, unless FLAMBEAU_ENGINE says `wasm`. */
function select(): Engine {
  const wish = process.env.FLAMBEAU_ENGINE || undefined;
  if (wish !== undefined && wish !== 'native' && wish !== 'wasm') {
    throw new RangeError(`FLAMBEAU_ENGINE is ${JSON.stringify(wish)}: expected native or wasm`);
  }
  const threads = process.env.FLAMBEAU_THREADS;
  if (threads && !(Number(threads) >= 1)) {
    throw new RangeError(`FLAMBEAU_THREADS is ${JSON.stringify(threads)}: expected a positive integer`);
  }
  return openNative();
}

export const engine: Engine = select();
