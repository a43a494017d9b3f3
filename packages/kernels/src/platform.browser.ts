import type { Platform } from './platform.js';

/** What is used of browsers, whose types come as a whole or not at all. */
declare const navigator: { readonly hardwareConcurrency?: number };
declare const Worker: new (url: string) => { postMessage(message: object): void };
declare const Blob: new (parts: string[], options: { type: string }) => object;

/** Browsers have no way to their garbage collector. */
export const platform: Platform = {
  processors: navigator.hardwareConcurrency ?? 1,
  startWorker(main, message) {
    // From a text, not a file: a page may have its scripts from another origin, and bundlers need to know nothing of workers.
    const source = new Blob([`onmessage = ({ data }) => (${main})(data)`], { type: 'text/javascript' });
    new Worker(URL.createObjectURL(source as never)).postMessage(message);
  },
  openCollector: null,
};
