import type { Place } from './engine.js';
import type { Platform } from './platform.js';

/** What is used of WebAssembly: the types come with those of browsers only. */
interface Memory {
  readonly buffer: ArrayBuffer;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => Memory;
};

/** A built module: src/wasm-bytes.generated.ts. */
export interface ModuleBytes {
  readonly base64: string;
  /** The memory that it imports, in pages. */
  readonly pages: { readonly initial: number; readonly maximum: number };
  /** Where its bytes say that this memory is shared. */
  readonly sharedFlag: number;
}

/** The module's face (cpp/wasm/module.cpp). Its functions take their numbers from the start of the block and answer there. */
export interface Exports {
  block(): Place;
  allocate(): void;
  release(): void;
  size(): void;
  trim(): void;
  measure(): void;
  setThreads(): void;
}

export interface OpenModule {
  readonly exports: Exports;
  readonly memory: Memory;
  /** Whether workers can share the memory, without which there is one thread. */
  readonly shared: boolean;
}

/** The functions of cpp/wasm/imports.txt. */
const MATHS = {
  ...{ exp: Math.exp, expm1: Math.expm1, log: Math.log, log2: Math.log2, log10: Math.log10, log1p: Math.log1p },
  ...{ sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan },
  ...{ sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh },
  ...{ atan2: Math.atan2, hypot: Math.hypot, js_pow: Math.pow, fmod: (x: number, y: number) => x % y },
};

/**
 * A helper of the module's pool, in a worker: another instance over the same memory. When it traps, for want of memory, the thread that
 * waits for its work must end, too. The text is a worker's whole program, so it names everything itself.
 */
const HELPER = `({ module, memory, processors, self, stackTop, threadLocals }) => {
  const own = { memory, processors: () => processors, startHelper: () => 0, now: () => performance.now() };
  const maths = { js_pow: Math.pow, fmod: (x, y) => x % y };
  const others = WebAssembly.Module.imports(module).map(({ name }) => [name, maths[name] ?? Math[name]]);
  const env = { ...Object.fromEntries(others), ...own };
  const { exports } = new WebAssembly.Instance(module, { env });
  exports.__stack_pointer.value = stackTop;
  exports.__wasm_init_tls(threadLocals);
  try {
    exports.help(self);
  } catch {
    exports.breakDown();
  }
}`;

/** Memory that workers can share; null in pages that are not isolated from others, and where so much cannot be reserved. */
function sharedMemory({ initial, maximum }: ModuleBytes['pages']): Memory | null {
  if (typeof SharedArrayBuffer === 'undefined') return null;
  for (const most of [maximum, maximum >> 2]) {
    try {
      return new WebAssembly.Memory({ initial, maximum: most, shared: true });
    } catch {
      // Less, or none.
    }
  }
  return null;
}

/** Starts the module: with shared memory and as many threads as there are processors where it can be, else with one. */
export function openModule({ base64, pages, sharedFlag }: ModuleBytes, platform: Platform): OpenModule {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const shared = sharedMemory(pages);
  // One module for both: instructions of threads run on any memory, only the kind that is asked for has to be the kind that is given.
  if (shared === null) bytes[sharedFlag] = bytes[sharedFlag]! & ~2;
  const memory = shared ?? new WebAssembly.Memory(pages);
  const module = new WebAssembly.Module(bytes);
  const processors = shared === null ? 1 : platform.processors;
  const startHelper = (self: number, stackTop: Place, threadLocals: Place): number => {
    if (shared === null) return 0;
    try {
      platform.startWorker(HELPER, { module, memory, processors, self, stackTop, threadLocals });
      return 1;
    } catch {
      return 0;
    }
  };
  const env = { ...MATHS, memory, processors: () => processors, startHelper, now: () => performance.now() };
  const { exports } = new WebAssembly.Instance(module, { env });
  return { exports: exports as Exports, memory, shared: shared !== null };
}
