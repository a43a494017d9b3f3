/**
 * Pictures and data sets for Flambeau.
 * @module
 */
export { type DigitSplit, drawDigits } from './datasets/drawn-digits.js';
export { type IdxArray, readIdx, writeIdx } from './datasets/idx.js';
export { type Digits, type DigitsOptions, loadDigits } from './datasets/mnist.js';
export { DownloadError, FormatError } from './errors.js';
export { type ShownDigit, showDigits } from './image/ascii.js';
export { digitFrom } from './image/digit.js';
export { type GreyImage, readGrey, writeGreyPng } from './image/read.js';
