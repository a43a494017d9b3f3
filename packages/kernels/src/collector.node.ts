import { setFlagsFromString } from 'node:v8';
import { createContext, runInContext, runInNewContext } from 'node:vm';
import type { Collector } from './collector.js';

type Gc = (options?: { type: 'minor' }) => void;

/** V8's own `gc`, had without a command-line flag and without leaving a global behind. */
function takeGc(): Gc {
  const exposed = (globalThis as { gc?: Gc }).gc;
  if (exposed) return exposed;
  setFlagsFromString('--expose-gc');
  const gc: Gc = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return gc;
}

/** The garbage collector of Node. Takes some milliseconds, so it is opened when it is first needed. */
export function openCollector(): Collector {
  const gc = takeGc();
  const context = createContext({}, { microtaskMode: 'afterEvaluate' });
  const [major = 0] = process.versions.node.split('.').map(Number);
  return {
    minor: () => gc({ type: 'minor' }),
    major: () => gc(),
    // The end of such a context's job empties the list of objects that V8 keeps alive for WeakRefs until a job ends.
    checkpoint: () => runInContext('0', context),
    minorClearsWeakRefs: major >= 26,
  };
}
