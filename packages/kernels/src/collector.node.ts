import type { Collector } from './collector.js';

type Gc = (options?: { type: 'minor' }) => void;

/** V8's own `gc`, had without a command-line flag and without leaving a global behind. */
function takeGc(): Gc {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  const exposed = (globalThis as { gc?: Gc }).gc;
  if (exposed) return exposed;
  setFlagsFromString('--expose-gc');
  const gc: Gc = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return gc;
}

/**
 * Collections of young objects on the calling thread alone: so few live objects are no work for V8's helpers, whose waking takes twice as long as
 * the collection, on the processor of one of ours. V8's own collections stay as the program has them.
 */
function onOneThread(gc: Gc): () => void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const chosen = [...process.execArgv, process.env.NODE_OPTIONS].join(' ');
  if (/parallel.scavenge|single.threaded/.test(chosen)) return () => gc({ type: 'minor' });
  return () => {
    setFlagsFromString('--no-parallel-scavenge');
    gc({ type: 'minor' });
    setFlagsFromString('--parallel-scavenge');
  };
}

/** What V8 takes for a program at work, in bytes of new objects a millisecond, and a fifth more; and the longest array it keeps among the young. */
const BUSY = 1200;
const LONGEST = 16_000;

/**
 * Makes up for the objects that a program at work with large tensors does not make. Where the last ten collections saw less than a kilobyte a
 * millisecond, V8 gives half of its young space back and takes it anew in the next: 0.3 ms, and several where that space had grown.
 */
function lookBusy(): () => void {
  const last = { time: performance.now(), garbage: [] as unknown[] };
  return () => {
    const now = performance.now();
    const numbers = Math.floor(((now - last.time) * BUSY) / 8);
    last.garbage = new Array(Math.max(0, Math.min(numbers, LONGEST))); // a clock of tests may run backwards
    last.garbage = [];
    last.time = now;
  };
}

/** The garbage collector of Node. Takes some milliseconds, as loading `node:v8` does, so it is opened when it is first needed. */
export function openCollector(): Collector {
  const gc = takeGc();
  const { createContext, runInContext } = process.getBuiltinModule('node:vm');
  const context = createContext({}, { microtaskMode: 'afterEvaluate' });
  const minor = onOneThread(gc);
  const before = lookBusy();
  const [major = 0] = process.versions.node.split('.').map(Number);
  return {
    minor() {
      before();
      minor();
    },
    major: () => gc(),
    // The end of such a context's job empties the list of objects that V8 keeps alive for WeakRefs until a job ends.
    checkpoint: () => runInContext('0', context),
    minorClearsWeakRefs: major >= 26,
  };
}
