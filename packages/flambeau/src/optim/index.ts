/** Optimisers: `fl.optim`. */
export { Adam, type AdamOptions, AdamW } from './adam.js';
export * as lrScheduler from './lr-scheduler.js';
export { Optimizer, type OptimizerState, type ParamGroup, type Params } from './optimizer.js';
export { SGD, type SGDOptions } from './sgd.js';
