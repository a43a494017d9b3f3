import type { Collector } from './collector.js';

/** What the WebAssembly engine has of the platform that it runs on. */
export interface Platform {
  /** How many threads may run at once. */
  readonly processors: number;
  /**
   * Starts a worker that calls `main`, a function's text, with `message`; it ends with whoever started it, and keeps no process alive.
   * @throws where workers are not to be had
   */
  startWorker(main: string, message: object): void;
  /** The way to the garbage collector, where there is one. */
  readonly openCollector: (() => Collector) | null;
}
