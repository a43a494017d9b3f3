import { availableParallelism } from 'node:os';
import { openCollector } from './collector.node.js';
import type { Platform } from './platform.js';

export const platform: Platform = {
  processors: availableParallelism(),
  startWorker(main, message) {
    const { Worker } = process.getBuiltinModule('node:worker_threads'); // for WebAssembly alone: it costs an import 3 ms
    const source = `(${main})(require('node:worker_threads').workerData)`;
    // The program's own flags, loaders among them, are not for this worker.
    const worker = new Worker(source, { eval: true, workerData: message, execArgv: [] });
    // A helper that does not come about is one that never takes any work.
    worker.on('error', (error) => process.emitWarning(error));
    worker.unref();
  },
  openCollector,
};
