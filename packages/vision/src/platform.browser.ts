export { findMnist } from './datasets/mnist-files.browser.js';
export { terminal } from './terminal.browser.js';
export { deflate, gunzip, gzip, inflate } from './zlib.browser.js';
