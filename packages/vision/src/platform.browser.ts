export { deflate, gunzip, gzip, inflate } from './zlib.browser.js';
