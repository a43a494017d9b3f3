/** The ops that are methods of tensors as well as functions: the only list of their families. */
export * from '../autograd/methods.js';
export * from './activation.js';
export * from './arithmetic.js';
export * from './assign.js';
export * from './comparison.js';
export * from './extremes.js';
export * from './like.js';
export * from './matmul.js';
export * from './movement.js';
export * from './reading.js';
export * from './reduction.js';
export { gather, indexSelect, maskedFill, maskedSelect, nonzero, scatter, scatterAdd } from './scatter.js';
export * from './unary.js';
