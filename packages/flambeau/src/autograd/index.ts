/** Gradients: `fl.autograd`. */
export type { BackwardOptions } from './backward.js';
export { Function, FunctionContext } from './function.js';
export { backward, type GradOptions, grad } from './grad.js';
export { type GradcheckOptions, gradcheck, gradgradcheck } from './gradcheck.js';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceMode,
  type ModeGuard,
  noGrad,
  setGradEnabled,
} from './modes.js';
