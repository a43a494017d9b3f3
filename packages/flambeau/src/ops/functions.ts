/** Ops that are functions only: makers of tensors, and those that do not begin with one tensor. */
export * from './creation.js';
export * from './joining.js';
