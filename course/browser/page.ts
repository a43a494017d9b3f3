import { trainDigits } from './training.js';

Object.assign(globalThis, { trainDigits });
