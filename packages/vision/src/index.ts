export * from './datasets/drawn-digits.js';
