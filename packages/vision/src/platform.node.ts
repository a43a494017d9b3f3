export { deflate, gunzip, gzip, inflate } from './zlib.node.js';
