/**
 * Flambeau: PyTorch for TypeScript.
 * @module
 */
import './ops/install.js';

export { engine, OutOfMemoryError } from '@flambeau/kernels';
export * as autograd from './autograd/index.js';
export { enableGrad, inferenceMode, isGradEnabled, isInferenceMode, noGrad, setGradEnabled } from './autograd/modes.js';
export * as data from './data/index.js';
export * from './errors.js';
export * from './io/index.js';
export * as nn from './nn/index.js';
export type { StateDict } from './nn/module.js';
export * from './ops/functions.js';
export * from './ops/index.js';
export * as optim from './optim/index.js';
export { type DType, getDefaultDtype, promoteTypes, setDefaultDtype, type TypedArray } from './tensor/dtype.js';
export { getPrintOptions, type PrintOptions, setPrintOptions } from './tensor/print.js';
export type { Shape } from './tensor/shape.js';
export { type Device, isTensor, type Operand, Tensor, type ValuesAndIndices } from './tensor/tensor.js';
