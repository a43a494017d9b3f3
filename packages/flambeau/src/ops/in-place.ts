/** The families whose ops also have an in-place form: `a.add_(b)` for `a.add(b)`. */
export * from './activation.js';
export {
  celu,
  hardshrink,
  hardsigmoid,
  hardswish,
  mish,
  prelu,
  rrelu,
  selu,
  softshrink,
  softsign,
  tanhshrink,
  threshold,
} from './activation-formulas.js';
export * from './arithmetic.js';
export { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor } from './bitwise.js';
export { eq, ge, gt, le, logicalAnd, logicalNot, logicalOr, logicalXor, lt, ne } from './comparison.js';
export { indexAdd, indexCopy, indexFill } from './indexing.js';
export { cumprod, cumsum } from './reduction.js';
export { maskedFill, scatter, scatterAdd } from './scatter.js';
export { tril, triu } from './triangular.js';
export * from './unary.js';
