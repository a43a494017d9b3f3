/**
 * Pictures and data sets for Flambeau. What needs a file system is in `@flambeau/vision/node`.
 * @module
 */
export { DigitDataset } from './datasets/digit-dataset.js';
export { type DigitSplit, drawDigits } from './datasets/drawn-digits.js';
export { type IdxArray, type IdxDType, readIdx, writeIdx } from './datasets/idx.js';
export { type Digits, type DigitsOptions, loadDigits } from './datasets/mnist.js';
export { DownloadError, type FailedAttempt, FormatError } from './errors.js';
export { type ShownDigit, showDigits } from './image/ascii.js';
export { decodeImage, type ReadImageOptions } from './image/decode.js';
export { digitFrom } from './image/digit.js';
export type { Image, ImageLimits } from './image/image.js';
export { encodePng } from './image/png-encoder.js';
