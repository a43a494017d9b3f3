import type { RecordDType } from '../records.js';

/**
 * The format's codes of element types, in the order in which the reference implementation lays tensors out: larger elements first, so
 * that all stand aligned.
 */
export const CODES: readonly (readonly [code: string, dtype: RecordDType])[] = [
  ['I64', 'int64'],
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['I32', 'int32'],
  ['BF16', 'bfloat16'],
  ['F16', 'float16'],
  ['I16', 'int16'],
  ['I8', 'int8'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
];
