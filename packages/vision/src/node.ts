/**
 * What needs a file system: downloads and the cache.
 * @module
 */
export { cacheFolder } from './download/cache.node.js';
export { type DownloadOptions, download } from './download/download.node.js';
