/** Ops that are functions only: makers of tensors, and those that do not begin with one tensor. */
export * from './creation.js';
export { Generator, getRngState, initialSeed, manualSeed, seed, setRngState } from './generator.js';
export * from './joining.js';
export { normal, type RandomOptions, rand, randint, randn, randperm } from './random.js';
