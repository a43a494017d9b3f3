export { findMnist } from './datasets/mnist-files.node.js';
export { terminal } from './terminal.node.js';
export { deflate, gunzip, gzip, inflate } from './zlib.node.js';
