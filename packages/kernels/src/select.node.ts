import { existsSync, readFileSync } from 'node:fs';
import { openCollector } from './collector.node.js';
import type { Engine } from './engine.js';
import { openNative } from './native.node.js';
import { openWasm } from './wasm.js';

const addon = new URL('../build/flambeau.node', import.meta.url);
const openModule = (): Engine =>
  openWasm(readFileSync(new URL('../wasm/flambeau.wasm', import.meta.url)), openCollector);

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
  if (wish === 'wasm' || (wish === undefined && !existsSync(addon))) return openModule();
  try {
    return openNative();
  } catch (error) {
    if (wish === 'native') throw error;
    return openModule(); // built for another system or version
  }
}

export const engine: Engine = select();
