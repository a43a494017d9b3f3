export { engine } from '#engine';
export { BLOCK, type Engine, type MemoryUse, OutOfMemoryError, type Owner, type Place } from './engine.js';
export type { Kernels } from './kernels.generated.js';
