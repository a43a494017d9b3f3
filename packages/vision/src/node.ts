/**
 * What needs a file system: pictures in files, downloads and their cache.
 * @module
 */
export { cacheFolder } from './download/cache.node.js';
export { download } from './download/download.node.js';
export type { DownloadOptions, DownloadProgress } from './download/options.js';
export { readImage, writeImage } from './image/read.node.js';
