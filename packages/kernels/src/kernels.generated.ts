// Made by scripts/list.mjs from kernels.list. Do not edit.
import type { Place } from './engine.js';

/** Every kernel of an engine: `kernels.gemm.f32(...)`. `@loop` and `@table` are written to the block beforehand. */
export interface Kernels {
  /** `out* a* b* alpha:f64 @loop` */
  readonly add: { f32(out: Place, a: Place, b: Place, alpha: number): void; f64(out: Place, a: Place, b: Place, alpha: number): void; i64(out: Place, a: Place, b: Place, alpha: number): void; i32(out: Place, a: Place, b: Place, alpha: number): void; u8(out: Place, a: Place, b: Place, alpha: number): void };
  /** `out* a* b* alpha:f64 @loop` */
  readonly sub: { f32(out: Place, a: Place, b: Place, alpha: number): void; f64(out: Place, a: Place, b: Place, alpha: number): void; i64(out: Place, a: Place, b: Place, alpha: number): void; i32(out: Place, a: Place, b: Place, alpha: number): void; u8(out: Place, a: Place, b: Place, alpha: number): void };
  /** `out* a* b* @loop` */
  readonly mul: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly maximum: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly minimum: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly pow: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly div: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly atan2: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly hypot: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly floor_divide: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly trunc_divide: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly remainder: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly fmod: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly logical_and: { b8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly logical_or: { b8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly logical_xor: { b8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly bitwise_and: { i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly bitwise_or: { i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out* a* b* @loop` */
  readonly bitwise_xor: { i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly eq: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly ne: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly lt: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly le: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly gt: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out*b8 a* b* @loop` */
  readonly ge: { f32(out: Place, a: Place, b: Place): void; f64(out: Place, a: Place, b: Place): void; i64(out: Place, a: Place, b: Place): void; i32(out: Place, a: Place, b: Place): void; u8(out: Place, a: Place, b: Place): void; b8(out: Place, a: Place, b: Place): void };
  /** `out* condition*b8 a* b* @loop` */
  readonly where: { f32(out: Place, condition: Place, a: Place, b: Place): void; f64(out: Place, condition: Place, a: Place, b: Place): void; i64(out: Place, condition: Place, a: Place, b: Place): void; i32(out: Place, condition: Place, a: Place, b: Place): void; u8(out: Place, condition: Place, a: Place, b: Place): void; b8(out: Place, condition: Place, a: Place, b: Place): void };
  /** `out* a* b* c* value:f64 @loop` */
  readonly addcmul: { f32(out: Place, a: Place, b: Place, c: Place, value: number): void; f64(out: Place, a: Place, b: Place, c: Place, value: number): void };
  /** `out* a* b* c* value:f64 @loop` */
  readonly addcdiv: { f32(out: Place, a: Place, b: Place, c: Place, value: number): void; f64(out: Place, a: Place, b: Place, c: Place, value: number): void };
  /** `out* a* b* weight* @loop` */
  readonly lerp: { f32(out: Place, a: Place, b: Place, weight: Place): void; f64(out: Place, a: Place, b: Place, weight: Place): void };
  /** `out* a* @loop` */
  readonly abs: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly neg: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly sign: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly square: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly exp: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly exp2: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly expm1: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly log: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly log2: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly log10: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly log1p: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly sqrt: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly rsqrt: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly reciprocal: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly sin: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly cos: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly tan: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly asin: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly acos: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly atan: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly sinh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly cosh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly tanh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly asinh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly acosh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly atanh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly floor: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly ceil: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly round: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly trunc: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly frac: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly sigmoid: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly log_sigmoid: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly erf: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly erfc: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly erfinv: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly lgamma: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly digamma: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out*b8 a* @loop` */
  readonly logical_not: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly bitwise_not: { i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out*b8 a* @loop` */
  readonly isnan: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out*b8 a* @loop` */
  readonly isinf: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out*b8 a* @loop` */
  readonly isfinite: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly relu: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly silu: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly gelu: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly gelu_tanh: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* beta:f64 threshold:f64 @loop` */
  readonly softplus: { f32(out: Place, a: Place, beta: number, threshold: number): void; f64(out: Place, a: Place, beta: number, threshold: number): void };
  /** `out* a* slope:f64 @loop` */
  readonly leaky_relu: { f32(out: Place, a: Place, slope: number): void; f64(out: Place, a: Place, slope: number): void };
  /** `out* a* alpha:f64 @loop` */
  readonly elu: { f32(out: Place, a: Place, alpha: number): void; f64(out: Place, a: Place, alpha: number): void };
  /** `out* a* low:f64 high:f64 @loop` */
  readonly clamp: { f32(out: Place, a: Place, low: number, high: number): void; f64(out: Place, a: Place, low: number, high: number): void; i64(out: Place, a: Place, low: number, high: number): void; i32(out: Place, a: Place, low: number, high: number): void; u8(out: Place, a: Place, low: number, high: number): void };
  /** `out* grad* y* @loop` */
  readonly relu_backward: { f32(out: Place, grad: Place, y: Place): void; f64(out: Place, grad: Place, y: Place): void };
  /** `out* grad* y* @loop` */
  readonly sigmoid_backward: { f32(out: Place, grad: Place, y: Place): void; f64(out: Place, grad: Place, y: Place): void };
  /** `out* grad* y* @loop` */
  readonly tanh_backward: { f32(out: Place, grad: Place, y: Place): void; f64(out: Place, grad: Place, y: Place): void };
  /** `out* grad* x* slope:f64 @loop` */
  readonly leaky_relu_backward: { f32(out: Place, grad: Place, x: Place, slope: number): void; f64(out: Place, grad: Place, x: Place, slope: number): void };
  /** `out* x* y* @loop` */
  readonly squared_error: { f32(out: Place, x: Place, y: Place): void; f64(out: Place, x: Place, y: Place): void };
  /** `out* x* y* @loop` */
  readonly logit_entropy: { f32(out: Place, x: Place, y: Place): void; f64(out: Place, x: Place, y: Place): void };
  /** `out* grad* x* y* @loop` */
  readonly squared_error_backward: { f32(out: Place, grad: Place, x: Place, y: Place): void; f64(out: Place, grad: Place, x: Place, y: Place): void };
  /** `out* grad* x* y* @loop` */
  readonly logit_entropy_backward: { f32(out: Place, grad: Place, x: Place, y: Place): void; f64(out: Place, grad: Place, x: Place, y: Place): void };
  /** `out* grad* x* @loop` */
  readonly silu_backward: { f32(out: Place, grad: Place, x: Place): void; f64(out: Place, grad: Place, x: Place): void };
  /** `out* grad* x* @loop` */
  readonly gelu_backward: { f32(out: Place, grad: Place, x: Place): void; f64(out: Place, grad: Place, x: Place): void };
  /** `out* grad* x* @loop` */
  readonly gelu_tanh_backward: { f32(out: Place, grad: Place, x: Place): void; f64(out: Place, grad: Place, x: Place): void };
  /** `out*f32 a* @loop` */
  readonly to_f32: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out*f64 a* @loop` */
  readonly to_f64: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out*i64 a* @loop` */
  readonly to_i64: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out*i32 a* @loop` */
  readonly to_i32: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out*u8 a* @loop` */
  readonly to_u8: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out*b8 a* @loop` */
  readonly to_b8: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void; b8(out: Place, a: Place): void };
  /** `out* value:f64 @loop` */
  readonly fill: { f32(out: Place, value: number): void; f64(out: Place, value: number): void; i64(out: Place, value: number): void; i32(out: Place, value: number): void; u8(out: Place, value: number): void; b8(out: Place, value: number): void };
  /** `out* start:f64 step:f64 n` */
  readonly arange: { f32(out: Place, start: number, step: number, n: number): void; f64(out: Place, start: number, step: number, n: number): void; i64(out: Place, start: number, step: number, n: number): void; i32(out: Place, start: number, step: number, n: number): void; u8(out: Place, start: number, step: number, n: number): void };
  /** `a*` */
  readonly item: { f32(a: Place): void; f64(a: Place): void; i64(a: Place): void; i32(a: Place): void; u8(a: Place): void; b8(a: Place): void };
  /** `out* a* n c p` */
  readonly to_channels_last: { f32(out: Place, a: Place, n: number, c: number, p: number): void; f64(out: Place, a: Place, n: number, c: number, p: number): void; u8(out: Place, a: Place, n: number, c: number, p: number): void };
  /** `out* a* n c p` */
  readonly to_channels_first: { f32(out: Place, a: Place, n: number, c: number, p: number): void; f64(out: Place, a: Place, n: number, c: number, p: number): void; u8(out: Place, a: Place, n: number, c: number, p: number): void };
  /** `out* a* scale:f64 @loop` */
  readonly sum: { f32(out: Place, a: Place, scale: number): void; f64(out: Place, a: Place, scale: number): void; i64(out: Place, a: Place, scale: number): void };
  /** `out* a* @loop` */
  readonly prod: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly norm: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly amax: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly amin: { f32(out: Place, a: Place): void; f64(out: Place, a: Place): void; i64(out: Place, a: Place): void; i32(out: Place, a: Place): void; u8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly any: { b8(out: Place, a: Place): void };
  /** `out* a* @loop` */
  readonly all: { b8(out: Place, a: Place): void };
  /** `out* mean*? a* correction:f64 @loop` */
  readonly variance: { f32(out: Place, mean: Place, a: Place, correction: number): void; f64(out: Place, mean: Place, a: Place, correction: number): void };
  /** `values* indices*i64 a* outer n inner` */
  readonly max_along: { f32(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; f64(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; i64(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; i32(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; u8(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `values* indices*i64 a* outer n inner` */
  readonly min_along: { f32(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; f64(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; i64(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; i32(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void; u8(values: Place, indices: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `out* a* outer n inner` */
  readonly cumsum: { f32(out: Place, a: Place, outer: number, n: number, inner: number): void; f64(out: Place, a: Place, outer: number, n: number, inner: number): void; i64(out: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `out* a* outer n inner` */
  readonly cumprod: { f32(out: Place, a: Place, outer: number, n: number, inner: number): void; f64(out: Place, a: Place, outer: number, n: number, inner: number): void; i64(out: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `a* b* @loop` */
  readonly equal: { f32(a: Place, b: Place): void; f64(a: Place, b: Place): void; i64(a: Place, b: Place): void; i32(a: Place, b: Place): void; u8(a: Place, b: Place): void; b8(a: Place, b: Place): void };
  /** `values* indices*i64 a* rows n descending` */
  readonly sort: { f32(values: Place, indices: Place, a: Place, rows: number, n: number, descending: number): void; f64(values: Place, indices: Place, a: Place, rows: number, n: number, descending: number): void; i64(values: Place, indices: Place, a: Place, rows: number, n: number, descending: number): void; i32(values: Place, indices: Place, a: Place, rows: number, n: number, descending: number): void; u8(values: Place, indices: Place, a: Place, rows: number, n: number, descending: number): void };
  /** `values* indices*i64 a* rows n k largest sorted` */
  readonly topk: { f32(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, largest: number, sorted: number): void; f64(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, largest: number, sorted: number): void; i64(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, largest: number, sorted: number): void; i32(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, largest: number, sorted: number): void; u8(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, largest: number, sorted: number): void };
  /** `values* indices*i64 a* rows n k nan_wins` */
  readonly kth: { f32(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, nan_wins: number): void; f64(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, nan_wins: number): void; i64(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, nan_wins: number): void; i32(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, nan_wins: number): void; u8(values: Place, indices: Place, a: Place, rows: number, n: number, k: number, nan_wins: number): void };
  /** `values* inverse*i64? counts*i64? a* n` */
  readonly unique: { f32(values: Place, inverse: Place, counts: Place, a: Place, n: number): void; f64(values: Place, inverse: Place, counts: Place, a: Place, n: number): void; i64(values: Place, inverse: Place, counts: Place, a: Place, n: number): void; i32(values: Place, inverse: Place, counts: Place, a: Place, n: number): void; u8(values: Place, inverse: Place, counts: Place, a: Place, n: number): void };
  /** `out* a* index*i64 size stride @loop` */
  readonly gather: { f32(out: Place, a: Place, index: Place, size: number, stride: number): void; f64(out: Place, a: Place, index: Place, size: number, stride: number): void; i64(out: Place, a: Place, index: Place, size: number, stride: number): void; i32(out: Place, a: Place, index: Place, size: number, stride: number): void; u8(out: Place, a: Place, index: Place, size: number, stride: number): void; b8(out: Place, a: Place, index: Place, size: number, stride: number): void };
  /** `out* index*i64 src* size stride @loop` */
  readonly scatter: { f32(out: Place, index: Place, src: Place, size: number, stride: number): void; f64(out: Place, index: Place, src: Place, size: number, stride: number): void; i64(out: Place, index: Place, src: Place, size: number, stride: number): void; i32(out: Place, index: Place, src: Place, size: number, stride: number): void; u8(out: Place, index: Place, src: Place, size: number, stride: number): void; b8(out: Place, index: Place, src: Place, size: number, stride: number): void };
  /** `out* index*i64 src* size stride @loop` */
  readonly scatter_add: { f32(out: Place, index: Place, src: Place, size: number, stride: number): void; f64(out: Place, index: Place, src: Place, size: number, stride: number): void; i64(out: Place, index: Place, src: Place, size: number, stride: number): void; i32(out: Place, index: Place, src: Place, size: number, stride: number): void; u8(out: Place, index: Place, src: Place, size: number, stride: number): void };
  /** `out* index* size @loop` */
  readonly wrap_index: { i64(out: Place, index: Place, size: number): void };
  /** `out*i64? a* n` */
  readonly nonzero: { f32(out: Place, a: Place, n: number): void; f64(out: Place, a: Place, n: number): void; i64(out: Place, a: Place, n: number): void; i32(out: Place, a: Place, n: number): void; u8(out: Place, a: Place, n: number): void; b8(out: Place, a: Place, n: number): void };
  /** `out* a* n @table` */
  readonly coordinates: { i64(out: Place, a: Place, n: number): void };
  /** `whole* count outer width @table` */
  readonly join: { u8(whole: Place, count: number, outer: number, width: number): void };
  /** `whole* count outer width @table` */
  readonly take_apart: { u8(whole: Place, count: number, outer: number, width: number): void };
  /** `out* weight* index*i64 n rows width padding` */
  readonly embedding: { f32(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void; f64(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void; i64(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void; i32(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void; u8(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void; b8(out: Place, weight: Place, index: Place, n: number, rows: number, width: number, padding: number): void };
  /** `dweight* grad* index*i64 n rows width padding by_frequency` */
  readonly embedding_backward: { f32(dweight: Place, grad: Place, index: Place, n: number, rows: number, width: number, padding: number, by_frequency: number): void; f64(dweight: Place, grad: Place, index: Place, n: number, rows: number, width: number, padding: number, by_frequency: number): void };
  /** `out* weight* index*i64 offsets*i64 scale*? bags n rows width mean padding` */
  readonly embedding_bag: { f32(out: Place, weight: Place, index: Place, offsets: Place, scale: Place, bags: number, n: number, rows: number, width: number, mean: number, padding: number): void; f64(out: Place, weight: Place, index: Place, offsets: Place, scale: Place, bags: number, n: number, rows: number, width: number, mean: number, padding: number): void };
  /** `out* winner*i64 weight* index*i64 offsets*i64 bags n rows width padding` */
  readonly embedding_bag_max: { f32(out: Place, winner: Place, weight: Place, index: Place, offsets: Place, bags: number, n: number, rows: number, width: number, padding: number): void; f64(out: Place, winner: Place, weight: Place, index: Place, offsets: Place, bags: number, n: number, rows: number, width: number, padding: number): void };
  /** `state* seed_low:f64 seed_high:f64` */
  readonly generator_seed: { u32(state: Place, seed_low: number, seed_high: number): void };
  /** `out* state*u32 n from:f64 to:f64` */
  readonly uniform: { f32(out: Place, state: Place, n: number, from: number, to: number): void; f64(out: Place, state: Place, n: number, from: number, to: number): void };
  /** `out* state*u32 n mean:f64 std:f64` */
  readonly normal: { f32(out: Place, state: Place, n: number, mean: number, std: number): void; f64(out: Place, state: Place, n: number, mean: number, std: number): void };
  /** `out* state*u32 n low:f64 range:f64` */
  readonly random: { f32(out: Place, state: Place, n: number, low: number, range: number): void; f64(out: Place, state: Place, n: number, low: number, range: number): void; i64(out: Place, state: Place, n: number, low: number, range: number): void; i32(out: Place, state: Place, n: number, low: number, range: number): void; u8(out: Place, state: Place, n: number, low: number, range: number): void; b8(out: Place, state: Place, n: number, low: number, range: number): void };
  /** `out* state*u32 n` */
  readonly randperm: { i64(out: Place, state: Place, n: number): void };
  /** `out* state*u32 n p:f64` */
  readonly bernoulli: { f32(out: Place, state: Place, n: number, p: number): void; f64(out: Place, state: Place, n: number, p: number): void; i64(out: Place, state: Place, n: number, p: number): void; i32(out: Place, state: Place, n: number, p: number): void; u8(out: Place, state: Place, n: number, p: number): void; b8(out: Place, state: Place, n: number, p: number): void };
  /** `out* p* state*u32 n` */
  readonly bernoulli_each: { f32(out: Place, p: Place, state: Place, n: number): void; f64(out: Place, p: Place, state: Place, n: number): void };
  /** `out* a* b* bias*? batch m n k trans_a lda trans_b ldb ldc a_step b_step out_step beta:f64` */
  readonly gemm: { f32(out: Place, a: Place, b: Place, bias: Place, batch: number, m: number, n: number, k: number, trans_a: number, lda: number, trans_b: number, ldb: number, ldc: number, a_step: number, b_step: number, out_step: number, beta: number): void; f64(out: Place, a: Place, b: Place, bias: Place, batch: number, m: number, n: number, k: number, trans_a: number, lda: number, trans_b: number, ldb: number, ldc: number, a_step: number, b_step: number, out_step: number, beta: number): void; i64(out: Place, a: Place, b: Place, bias: Place, batch: number, m: number, n: number, k: number, trans_a: number, lda: number, trans_b: number, ldb: number, ldc: number, a_step: number, b_step: number, out_step: number, beta: number): void; i32(out: Place, a: Place, b: Place, bias: Place, batch: number, m: number, n: number, k: number, trans_a: number, lda: number, trans_b: number, ldb: number, ldc: number, a_step: number, b_step: number, out_step: number, beta: number): void };
  /** `out* x* weight* bias*? kept*? packed m n k trans_x ldx` */
  readonly linear: { f32(out: Place, x: Place, weight: Place, bias: Place, kept: Place, packed: number, m: number, n: number, k: number, trans_x: number, ldx: number): void; f64(out: Place, x: Place, weight: Place, bias: Place, kept: Place, packed: number, m: number, n: number, k: number, trans_x: number, ldx: number): void };
  /** `m n k` */
  readonly linear_kept: { f32(m: number, n: number, k: number): void; f64(m: number, n: number, k: number): void };
  /** `out* x* weight* bias*? kept*? packed n h w c oh ow oc kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w groups` */
  readonly conv2d_forward: { f32(out: Place, x: Place, weight: Place, bias: Place, kept: Place, packed: number, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void; f64(out: Place, x: Place, weight: Place, bias: Place, kept: Place, packed: number, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void };
  /** `dx* grad* weight* n h w c oh ow oc kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w groups` */
  readonly conv2d_input_grad: { f32(dx: Place, grad: Place, weight: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void; f64(dx: Place, grad: Place, weight: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void };
  /** `dweight* dbias*? grad* x* n h w c oh ow oc kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w groups` */
  readonly conv2d_weight_grad: { f32(dweight: Place, dbias: Place, grad: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void; f64(dweight: Place, dbias: Place, grad: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void };
  /** `n h w c oh ow oc kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w groups` */
  readonly conv2d_kept: { f32(n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void; f64(n: number, h: number, w: number, c: number, oh: number, ow: number, oc: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number, groups: number): void };
  /** `allowed` */
  readonly conv2d_winograd: { f32(allowed: number): void };
  /** `out* index*i32 x* n h w c oh ow kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w` */
  readonly max_pool2d: { f32(out: Place, index: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number): void; f64(out: Place, index: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number): void };
  /** `out* index*i32 x* mean* scale* shift* n h w c oh ow kh kw stride_h stride_w pad_h pad_w dilation_h dilation_w` */
  readonly batch_norm_relu_max_pool2d: { f32(out: Place, index: Place, x: Place, mean: Place, scale: Place, shift: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number): void; f64(out: Place, index: Place, x: Place, mean: Place, scale: Place, shift: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, dilation_h: number, dilation_w: number): void };
  /** `out* index*i32 x* n h w c oh ow` */
  readonly adaptive_max_pool2d: { f32(out: Place, index: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void; f64(out: Place, index: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void };
  /** `dx* grad* index*i32 n h w c oh ow` */
  readonly max_pool2d_input_grad: { f32(dx: Place, grad: Place, index: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void; f64(dx: Place, grad: Place, index: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void };
  /** `out* x* index*i32 n h w c oh ow` */
  readonly max_pool2d_gather: { f32(out: Place, x: Place, index: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void; f64(out: Place, x: Place, index: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void };
  /** `out* x* n h w c oh ow kh kw stride_h stride_w pad_h pad_w include_pad divisor` */
  readonly avg_pool2d: { f32(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, include_pad: number, divisor: number): void; f64(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, include_pad: number, divisor: number): void };
  /** `out* x* n h w c oh ow kh kw stride_h stride_w pad_h pad_w include_pad divisor` */
  readonly avg_pool2d_input_grad: { f32(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, include_pad: number, divisor: number): void; f64(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, kh: number, kw: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, include_pad: number, divisor: number): void };
  /** `out* x* n h w c oh ow` */
  readonly adaptive_avg_pool2d: { f32(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void; f64(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void };
  /** `out* x* n h w c oh ow` */
  readonly adaptive_avg_pool2d_input_grad: { f32(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void; f64(out: Place, x: Place, n: number, h: number, w: number, c: number, oh: number, ow: number): void };
  /** `mean* rstd* scale* shift* x* weight*? bias*? running_mean*? running_var*? outer c inner training momentum:f64 eps:f64` */
  readonly batch_norm_statistics: { f32(mean: Place, rstd: Place, scale: Place, shift: Place, x: Place, weight: Place, bias: Place, running_mean: Place, running_var: Place, outer: number, c: number, inner: number, training: number, momentum: number, eps: number): void; f64(mean: Place, rstd: Place, scale: Place, shift: Place, x: Place, weight: Place, bias: Place, running_mean: Place, running_var: Place, outer: number, c: number, inner: number, training: number, momentum: number, eps: number): void };
  /** `out* x* mean* scale* shift* residual*? outer c inner relu` */
  readonly batch_norm: { f32(out: Place, x: Place, mean: Place, scale: Place, shift: Place, residual: Place, outer: number, c: number, inner: number, relu: number): void; f64(out: Place, x: Place, mean: Place, scale: Place, shift: Place, residual: Place, outer: number, c: number, inner: number, relu: number): void };
  /** `dx*? dweight*? dbias*? grad* x* weight*? mean* rstd* scale*? shift*? outer c inner training` */
  readonly batch_norm_backward: { f32(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, scale: Place, shift: Place, outer: number, c: number, inner: number, training: number): void; f64(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, scale: Place, shift: Place, outer: number, c: number, inner: number, training: number): void };
  /** `dx*? dweight*? dbias*? grad* winners*i32 x* weight*? mean* rstd* scale* shift* n h w c oh ow stride_h stride_w pad_h pad_w training` */
  readonly batch_norm_relu_max_pool2d_backward: { f32(dx: Place, dweight: Place, dbias: Place, grad: Place, winners: Place, x: Place, weight: Place, mean: Place, rstd: Place, scale: Place, shift: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, training: number): void; f64(dx: Place, dweight: Place, dbias: Place, grad: Place, winners: Place, x: Place, weight: Place, mean: Place, rstd: Place, scale: Place, shift: Place, n: number, h: number, w: number, c: number, oh: number, ow: number, stride_h: number, stride_w: number, pad_h: number, pad_w: number, training: number): void };
  /** `out* mean* rstd* x* weight*? bias*? rows n eps:f64` */
  readonly layer_norm: { f32(out: Place, mean: Place, rstd: Place, x: Place, weight: Place, bias: Place, rows: number, n: number, eps: number): void; f64(out: Place, mean: Place, rstd: Place, x: Place, weight: Place, bias: Place, rows: number, n: number, eps: number): void };
  /** `dx*? dweight*? dbias*? grad* x* weight*? mean* rstd* rows n` */
  readonly layer_norm_backward: { f32(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, rows: number, n: number): void; f64(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, rows: number, n: number): void };
  /** `out* mean* rstd* x* weight*? bias*? n c p groups last eps:f64` */
  readonly group_norm: { f32(out: Place, mean: Place, rstd: Place, x: Place, weight: Place, bias: Place, n: number, c: number, p: number, groups: number, last: number, eps: number): void; f64(out: Place, mean: Place, rstd: Place, x: Place, weight: Place, bias: Place, n: number, c: number, p: number, groups: number, last: number, eps: number): void };
  /** `dx*? dweight*? dbias*? grad* x* weight*? mean* rstd* n c p groups last` */
  readonly group_norm_backward: { f32(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, n: number, c: number, p: number, groups: number, last: number): void; f64(dx: Place, dweight: Place, dbias: Place, grad: Place, x: Place, weight: Place, mean: Place, rstd: Place, n: number, c: number, p: number, groups: number, last: number): void };
  /** `out* a* outer n inner` */
  readonly softmax: { f32(out: Place, a: Place, outer: number, n: number, inner: number): void; f64(out: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `out* a* outer n inner` */
  readonly log_softmax: { f32(out: Place, a: Place, outer: number, n: number, inner: number): void; f64(out: Place, a: Place, outer: number, n: number, inner: number): void };
  /** `out* grad* y* outer n inner` */
  readonly softmax_backward: { f32(out: Place, grad: Place, y: Place, outer: number, n: number, inner: number): void; f64(out: Place, grad: Place, y: Place, outer: number, n: number, inner: number): void };
  /** `out* grad* y* outer n inner` */
  readonly log_softmax_backward: { f32(out: Place, grad: Place, y: Place, outer: number, n: number, inner: number): void; f64(out: Place, grad: Place, y: Place, outer: number, n: number, inner: number): void };
  /** `out* total* logp* target*i64 weight*? n c inner reduction ignore` */
  readonly nll_loss: { f32(out: Place, total: Place, logp: Place, target: Place, weight: Place, n: number, c: number, inner: number, reduction: number, ignore: number): void; f64(out: Place, total: Place, logp: Place, target: Place, weight: Place, n: number, c: number, inner: number, reduction: number, ignore: number): void };
  /** `dlogp* grad* total* target*i64 weight*? n c inner reduction ignore` */
  readonly nll_loss_backward: { f32(dlogp: Place, grad: Place, total: Place, target: Place, weight: Place, n: number, c: number, inner: number, reduction: number, ignore: number): void; f64(dlogp: Place, grad: Place, total: Place, target: Place, weight: Place, n: number, c: number, inner: number, reduction: number, ignore: number): void };
  /** `lse* mask*? keep*b8? n h kv_h l s e ev mask_n mask_h mask_l causal scale:f64 keep_scale:f64 @table` */
  readonly attention: { f32(lse: Place, mask: Place, keep: Place, n: number, h: number, kv_h: number, l: number, s: number, e: number, ev: number, mask_n: number, mask_h: number, mask_l: number, causal: number, scale: number, keep_scale: number): void; f64(lse: Place, mask: Place, keep: Place, n: number, h: number, kv_h: number, l: number, s: number, e: number, ev: number, mask_n: number, mask_h: number, mask_l: number, causal: number, scale: number, keep_scale: number): void };
  /** `lse* mask*? keep*b8? n h kv_h l s e ev mask_n mask_h mask_l causal scale:f64 keep_scale:f64 @table` */
  readonly attention_backward: { f32(lse: Place, mask: Place, keep: Place, n: number, h: number, kv_h: number, l: number, s: number, e: number, ev: number, mask_n: number, mask_h: number, mask_l: number, causal: number, scale: number, keep_scale: number): void; f64(lse: Place, mask: Place, keep: Place, n: number, h: number, kv_h: number, l: number, s: number, e: number, ev: number, mask_n: number, mask_h: number, mask_l: number, causal: number, scale: number, keep_scale: number): void };
  /** `out* gates* cells* states* hn* cn* h0*? c0*? weight* weight_reverse*? bias*? bias_reverse*? sizes*i64? steps batch hidden lead` */
  readonly lstm: { f32(out: Place, gates: Place, cells: Place, states: Place, hn: Place, cn: Place, h0: Place, c0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void; f64(out: Place, gates: Place, cells: Place, states: Place, hn: Place, cn: Place, h0: Place, c0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void };
  /** `dgates* dh* dc* grad*? gates* cells* c0*? weight* weight_reverse*? sizes*i64? steps batch hidden lead` */
  readonly lstm_backward: { f32(dgates: Place, dh: Place, dc: Place, grad: Place, gates: Place, cells: Place, c0: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void; f64(dgates: Place, dh: Place, dc: Place, grad: Place, gates: Place, cells: Place, c0: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void };
  /** `out* gates* q* states* hn* h0*? weight* weight_reverse*? bias*? bias_reverse*? sizes*i64? steps batch hidden lead` */
  readonly gru: { f32(out: Place, gates: Place, q: Place, states: Place, hn: Place, h0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void; f64(out: Place, gates: Place, q: Place, states: Place, hn: Place, h0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number): void };
  /** `dgates* dhidden* dh* grad*? gates* q* states* weight* weight_reverse*? sizes*i64? steps batch hidden lead state_lead` */
  readonly gru_backward: { f32(dgates: Place, dhidden: Place, dh: Place, grad: Place, gates: Place, q: Place, states: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, state_lead: number): void; f64(dgates: Place, dhidden: Place, dh: Place, grad: Place, gates: Place, q: Place, states: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, state_lead: number): void };
  /** `out* gates* states* hn* h0*? weight* weight_reverse*? bias*? bias_reverse*? sizes*i64? steps batch hidden lead relu` */
  readonly rnn: { f32(out: Place, gates: Place, states: Place, hn: Place, h0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, relu: number): void; f64(out: Place, gates: Place, states: Place, hn: Place, h0: Place, weight: Place, weight_reverse: Place, bias: Place, bias_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, relu: number): void };
  /** `dgates* dh* grad*? gates* weight* weight_reverse*? sizes*i64? steps batch hidden lead relu` */
  readonly rnn_backward: { f32(dgates: Place, dh: Place, grad: Place, gates: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, relu: number): void; f64(dgates: Place, dh: Place, grad: Place, gates: Place, weight: Place, weight_reverse: Place, sizes: Place, steps: number, batch: number, hidden: number, lead: number, relu: number): void };
  /** `rows lr:f64 momentum:f64 dampening:f64 weight_decay:f64 nesterov maximize first @table` */
  readonly sgd_step: { f32(rows: number, lr: number, momentum: number, dampening: number, weight_decay: number, nesterov: number, maximize: number, first: number): void; f64(rows: number, lr: number, momentum: number, dampening: number, weight_decay: number, nesterov: number, maximize: number, first: number): void };
  /** `rows lr:f64 beta1:f64 beta2:f64 eps:f64 weight_decay:f64 decoupled maximize bias1:f64 bias2:f64 @table` */
  readonly adam_step: { f32(rows: number, lr: number, beta1: number, beta2: number, eps: number, weight_decay: number, decoupled: number, maximize: number, bias1: number, bias2: number): void; f64(rows: number, lr: number, beta1: number, beta2: number, eps: number, weight_decay: number, decoupled: number, maximize: number, bias1: number, bias2: number): void };
  /** `chunks` */
  readonly fma_peak: { f32(chunks: number): void; f64(chunks: number): void };
}

/** The kernels as functions that write their numbers to the argument block and call the engine. */
export function bind(call: (name: string) => () => void, engine: { readonly block: Float64Array }): Kernels {
  const $add_f32 = call('add_f32');
  const $add_f64 = call('add_f64');
  const $add_i64 = call('add_i64');
  const $add_i32 = call('add_i32');
  const $add_u8 = call('add_u8');
  const $sub_f32 = call('sub_f32');
  const $sub_f64 = call('sub_f64');
  const $sub_i64 = call('sub_i64');
  const $sub_i32 = call('sub_i32');
  const $sub_u8 = call('sub_u8');
  const $mul_f32 = call('mul_f32');
  const $mul_f64 = call('mul_f64');
  const $mul_i64 = call('mul_i64');
  const $mul_i32 = call('mul_i32');
  const $mul_u8 = call('mul_u8');
  const $maximum_f32 = call('maximum_f32');
  const $maximum_f64 = call('maximum_f64');
  const $maximum_i64 = call('maximum_i64');
  const $maximum_i32 = call('maximum_i32');
  const $maximum_u8 = call('maximum_u8');
  const $minimum_f32 = call('minimum_f32');
  const $minimum_f64 = call('minimum_f64');
  const $minimum_i64 = call('minimum_i64');
  const $minimum_i32 = call('minimum_i32');
  const $minimum_u8 = call('minimum_u8');
  const $pow_f32 = call('pow_f32');
  const $pow_f64 = call('pow_f64');
  const $pow_i64 = call('pow_i64');
  const $pow_i32 = call('pow_i32');
  const $pow_u8 = call('pow_u8');
  const $div_f32 = call('div_f32');
  const $div_f64 = call('div_f64');
  const $atan2_f32 = call('atan2_f32');
  const $atan2_f64 = call('atan2_f64');
  const $hypot_f32 = call('hypot_f32');
  const $hypot_f64 = call('hypot_f64');
  const $floor_divide_f32 = call('floor_divide_f32');
  const $floor_divide_f64 = call('floor_divide_f64');
  const $floor_divide_i64 = call('floor_divide_i64');
  const $floor_divide_i32 = call('floor_divide_i32');
  const $floor_divide_u8 = call('floor_divide_u8');
  const $trunc_divide_f32 = call('trunc_divide_f32');
  const $trunc_divide_f64 = call('trunc_divide_f64');
  const $trunc_divide_i64 = call('trunc_divide_i64');
  const $trunc_divide_i32 = call('trunc_divide_i32');
  const $trunc_divide_u8 = call('trunc_divide_u8');
  const $remainder_f32 = call('remainder_f32');
  const $remainder_f64 = call('remainder_f64');
  const $remainder_i64 = call('remainder_i64');
  const $remainder_i32 = call('remainder_i32');
  const $remainder_u8 = call('remainder_u8');
  const $fmod_f32 = call('fmod_f32');
  const $fmod_f64 = call('fmod_f64');
  const $fmod_i64 = call('fmod_i64');
  const $fmod_i32 = call('fmod_i32');
  const $fmod_u8 = call('fmod_u8');
  const $logical_and_b8 = call('logical_and_b8');
  const $logical_or_b8 = call('logical_or_b8');
  const $logical_xor_b8 = call('logical_xor_b8');
  const $bitwise_and_i64 = call('bitwise_and_i64');
  const $bitwise_and_i32 = call('bitwise_and_i32');
  const $bitwise_and_u8 = call('bitwise_and_u8');
  const $bitwise_or_i64 = call('bitwise_or_i64');
  const $bitwise_or_i32 = call('bitwise_or_i32');
  const $bitwise_or_u8 = call('bitwise_or_u8');
  const $bitwise_xor_i64 = call('bitwise_xor_i64');
  const $bitwise_xor_i32 = call('bitwise_xor_i32');
  const $bitwise_xor_u8 = call('bitwise_xor_u8');
  const $eq_f32 = call('eq_f32');
  const $eq_f64 = call('eq_f64');
  const $eq_i64 = call('eq_i64');
  const $eq_i32 = call('eq_i32');
  const $eq_u8 = call('eq_u8');
  const $eq_b8 = call('eq_b8');
  const $ne_f32 = call('ne_f32');
  const $ne_f64 = call('ne_f64');
  const $ne_i64 = call('ne_i64');
  const $ne_i32 = call('ne_i32');
  const $ne_u8 = call('ne_u8');
  const $ne_b8 = call('ne_b8');
  const $lt_f32 = call('lt_f32');
  const $lt_f64 = call('lt_f64');
  const $lt_i64 = call('lt_i64');
  const $lt_i32 = call('lt_i32');
  const $lt_u8 = call('lt_u8');
  const $lt_b8 = call('lt_b8');
  const $le_f32 = call('le_f32');
  const $le_f64 = call('le_f64');
  const $le_i64 = call('le_i64');
  const $le_i32 = call('le_i32');
  const $le_u8 = call('le_u8');
  const $le_b8 = call('le_b8');
  const $gt_f32 = call('gt_f32');
  const $gt_f64 = call('gt_f64');
  const $gt_i64 = call('gt_i64');
  const $gt_i32 = call('gt_i32');
  const $gt_u8 = call('gt_u8');
  const $gt_b8 = call('gt_b8');
  const $ge_f32 = call('ge_f32');
  const $ge_f64 = call('ge_f64');
  const $ge_i64 = call('ge_i64');
  const $ge_i32 = call('ge_i32');
  const $ge_u8 = call('ge_u8');
  const $ge_b8 = call('ge_b8');
  const $where_f32 = call('where_f32');
  const $where_f64 = call('where_f64');
  const $where_i64 = call('where_i64');
  const $where_i32 = call('where_i32');
  const $where_u8 = call('where_u8');
  const $where_b8 = call('where_b8');
  const $addcmul_f32 = call('addcmul_f32');
  const $addcmul_f64 = call('addcmul_f64');
  const $addcdiv_f32 = call('addcdiv_f32');
  const $addcdiv_f64 = call('addcdiv_f64');
  const $lerp_f32 = call('lerp_f32');
  const $lerp_f64 = call('lerp_f64');
  const $abs_f32 = call('abs_f32');
  const $abs_f64 = call('abs_f64');
  const $abs_i64 = call('abs_i64');
  const $abs_i32 = call('abs_i32');
  const $abs_u8 = call('abs_u8');
  const $neg_f32 = call('neg_f32');
  const $neg_f64 = call('neg_f64');
  const $neg_i64 = call('neg_i64');
  const $neg_i32 = call('neg_i32');
  const $neg_u8 = call('neg_u8');
  const $sign_f32 = call('sign_f32');
  const $sign_f64 = call('sign_f64');
  const $sign_i64 = call('sign_i64');
  const $sign_i32 = call('sign_i32');
  const $sign_u8 = call('sign_u8');
  const $square_f32 = call('square_f32');
  const $square_f64 = call('square_f64');
  const $square_i64 = call('square_i64');
  const $square_i32 = call('square_i32');
  const $square_u8 = call('square_u8');
  const $exp_f32 = call('exp_f32');
  const $exp_f64 = call('exp_f64');
  const $exp2_f32 = call('exp2_f32');
  const $exp2_f64 = call('exp2_f64');
  const $expm1_f32 = call('expm1_f32');
  const $expm1_f64 = call('expm1_f64');
  const $log_f32 = call('log_f32');
  const $log_f64 = call('log_f64');
  const $log2_f32 = call('log2_f32');
  const $log2_f64 = call('log2_f64');
  const $log10_f32 = call('log10_f32');
  const $log10_f64 = call('log10_f64');
  const $log1p_f32 = call('log1p_f32');
  const $log1p_f64 = call('log1p_f64');
  const $sqrt_f32 = call('sqrt_f32');
  const $sqrt_f64 = call('sqrt_f64');
  const $rsqrt_f32 = call('rsqrt_f32');
  const $rsqrt_f64 = call('rsqrt_f64');
  const $reciprocal_f32 = call('reciprocal_f32');
  const $reciprocal_f64 = call('reciprocal_f64');
  const $sin_f32 = call('sin_f32');
  const $sin_f64 = call('sin_f64');
  const $cos_f32 = call('cos_f32');
  const $cos_f64 = call('cos_f64');
  const $tan_f32 = call('tan_f32');
  const $tan_f64 = call('tan_f64');
  const $asin_f32 = call('asin_f32');
  const $asin_f64 = call('asin_f64');
  const $acos_f32 = call('acos_f32');
  const $acos_f64 = call('acos_f64');
  const $atan_f32 = call('atan_f32');
  const $atan_f64 = call('atan_f64');
  const $sinh_f32 = call('sinh_f32');
  const $sinh_f64 = call('sinh_f64');
  const $cosh_f32 = call('cosh_f32');
  const $cosh_f64 = call('cosh_f64');
  const $tanh_f32 = call('tanh_f32');
  const $tanh_f64 = call('tanh_f64');
  const $asinh_f32 = call('asinh_f32');
  const $asinh_f64 = call('asinh_f64');
  const $acosh_f32 = call('acosh_f32');
  const $acosh_f64 = call('acosh_f64');
  const $atanh_f32 = call('atanh_f32');
  const $atanh_f64 = call('atanh_f64');
  const $floor_f32 = call('floor_f32');
  const $floor_f64 = call('floor_f64');
  const $ceil_f32 = call('ceil_f32');
  const $ceil_f64 = call('ceil_f64');
  const $round_f32 = call('round_f32');
  const $round_f64 = call('round_f64');
  const $trunc_f32 = call('trunc_f32');
  const $trunc_f64 = call('trunc_f64');
  const $frac_f32 = call('frac_f32');
  const $frac_f64 = call('frac_f64');
  const $sigmoid_f32 = call('sigmoid_f32');
  const $sigmoid_f64 = call('sigmoid_f64');
  const $log_sigmoid_f32 = call('log_sigmoid_f32');
  const $log_sigmoid_f64 = call('log_sigmoid_f64');
  const $erf_f32 = call('erf_f32');
  const $erf_f64 = call('erf_f64');
  const $erfc_f32 = call('erfc_f32');
  const $erfc_f64 = call('erfc_f64');
  const $erfinv_f32 = call('erfinv_f32');
  const $erfinv_f64 = call('erfinv_f64');
  const $lgamma_f32 = call('lgamma_f32');
  const $lgamma_f64 = call('lgamma_f64');
  const $digamma_f32 = call('digamma_f32');
  const $digamma_f64 = call('digamma_f64');
  const $logical_not_f32 = call('logical_not_f32');
  const $logical_not_f64 = call('logical_not_f64');
  const $logical_not_i64 = call('logical_not_i64');
  const $logical_not_i32 = call('logical_not_i32');
  const $logical_not_u8 = call('logical_not_u8');
  const $logical_not_b8 = call('logical_not_b8');
  const $bitwise_not_i64 = call('bitwise_not_i64');
  const $bitwise_not_i32 = call('bitwise_not_i32');
  const $bitwise_not_u8 = call('bitwise_not_u8');
  const $isnan_f32 = call('isnan_f32');
  const $isnan_f64 = call('isnan_f64');
  const $isinf_f32 = call('isinf_f32');
  const $isinf_f64 = call('isinf_f64');
  const $isfinite_f32 = call('isfinite_f32');
  const $isfinite_f64 = call('isfinite_f64');
  const $relu_f32 = call('relu_f32');
  const $relu_f64 = call('relu_f64');
  const $relu_i64 = call('relu_i64');
  const $relu_i32 = call('relu_i32');
  const $relu_u8 = call('relu_u8');
  const $silu_f32 = call('silu_f32');
  const $silu_f64 = call('silu_f64');
  const $gelu_f32 = call('gelu_f32');
  const $gelu_f64 = call('gelu_f64');
  const $gelu_tanh_f32 = call('gelu_tanh_f32');
  const $gelu_tanh_f64 = call('gelu_tanh_f64');
  const $softplus_f32 = call('softplus_f32');
  const $softplus_f64 = call('softplus_f64');
  const $leaky_relu_f32 = call('leaky_relu_f32');
  const $leaky_relu_f64 = call('leaky_relu_f64');
  const $elu_f32 = call('elu_f32');
  const $elu_f64 = call('elu_f64');
  const $clamp_f32 = call('clamp_f32');
  const $clamp_f64 = call('clamp_f64');
  const $clamp_i64 = call('clamp_i64');
  const $clamp_i32 = call('clamp_i32');
  const $clamp_u8 = call('clamp_u8');
  const $relu_backward_f32 = call('relu_backward_f32');
  const $relu_backward_f64 = call('relu_backward_f64');
  const $sigmoid_backward_f32 = call('sigmoid_backward_f32');
  const $sigmoid_backward_f64 = call('sigmoid_backward_f64');
  const $tanh_backward_f32 = call('tanh_backward_f32');
  const $tanh_backward_f64 = call('tanh_backward_f64');
  const $leaky_relu_backward_f32 = call('leaky_relu_backward_f32');
  const $leaky_relu_backward_f64 = call('leaky_relu_backward_f64');
  const $squared_error_f32 = call('squared_error_f32');
  const $squared_error_f64 = call('squared_error_f64');
  const $logit_entropy_f32 = call('logit_entropy_f32');
  const $logit_entropy_f64 = call('logit_entropy_f64');
  const $squared_error_backward_f32 = call('squared_error_backward_f32');
  const $squared_error_backward_f64 = call('squared_error_backward_f64');
  const $logit_entropy_backward_f32 = call('logit_entropy_backward_f32');
  const $logit_entropy_backward_f64 = call('logit_entropy_backward_f64');
  const $silu_backward_f32 = call('silu_backward_f32');
  const $silu_backward_f64 = call('silu_backward_f64');
  const $gelu_backward_f32 = call('gelu_backward_f32');
  const $gelu_backward_f64 = call('gelu_backward_f64');
  const $gelu_tanh_backward_f32 = call('gelu_tanh_backward_f32');
  const $gelu_tanh_backward_f64 = call('gelu_tanh_backward_f64');
  const $to_f32_f32 = call('to_f32_f32');
  const $to_f32_f64 = call('to_f32_f64');
  const $to_f32_i64 = call('to_f32_i64');
  const $to_f32_i32 = call('to_f32_i32');
  const $to_f32_u8 = call('to_f32_u8');
  const $to_f32_b8 = call('to_f32_b8');
  const $to_f64_f32 = call('to_f64_f32');
  const $to_f64_f64 = call('to_f64_f64');
  const $to_f64_i64 = call('to_f64_i64');
  const $to_f64_i32 = call('to_f64_i32');
  const $to_f64_u8 = call('to_f64_u8');
  const $to_f64_b8 = call('to_f64_b8');
  const $to_i64_f32 = call('to_i64_f32');
  const $to_i64_f64 = call('to_i64_f64');
  const $to_i64_i64 = call('to_i64_i64');
  const $to_i64_i32 = call('to_i64_i32');
  const $to_i64_u8 = call('to_i64_u8');
  const $to_i64_b8 = call('to_i64_b8');
  const $to_i32_f32 = call('to_i32_f32');
  const $to_i32_f64 = call('to_i32_f64');
  const $to_i32_i64 = call('to_i32_i64');
  const $to_i32_i32 = call('to_i32_i32');
  const $to_i32_u8 = call('to_i32_u8');
  const $to_i32_b8 = call('to_i32_b8');
  const $to_u8_f32 = call('to_u8_f32');
  const $to_u8_f64 = call('to_u8_f64');
  const $to_u8_i64 = call('to_u8_i64');
  const $to_u8_i32 = call('to_u8_i32');
  const $to_u8_u8 = call('to_u8_u8');
  const $to_u8_b8 = call('to_u8_b8');
  const $to_b8_f32 = call('to_b8_f32');
  const $to_b8_f64 = call('to_b8_f64');
  const $to_b8_i64 = call('to_b8_i64');
  const $to_b8_i32 = call('to_b8_i32');
  const $to_b8_u8 = call('to_b8_u8');
  const $to_b8_b8 = call('to_b8_b8');
  const $fill_f32 = call('fill_f32');
  const $fill_f64 = call('fill_f64');
  const $fill_i64 = call('fill_i64');
  const $fill_i32 = call('fill_i32');
  const $fill_u8 = call('fill_u8');
  const $fill_b8 = call('fill_b8');
  const $arange_f32 = call('arange_f32');
  const $arange_f64 = call('arange_f64');
  const $arange_i64 = call('arange_i64');
  const $arange_i32 = call('arange_i32');
  const $arange_u8 = call('arange_u8');
  const $item_f32 = call('item_f32');
  const $item_f64 = call('item_f64');
  const $item_i64 = call('item_i64');
  const $item_i32 = call('item_i32');
  const $item_u8 = call('item_u8');
  const $item_b8 = call('item_b8');
  const $to_channels_last_f32 = call('to_channels_last_f32');
  const $to_channels_last_f64 = call('to_channels_last_f64');
  const $to_channels_last_u8 = call('to_channels_last_u8');
  const $to_channels_first_f32 = call('to_channels_first_f32');
  const $to_channels_first_f64 = call('to_channels_first_f64');
  const $to_channels_first_u8 = call('to_channels_first_u8');
  const $sum_f32 = call('sum_f32');
  const $sum_f64 = call('sum_f64');
  const $sum_i64 = call('sum_i64');
  const $prod_f32 = call('prod_f32');
  const $prod_f64 = call('prod_f64');
  const $prod_i64 = call('prod_i64');
  const $norm_f32 = call('norm_f32');
  const $norm_f64 = call('norm_f64');
  const $amax_f32 = call('amax_f32');
  const $amax_f64 = call('amax_f64');
  const $amax_i64 = call('amax_i64');
  const $amax_i32 = call('amax_i32');
  const $amax_u8 = call('amax_u8');
  const $amin_f32 = call('amin_f32');
  const $amin_f64 = call('amin_f64');
  const $amin_i64 = call('amin_i64');
  const $amin_i32 = call('amin_i32');
  const $amin_u8 = call('amin_u8');
  const $any_b8 = call('any_b8');
  const $all_b8 = call('all_b8');
  const $variance_f32 = call('variance_f32');
  const $variance_f64 = call('variance_f64');
  const $max_along_f32 = call('max_along_f32');
  const $max_along_f64 = call('max_along_f64');
  const $max_along_i64 = call('max_along_i64');
  const $max_along_i32 = call('max_along_i32');
  const $max_along_u8 = call('max_along_u8');
  const $min_along_f32 = call('min_along_f32');
  const $min_along_f64 = call('min_along_f64');
  const $min_along_i64 = call('min_along_i64');
  const $min_along_i32 = call('min_along_i32');
  const $min_along_u8 = call('min_along_u8');
  const $cumsum_f32 = call('cumsum_f32');
  const $cumsum_f64 = call('cumsum_f64');
  const $cumsum_i64 = call('cumsum_i64');
  const $cumprod_f32 = call('cumprod_f32');
  const $cumprod_f64 = call('cumprod_f64');
  const $cumprod_i64 = call('cumprod_i64');
  const $equal_f32 = call('equal_f32');
  const $equal_f64 = call('equal_f64');
  const $equal_i64 = call('equal_i64');
  const $equal_i32 = call('equal_i32');
  const $equal_u8 = call('equal_u8');
  const $equal_b8 = call('equal_b8');
  const $sort_f32 = call('sort_f32');
  const $sort_f64 = call('sort_f64');
  const $sort_i64 = call('sort_i64');
  const $sort_i32 = call('sort_i32');
  const $sort_u8 = call('sort_u8');
  const $topk_f32 = call('topk_f32');
  const $topk_f64 = call('topk_f64');
  const $topk_i64 = call('topk_i64');
  const $topk_i32 = call('topk_i32');
  const $topk_u8 = call('topk_u8');
  const $kth_f32 = call('kth_f32');
  const $kth_f64 = call('kth_f64');
  const $kth_i64 = call('kth_i64');
  const $kth_i32 = call('kth_i32');
  const $kth_u8 = call('kth_u8');
  const $unique_f32 = call('unique_f32');
  const $unique_f64 = call('unique_f64');
  const $unique_i64 = call('unique_i64');
  const $unique_i32 = call('unique_i32');
  const $unique_u8 = call('unique_u8');
  const $gather_f32 = call('gather_f32');
  const $gather_f64 = call('gather_f64');
  const $gather_i64 = call('gather_i64');
  const $gather_i32 = call('gather_i32');
  const $gather_u8 = call('gather_u8');
  const $gather_b8 = call('gather_b8');
  const $scatter_f32 = call('scatter_f32');
  const $scatter_f64 = call('scatter_f64');
  const $scatter_i64 = call('scatter_i64');
  const $scatter_i32 = call('scatter_i32');
  const $scatter_u8 = call('scatter_u8');
  const $scatter_b8 = call('scatter_b8');
  const $scatter_add_f32 = call('scatter_add_f32');
  const $scatter_add_f64 = call('scatter_add_f64');
  const $scatter_add_i64 = call('scatter_add_i64');
  const $scatter_add_i32 = call('scatter_add_i32');
  const $scatter_add_u8 = call('scatter_add_u8');
  const $wrap_index_i64 = call('wrap_index_i64');
  const $nonzero_f32 = call('nonzero_f32');
  const $nonzero_f64 = call('nonzero_f64');
  const $nonzero_i64 = call('nonzero_i64');
  const $nonzero_i32 = call('nonzero_i32');
  const $nonzero_u8 = call('nonzero_u8');
  const $nonzero_b8 = call('nonzero_b8');
  const $coordinates_i64 = call('coordinates_i64');
  const $join_u8 = call('join_u8');
  const $take_apart_u8 = call('take_apart_u8');
  const $embedding_f32 = call('embedding_f32');
  const $embedding_f64 = call('embedding_f64');
  const $embedding_i64 = call('embedding_i64');
  const $embedding_i32 = call('embedding_i32');
  const $embedding_u8 = call('embedding_u8');
  const $embedding_b8 = call('embedding_b8');
  const $embedding_backward_f32 = call('embedding_backward_f32');
  const $embedding_backward_f64 = call('embedding_backward_f64');
  const $embedding_bag_f32 = call('embedding_bag_f32');
  const $embedding_bag_f64 = call('embedding_bag_f64');
  const $embedding_bag_max_f32 = call('embedding_bag_max_f32');
  const $embedding_bag_max_f64 = call('embedding_bag_max_f64');
  const $generator_seed_u32 = call('generator_seed_u32');
  const $uniform_f32 = call('uniform_f32');
  const $uniform_f64 = call('uniform_f64');
  const $normal_f32 = call('normal_f32');
  const $normal_f64 = call('normal_f64');
  const $random_f32 = call('random_f32');
  const $random_f64 = call('random_f64');
  const $random_i64 = call('random_i64');
  const $random_i32 = call('random_i32');
  const $random_u8 = call('random_u8');
  const $random_b8 = call('random_b8');
  const $randperm_i64 = call('randperm_i64');
  const $bernoulli_f32 = call('bernoulli_f32');
  const $bernoulli_f64 = call('bernoulli_f64');
  const $bernoulli_i64 = call('bernoulli_i64');
  const $bernoulli_i32 = call('bernoulli_i32');
  const $bernoulli_u8 = call('bernoulli_u8');
  const $bernoulli_b8 = call('bernoulli_b8');
  const $bernoulli_each_f32 = call('bernoulli_each_f32');
  const $bernoulli_each_f64 = call('bernoulli_each_f64');
  const $gemm_f32 = call('gemm_f32');
  const $gemm_f64 = call('gemm_f64');
  const $gemm_i64 = call('gemm_i64');
  const $gemm_i32 = call('gemm_i32');
  const $linear_f32 = call('linear_f32');
  const $linear_f64 = call('linear_f64');
  const $linear_kept_f32 = call('linear_kept_f32');
  const $linear_kept_f64 = call('linear_kept_f64');
  const $conv2d_forward_f32 = call('conv2d_forward_f32');
  const $conv2d_forward_f64 = call('conv2d_forward_f64');
  const $conv2d_input_grad_f32 = call('conv2d_input_grad_f32');
  const $conv2d_input_grad_f64 = call('conv2d_input_grad_f64');
  const $conv2d_weight_grad_f32 = call('conv2d_weight_grad_f32');
  const $conv2d_weight_grad_f64 = call('conv2d_weight_grad_f64');
  const $conv2d_kept_f32 = call('conv2d_kept_f32');
  const $conv2d_kept_f64 = call('conv2d_kept_f64');
  const $conv2d_winograd_f32 = call('conv2d_winograd_f32');
  const $max_pool2d_f32 = call('max_pool2d_f32');
  const $max_pool2d_f64 = call('max_pool2d_f64');
  const $batch_norm_relu_max_pool2d_f32 = call('batch_norm_relu_max_pool2d_f32');
  const $batch_norm_relu_max_pool2d_f64 = call('batch_norm_relu_max_pool2d_f64');
  const $adaptive_max_pool2d_f32 = call('adaptive_max_pool2d_f32');
  const $adaptive_max_pool2d_f64 = call('adaptive_max_pool2d_f64');
  const $max_pool2d_input_grad_f32 = call('max_pool2d_input_grad_f32');
  const $max_pool2d_input_grad_f64 = call('max_pool2d_input_grad_f64');
  const $max_pool2d_gather_f32 = call('max_pool2d_gather_f32');
  const $max_pool2d_gather_f64 = call('max_pool2d_gather_f64');
  const $avg_pool2d_f32 = call('avg_pool2d_f32');
  const $avg_pool2d_f64 = call('avg_pool2d_f64');
  const $avg_pool2d_input_grad_f32 = call('avg_pool2d_input_grad_f32');
  const $avg_pool2d_input_grad_f64 = call('avg_pool2d_input_grad_f64');
  const $adaptive_avg_pool2d_f32 = call('adaptive_avg_pool2d_f32');
  const $adaptive_avg_pool2d_f64 = call('adaptive_avg_pool2d_f64');
  const $adaptive_avg_pool2d_input_grad_f32 = call('adaptive_avg_pool2d_input_grad_f32');
  const $adaptive_avg_pool2d_input_grad_f64 = call('adaptive_avg_pool2d_input_grad_f64');
  const $batch_norm_statistics_f32 = call('batch_norm_statistics_f32');
  const $batch_norm_statistics_f64 = call('batch_norm_statistics_f64');
  const $batch_norm_f32 = call('batch_norm_f32');
  const $batch_norm_f64 = call('batch_norm_f64');
  const $batch_norm_backward_f32 = call('batch_norm_backward_f32');
  const $batch_norm_backward_f64 = call('batch_norm_backward_f64');
  const $batch_norm_relu_max_pool2d_backward_f32 = call('batch_norm_relu_max_pool2d_backward_f32');
  const $batch_norm_relu_max_pool2d_backward_f64 = call('batch_norm_relu_max_pool2d_backward_f64');
  const $layer_norm_f32 = call('layer_norm_f32');
  const $layer_norm_f64 = call('layer_norm_f64');
  const $layer_norm_backward_f32 = call('layer_norm_backward_f32');
  const $layer_norm_backward_f64 = call('layer_norm_backward_f64');
  const $group_norm_f32 = call('group_norm_f32');
  const $group_norm_f64 = call('group_norm_f64');
  const $group_norm_backward_f32 = call('group_norm_backward_f32');
  const $group_norm_backward_f64 = call('group_norm_backward_f64');
  const $softmax_f32 = call('softmax_f32');
  const $softmax_f64 = call('softmax_f64');
  const $log_softmax_f32 = call('log_softmax_f32');
  const $log_softmax_f64 = call('log_softmax_f64');
  const $softmax_backward_f32 = call('softmax_backward_f32');
  const $softmax_backward_f64 = call('softmax_backward_f64');
  const $log_softmax_backward_f32 = call('log_softmax_backward_f32');
  const $log_softmax_backward_f64 = call('log_softmax_backward_f64');
  const $nll_loss_f32 = call('nll_loss_f32');
  const $nll_loss_f64 = call('nll_loss_f64');
  const $nll_loss_backward_f32 = call('nll_loss_backward_f32');
  const $nll_loss_backward_f64 = call('nll_loss_backward_f64');
  const $attention_f32 = call('attention_f32');
  const $attention_f64 = call('attention_f64');
  const $attention_backward_f32 = call('attention_backward_f32');
  const $attention_backward_f64 = call('attention_backward_f64');
  const $lstm_f32 = call('lstm_f32');
  const $lstm_f64 = call('lstm_f64');
  const $lstm_backward_f32 = call('lstm_backward_f32');
  const $lstm_backward_f64 = call('lstm_backward_f64');
  const $gru_f32 = call('gru_f32');
  const $gru_f64 = call('gru_f64');
  const $gru_backward_f32 = call('gru_backward_f32');
  const $gru_backward_f64 = call('gru_backward_f64');
  const $rnn_f32 = call('rnn_f32');
  const $rnn_f64 = call('rnn_f64');
  const $rnn_backward_f32 = call('rnn_backward_f32');
  const $rnn_backward_f64 = call('rnn_backward_f64');
  const $sgd_step_f32 = call('sgd_step_f32');
  const $sgd_step_f64 = call('sgd_step_f64');
  const $adam_step_f32 = call('adam_step_f32');
  const $adam_step_f64 = call('adam_step_f64');
  const $fma_peak_f32 = call('fma_peak_f32');
  const $fma_peak_f64 = call('fma_peak_f64');
  return {
    add: {
      f32: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $add_f32(); },
      f64: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $add_f64(); },
      i64: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $add_i64(); },
      i32: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $add_i32(); },
      u8: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $add_u8(); },
    },
    sub: {
      f32: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $sub_f32(); },
      f64: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $sub_f64(); },
      i64: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $sub_i64(); },
      i32: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $sub_i32(); },
      u8: (out, a, b, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = alpha; $sub_u8(); },
    },
    mul: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $mul_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $mul_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $mul_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $mul_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $mul_u8(); },
    },
    maximum: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $maximum_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $maximum_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $maximum_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $maximum_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $maximum_u8(); },
    },
    minimum: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $minimum_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $minimum_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $minimum_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $minimum_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $minimum_u8(); },
    },
    pow: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $pow_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $pow_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $pow_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $pow_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $pow_u8(); },
    },
    div: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $div_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $div_f64(); },
    },
    atan2: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $atan2_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $atan2_f64(); },
    },
    hypot: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $hypot_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $hypot_f64(); },
    },
    floor_divide: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $floor_divide_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $floor_divide_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $floor_divide_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $floor_divide_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $floor_divide_u8(); },
    },
    trunc_divide: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $trunc_divide_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $trunc_divide_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $trunc_divide_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $trunc_divide_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $trunc_divide_u8(); },
    },
    remainder: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $remainder_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $remainder_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $remainder_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $remainder_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $remainder_u8(); },
    },
    fmod: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $fmod_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $fmod_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $fmod_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $fmod_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $fmod_u8(); },
    },
    logical_and: {
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $logical_and_b8(); },
    },
    logical_or: {
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $logical_or_b8(); },
    },
    logical_xor: {
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $logical_xor_b8(); },
    },
    bitwise_and: {
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_and_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_and_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_and_u8(); },
    },
    bitwise_or: {
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_or_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_or_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_or_u8(); },
    },
    bitwise_xor: {
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_xor_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_xor_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $bitwise_xor_u8(); },
    },
    eq: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $eq_b8(); },
    },
    ne: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ne_b8(); },
    },
    lt: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $lt_b8(); },
    },
    le: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $le_b8(); },
    },
    gt: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $gt_b8(); },
    },
    ge: {
      f32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_f32(); },
      f64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_f64(); },
      i64: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_i64(); },
      i32: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_i32(); },
      u8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_u8(); },
      b8: (out, a, b) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $ge_b8(); },
    },
    where: {
      f32: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_f32(); },
      f64: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_f64(); },
      i64: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_i64(); },
      i32: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_i32(); },
      u8: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_u8(); },
      b8: (out, condition, a, b) => { const $ = engine.block; $[0] = out; $[1] = condition; $[2] = a; $[3] = b; $where_b8(); },
    },
    addcmul: {
      f32: (out, a, b, c, value) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = c; $[4] = value; $addcmul_f32(); },
      f64: (out, a, b, c, value) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = c; $[4] = value; $addcmul_f64(); },
    },
    addcdiv: {
      f32: (out, a, b, c, value) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = c; $[4] = value; $addcdiv_f32(); },
      f64: (out, a, b, c, value) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = c; $[4] = value; $addcdiv_f64(); },
    },
    lerp: {
      f32: (out, a, b, weight) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = weight; $lerp_f32(); },
      f64: (out, a, b, weight) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = weight; $lerp_f64(); },
    },
    abs: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $abs_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $abs_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $abs_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $abs_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $abs_u8(); },
    },
    neg: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $neg_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $neg_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $neg_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $neg_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $neg_u8(); },
    },
    sign: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sign_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sign_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sign_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sign_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sign_u8(); },
    },
    square: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $square_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $square_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $square_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $square_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $square_u8(); },
    },
    exp: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $exp_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $exp_f64(); },
    },
    exp2: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $exp2_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $exp2_f64(); },
    },
    expm1: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $expm1_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $expm1_f64(); },
    },
    log: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log_f64(); },
    },
    log2: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log2_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log2_f64(); },
    },
    log10: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log10_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log10_f64(); },
    },
    log1p: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log1p_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log1p_f64(); },
    },
    sqrt: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sqrt_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sqrt_f64(); },
    },
    rsqrt: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $rsqrt_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $rsqrt_f64(); },
    },
    reciprocal: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $reciprocal_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $reciprocal_f64(); },
    },
    sin: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sin_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sin_f64(); },
    },
    cos: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $cos_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $cos_f64(); },
    },
    tan: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $tan_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $tan_f64(); },
    },
    asin: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $asin_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $asin_f64(); },
    },
    acos: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $acos_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $acos_f64(); },
    },
    atan: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $atan_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $atan_f64(); },
    },
    sinh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sinh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sinh_f64(); },
    },
    cosh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $cosh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $cosh_f64(); },
    },
    tanh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $tanh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $tanh_f64(); },
    },
    asinh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $asinh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $asinh_f64(); },
    },
    acosh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $acosh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $acosh_f64(); },
    },
    atanh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $atanh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $atanh_f64(); },
    },
    floor: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $floor_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $floor_f64(); },
    },
    ceil: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $ceil_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $ceil_f64(); },
    },
    round: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $round_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $round_f64(); },
    },
    trunc: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $trunc_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $trunc_f64(); },
    },
    frac: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $frac_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $frac_f64(); },
    },
    sigmoid: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sigmoid_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $sigmoid_f64(); },
    },
    log_sigmoid: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log_sigmoid_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $log_sigmoid_f64(); },
    },
    erf: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erf_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erf_f64(); },
    },
    erfc: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erfc_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erfc_f64(); },
    },
    erfinv: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erfinv_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $erfinv_f64(); },
    },
    lgamma: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $lgamma_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $lgamma_f64(); },
    },
    digamma: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $digamma_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $digamma_f64(); },
    },
    logical_not: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $logical_not_b8(); },
    },
    bitwise_not: {
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $bitwise_not_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $bitwise_not_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $bitwise_not_u8(); },
    },
    isnan: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isnan_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isnan_f64(); },
    },
    isinf: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isinf_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isinf_f64(); },
    },
    isfinite: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isfinite_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $isfinite_f64(); },
    },
    relu: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $relu_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $relu_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $relu_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $relu_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $relu_u8(); },
    },
    silu: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $silu_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $silu_f64(); },
    },
    gelu: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $gelu_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $gelu_f64(); },
    },
    gelu_tanh: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $gelu_tanh_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $gelu_tanh_f64(); },
    },
    softplus: {
      f32: (out, a, beta, threshold) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = beta; $[3] = threshold; $softplus_f32(); },
      f64: (out, a, beta, threshold) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = beta; $[3] = threshold; $softplus_f64(); },
    },
    leaky_relu: {
      f32: (out, a, slope) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = slope; $leaky_relu_f32(); },
      f64: (out, a, slope) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = slope; $leaky_relu_f64(); },
    },
    elu: {
      f32: (out, a, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = alpha; $elu_f32(); },
      f64: (out, a, alpha) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = alpha; $elu_f64(); },
    },
    clamp: {
      f32: (out, a, low, high) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = low; $[3] = high; $clamp_f32(); },
      f64: (out, a, low, high) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = low; $[3] = high; $clamp_f64(); },
      i64: (out, a, low, high) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = low; $[3] = high; $clamp_i64(); },
      i32: (out, a, low, high) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = low; $[3] = high; $clamp_i32(); },
      u8: (out, a, low, high) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = low; $[3] = high; $clamp_u8(); },
    },
    relu_backward: {
      f32: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $relu_backward_f32(); },
      f64: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $relu_backward_f64(); },
    },
    sigmoid_backward: {
      f32: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $sigmoid_backward_f32(); },
      f64: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $sigmoid_backward_f64(); },
    },
    tanh_backward: {
      f32: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $tanh_backward_f32(); },
      f64: (out, grad, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $tanh_backward_f64(); },
    },
    leaky_relu_backward: {
      f32: (out, grad, x, slope) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = slope; $leaky_relu_backward_f32(); },
      f64: (out, grad, x, slope) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = slope; $leaky_relu_backward_f64(); },
    },
    squared_error: {
      f32: (out, x, y) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = y; $squared_error_f32(); },
      f64: (out, x, y) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = y; $squared_error_f64(); },
    },
    logit_entropy: {
      f32: (out, x, y) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = y; $logit_entropy_f32(); },
      f64: (out, x, y) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = y; $logit_entropy_f64(); },
    },
    squared_error_backward: {
      f32: (out, grad, x, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = y; $squared_error_backward_f32(); },
      f64: (out, grad, x, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = y; $squared_error_backward_f64(); },
    },
    logit_entropy_backward: {
      f32: (out, grad, x, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = y; $logit_entropy_backward_f32(); },
      f64: (out, grad, x, y) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $[3] = y; $logit_entropy_backward_f64(); },
    },
    silu_backward: {
      f32: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $silu_backward_f32(); },
      f64: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $silu_backward_f64(); },
    },
    gelu_backward: {
      f32: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $gelu_backward_f32(); },
      f64: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $gelu_backward_f64(); },
    },
    gelu_tanh_backward: {
      f32: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $gelu_tanh_backward_f32(); },
      f64: (out, grad, x) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = x; $gelu_tanh_backward_f64(); },
    },
    to_f32: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f32_b8(); },
    },
    to_f64: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_f64_b8(); },
    },
    to_i64: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i64_b8(); },
    },
    to_i32: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_i32_b8(); },
    },
    to_u8: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_u8_b8(); },
    },
    to_b8: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_u8(); },
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $to_b8_b8(); },
    },
    fill: {
      f32: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_f32(); },
      f64: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_f64(); },
      i64: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_i64(); },
      i32: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_i32(); },
      u8: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_u8(); },
      b8: (out, value) => { const $ = engine.block; $[0] = out; $[1] = value; $fill_b8(); },
    },
    arange: {
      f32: (out, start, step, n) => { const $ = engine.block; $[0] = out; $[1] = start; $[2] = step; $[3] = n; $arange_f32(); },
      f64: (out, start, step, n) => { const $ = engine.block; $[0] = out; $[1] = start; $[2] = step; $[3] = n; $arange_f64(); },
      i64: (out, start, step, n) => { const $ = engine.block; $[0] = out; $[1] = start; $[2] = step; $[3] = n; $arange_i64(); },
      i32: (out, start, step, n) => { const $ = engine.block; $[0] = out; $[1] = start; $[2] = step; $[3] = n; $arange_i32(); },
      u8: (out, start, step, n) => { const $ = engine.block; $[0] = out; $[1] = start; $[2] = step; $[3] = n; $arange_u8(); },
    },
    item: {
      f32: (a) => { const $ = engine.block; $[0] = a; $item_f32(); },
      f64: (a) => { const $ = engine.block; $[0] = a; $item_f64(); },
      i64: (a) => { const $ = engine.block; $[0] = a; $item_i64(); },
      i32: (a) => { const $ = engine.block; $[0] = a; $item_i32(); },
      u8: (a) => { const $ = engine.block; $[0] = a; $item_u8(); },
      b8: (a) => { const $ = engine.block; $[0] = a; $item_b8(); },
    },
    to_channels_last: {
      f32: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_last_f32(); },
      f64: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_last_f64(); },
      u8: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_last_u8(); },
    },
    to_channels_first: {
      f32: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_first_f32(); },
      f64: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_first_f64(); },
      u8: (out, a, n, c, p) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $[3] = c; $[4] = p; $to_channels_first_u8(); },
    },
    sum: {
      f32: (out, a, scale) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = scale; $sum_f32(); },
      f64: (out, a, scale) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = scale; $sum_f64(); },
      i64: (out, a, scale) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = scale; $sum_i64(); },
    },
    prod: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $prod_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $prod_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $prod_i64(); },
    },
    norm: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $norm_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $norm_f64(); },
    },
    amax: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amax_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amax_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amax_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amax_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amax_u8(); },
    },
    amin: {
      f32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amin_f32(); },
      f64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amin_f64(); },
      i64: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amin_i64(); },
      i32: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amin_i32(); },
      u8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $amin_u8(); },
    },
    any: {
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $any_b8(); },
    },
    all: {
      b8: (out, a) => { const $ = engine.block; $[0] = out; $[1] = a; $all_b8(); },
    },
    variance: {
      f32: (out, mean, a, correction) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = a; $[3] = correction; $variance_f32(); },
      f64: (out, mean, a, correction) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = a; $[3] = correction; $variance_f64(); },
    },
    max_along: {
      f32: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $max_along_f32(); },
      f64: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $max_along_f64(); },
      i64: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $max_along_i64(); },
      i32: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $max_along_i32(); },
      u8: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $max_along_u8(); },
    },
    min_along: {
      f32: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $min_along_f32(); },
      f64: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $min_along_f64(); },
      i64: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $min_along_i64(); },
      i32: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $min_along_i32(); },
      u8: (values, indices, a, outer, n, inner) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = outer; $[4] = n; $[5] = inner; $min_along_u8(); },
    },
    cumsum: {
      f32: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumsum_f32(); },
      f64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumsum_f64(); },
      i64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumsum_i64(); },
    },
    cumprod: {
      f32: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumprod_f32(); },
      f64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumprod_f64(); },
      i64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $cumprod_i64(); },
    },
    equal: {
      f32: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_f32(); },
      f64: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_f64(); },
      i64: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_i64(); },
      i32: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_i32(); },
      u8: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_u8(); },
      b8: (a, b) => { const $ = engine.block; $[0] = a; $[1] = b; $equal_b8(); },
    },
    sort: {
      f32: (values, indices, a, rows, n, descending) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = descending; $sort_f32(); },
      f64: (values, indices, a, rows, n, descending) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = descending; $sort_f64(); },
      i64: (values, indices, a, rows, n, descending) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = descending; $sort_i64(); },
      i32: (values, indices, a, rows, n, descending) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = descending; $sort_i32(); },
      u8: (values, indices, a, rows, n, descending) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = descending; $sort_u8(); },
    },
    topk: {
      f32: (values, indices, a, rows, n, k, largest, sorted) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = largest; $[7] = sorted; $topk_f32(); },
      f64: (values, indices, a, rows, n, k, largest, sorted) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = largest; $[7] = sorted; $topk_f64(); },
      i64: (values, indices, a, rows, n, k, largest, sorted) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = largest; $[7] = sorted; $topk_i64(); },
      i32: (values, indices, a, rows, n, k, largest, sorted) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = largest; $[7] = sorted; $topk_i32(); },
      u8: (values, indices, a, rows, n, k, largest, sorted) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = largest; $[7] = sorted; $topk_u8(); },
    },
    kth: {
      f32: (values, indices, a, rows, n, k, nan_wins) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = nan_wins; $kth_f32(); },
      f64: (values, indices, a, rows, n, k, nan_wins) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = nan_wins; $kth_f64(); },
      i64: (values, indices, a, rows, n, k, nan_wins) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = nan_wins; $kth_i64(); },
      i32: (values, indices, a, rows, n, k, nan_wins) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = nan_wins; $kth_i32(); },
      u8: (values, indices, a, rows, n, k, nan_wins) => { const $ = engine.block; $[0] = values; $[1] = indices; $[2] = a; $[3] = rows; $[4] = n; $[5] = k; $[6] = nan_wins; $kth_u8(); },
    },
    unique: {
      f32: (values, inverse, counts, a, n) => { const $ = engine.block; $[0] = values; $[1] = inverse; $[2] = counts; $[3] = a; $[4] = n; $unique_f32(); },
      f64: (values, inverse, counts, a, n) => { const $ = engine.block; $[0] = values; $[1] = inverse; $[2] = counts; $[3] = a; $[4] = n; $unique_f64(); },
      i64: (values, inverse, counts, a, n) => { const $ = engine.block; $[0] = values; $[1] = inverse; $[2] = counts; $[3] = a; $[4] = n; $unique_i64(); },
      i32: (values, inverse, counts, a, n) => { const $ = engine.block; $[0] = values; $[1] = inverse; $[2] = counts; $[3] = a; $[4] = n; $unique_i32(); },
      u8: (values, inverse, counts, a, n) => { const $ = engine.block; $[0] = values; $[1] = inverse; $[2] = counts; $[3] = a; $[4] = n; $unique_u8(); },
    },
    gather: {
      f32: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_f32(); },
      f64: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_f64(); },
      i64: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_i64(); },
      i32: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_i32(); },
      u8: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_u8(); },
      b8: (out, a, index, size, stride) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = index; $[3] = size; $[4] = stride; $gather_b8(); },
    },
    scatter: {
      f32: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_f32(); },
      f64: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_f64(); },
      i64: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_i64(); },
      i32: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_i32(); },
      u8: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_u8(); },
      b8: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_b8(); },
    },
    scatter_add: {
      f32: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_add_f32(); },
      f64: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_add_f64(); },
      i64: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_add_i64(); },
      i32: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_add_i32(); },
      u8: (out, index, src, size, stride) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = src; $[3] = size; $[4] = stride; $scatter_add_u8(); },
    },
    wrap_index: {
      i64: (out, index, size) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = size; $wrap_index_i64(); },
    },
    nonzero: {
      f32: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_f32(); },
      f64: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_f64(); },
      i64: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_i64(); },
      i32: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_i32(); },
      u8: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_u8(); },
      b8: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $nonzero_b8(); },
    },
    coordinates: {
      i64: (out, a, n) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = n; $coordinates_i64(); },
    },
    join: {
      u8: (whole, count, outer, width) => { const $ = engine.block; $[0] = whole; $[1] = count; $[2] = outer; $[3] = width; $join_u8(); },
    },
    take_apart: {
      u8: (whole, count, outer, width) => { const $ = engine.block; $[0] = whole; $[1] = count; $[2] = outer; $[3] = width; $take_apart_u8(); },
    },
    embedding: {
      f32: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_f32(); },
      f64: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_f64(); },
      i64: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_i64(); },
      i32: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_i32(); },
      u8: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_u8(); },
      b8: (out, weight, index, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $embedding_b8(); },
    },
    embedding_backward: {
      f32: (dweight, grad, index, n, rows, width, padding, by_frequency) => { const $ = engine.block; $[0] = dweight; $[1] = grad; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $[7] = by_frequency; $embedding_backward_f32(); },
      f64: (dweight, grad, index, n, rows, width, padding, by_frequency) => { const $ = engine.block; $[0] = dweight; $[1] = grad; $[2] = index; $[3] = n; $[4] = rows; $[5] = width; $[6] = padding; $[7] = by_frequency; $embedding_backward_f64(); },
    },
    embedding_bag: {
      f32: (out, weight, index, offsets, scale, bags, n, rows, width, mean, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = offsets; $[4] = scale; $[5] = bags; $[6] = n; $[7] = rows; $[8] = width; $[9] = mean; $[10] = padding; $embedding_bag_f32(); },
      f64: (out, weight, index, offsets, scale, bags, n, rows, width, mean, padding) => { const $ = engine.block; $[0] = out; $[1] = weight; $[2] = index; $[3] = offsets; $[4] = scale; $[5] = bags; $[6] = n; $[7] = rows; $[8] = width; $[9] = mean; $[10] = padding; $embedding_bag_f64(); },
    },
    embedding_bag_max: {
      f32: (out, winner, weight, index, offsets, bags, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = winner; $[2] = weight; $[3] = index; $[4] = offsets; $[5] = bags; $[6] = n; $[7] = rows; $[8] = width; $[9] = padding; $embedding_bag_max_f32(); },
      f64: (out, winner, weight, index, offsets, bags, n, rows, width, padding) => { const $ = engine.block; $[0] = out; $[1] = winner; $[2] = weight; $[3] = index; $[4] = offsets; $[5] = bags; $[6] = n; $[7] = rows; $[8] = width; $[9] = padding; $embedding_bag_max_f64(); },
    },
    generator_seed: {
      u32: (state, seed_low, seed_high) => { const $ = engine.block; $[0] = state; $[1] = seed_low; $[2] = seed_high; $generator_seed_u32(); },
    },
    uniform: {
      f32: (out, state, n, from, to) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = from; $[4] = to; $uniform_f32(); },
      f64: (out, state, n, from, to) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = from; $[4] = to; $uniform_f64(); },
    },
    normal: {
      f32: (out, state, n, mean, std) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = mean; $[4] = std; $normal_f32(); },
      f64: (out, state, n, mean, std) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = mean; $[4] = std; $normal_f64(); },
    },
    random: {
      f32: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_f32(); },
      f64: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_f64(); },
      i64: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_i64(); },
      i32: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_i32(); },
      u8: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_u8(); },
      b8: (out, state, n, low, range) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = low; $[4] = range; $random_b8(); },
    },
    randperm: {
      i64: (out, state, n) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $randperm_i64(); },
    },
    bernoulli: {
      f32: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_f32(); },
      f64: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_f64(); },
      i64: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_i64(); },
      i32: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_i32(); },
      u8: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_u8(); },
      b8: (out, state, n, p) => { const $ = engine.block; $[0] = out; $[1] = state; $[2] = n; $[3] = p; $bernoulli_b8(); },
    },
    bernoulli_each: {
      f32: (out, p, state, n) => { const $ = engine.block; $[0] = out; $[1] = p; $[2] = state; $[3] = n; $bernoulli_each_f32(); },
      f64: (out, p, state, n) => { const $ = engine.block; $[0] = out; $[1] = p; $[2] = state; $[3] = n; $bernoulli_each_f64(); },
    },
    gemm: {
      f32: (out, a, b, bias, batch, m, n, k, trans_a, lda, trans_b, ldb, ldc, a_step, b_step, out_step, beta) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = bias; $[4] = batch; $[5] = m; $[6] = n; $[7] = k; $[8] = trans_a; $[9] = lda; $[10] = trans_b; $[11] = ldb; $[12] = ldc; $[13] = a_step; $[14] = b_step; $[15] = out_step; $[16] = beta; $gemm_f32(); },
      f64: (out, a, b, bias, batch, m, n, k, trans_a, lda, trans_b, ldb, ldc, a_step, b_step, out_step, beta) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = bias; $[4] = batch; $[5] = m; $[6] = n; $[7] = k; $[8] = trans_a; $[9] = lda; $[10] = trans_b; $[11] = ldb; $[12] = ldc; $[13] = a_step; $[14] = b_step; $[15] = out_step; $[16] = beta; $gemm_f64(); },
      i64: (out, a, b, bias, batch, m, n, k, trans_a, lda, trans_b, ldb, ldc, a_step, b_step, out_step, beta) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = bias; $[4] = batch; $[5] = m; $[6] = n; $[7] = k; $[8] = trans_a; $[9] = lda; $[10] = trans_b; $[11] = ldb; $[12] = ldc; $[13] = a_step; $[14] = b_step; $[15] = out_step; $[16] = beta; $gemm_i64(); },
      i32: (out, a, b, bias, batch, m, n, k, trans_a, lda, trans_b, ldb, ldc, a_step, b_step, out_step, beta) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = b; $[3] = bias; $[4] = batch; $[5] = m; $[6] = n; $[7] = k; $[8] = trans_a; $[9] = lda; $[10] = trans_b; $[11] = ldb; $[12] = ldc; $[13] = a_step; $[14] = b_step; $[15] = out_step; $[16] = beta; $gemm_i32(); },
    },
    linear: {
      f32: (out, x, weight, bias, kept, packed, m, n, k, trans_x, ldx) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = weight; $[3] = bias; $[4] = kept; $[5] = packed; $[6] = m; $[7] = n; $[8] = k; $[9] = trans_x; $[10] = ldx; $linear_f32(); },
      f64: (out, x, weight, bias, kept, packed, m, n, k, trans_x, ldx) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = weight; $[3] = bias; $[4] = kept; $[5] = packed; $[6] = m; $[7] = n; $[8] = k; $[9] = trans_x; $[10] = ldx; $linear_f64(); },
    },
    linear_kept: {
      f32: (m, n, k) => { const $ = engine.block; $[0] = m; $[1] = n; $[2] = k; $linear_kept_f32(); },
      f64: (m, n, k) => { const $ = engine.block; $[0] = m; $[1] = n; $[2] = k; $linear_kept_f64(); },
    },
    conv2d_forward: {
      f32: (out, x, weight, bias, kept, packed, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = weight; $[3] = bias; $[4] = kept; $[5] = packed; $[6] = n; $[7] = h; $[8] = w; $[9] = c; $[10] = oh; $[11] = ow; $[12] = oc; $[13] = kh; $[14] = kw; $[15] = stride_h; $[16] = stride_w; $[17] = pad_h; $[18] = pad_w; $[19] = dilation_h; $[20] = dilation_w; $[21] = groups; $conv2d_forward_f32(); },
      f64: (out, x, weight, bias, kept, packed, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = weight; $[3] = bias; $[4] = kept; $[5] = packed; $[6] = n; $[7] = h; $[8] = w; $[9] = c; $[10] = oh; $[11] = ow; $[12] = oc; $[13] = kh; $[14] = kw; $[15] = stride_h; $[16] = stride_w; $[17] = pad_h; $[18] = pad_w; $[19] = dilation_h; $[20] = dilation_w; $[21] = groups; $conv2d_forward_f64(); },
    },
    conv2d_input_grad: {
      f32: (dx, grad, weight, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = dx; $[1] = grad; $[2] = weight; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $[9] = oc; $[10] = kh; $[11] = kw; $[12] = stride_h; $[13] = stride_w; $[14] = pad_h; $[15] = pad_w; $[16] = dilation_h; $[17] = dilation_w; $[18] = groups; $conv2d_input_grad_f32(); },
      f64: (dx, grad, weight, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = dx; $[1] = grad; $[2] = weight; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $[9] = oc; $[10] = kh; $[11] = kw; $[12] = stride_h; $[13] = stride_w; $[14] = pad_h; $[15] = pad_w; $[16] = dilation_h; $[17] = dilation_w; $[18] = groups; $conv2d_input_grad_f64(); },
    },
    conv2d_weight_grad: {
      f32: (dweight, dbias, grad, x, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = dweight; $[1] = dbias; $[2] = grad; $[3] = x; $[4] = n; $[5] = h; $[6] = w; $[7] = c; $[8] = oh; $[9] = ow; $[10] = oc; $[11] = kh; $[12] = kw; $[13] = stride_h; $[14] = stride_w; $[15] = pad_h; $[16] = pad_w; $[17] = dilation_h; $[18] = dilation_w; $[19] = groups; $conv2d_weight_grad_f32(); },
      f64: (dweight, dbias, grad, x, n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = dweight; $[1] = dbias; $[2] = grad; $[3] = x; $[4] = n; $[5] = h; $[6] = w; $[7] = c; $[8] = oh; $[9] = ow; $[10] = oc; $[11] = kh; $[12] = kw; $[13] = stride_h; $[14] = stride_w; $[15] = pad_h; $[16] = pad_w; $[17] = dilation_h; $[18] = dilation_w; $[19] = groups; $conv2d_weight_grad_f64(); },
    },
    conv2d_kept: {
      f32: (n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = n; $[1] = h; $[2] = w; $[3] = c; $[4] = oh; $[5] = ow; $[6] = oc; $[7] = kh; $[8] = kw; $[9] = stride_h; $[10] = stride_w; $[11] = pad_h; $[12] = pad_w; $[13] = dilation_h; $[14] = dilation_w; $[15] = groups; $conv2d_kept_f32(); },
      f64: (n, h, w, c, oh, ow, oc, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups) => { const $ = engine.block; $[0] = n; $[1] = h; $[2] = w; $[3] = c; $[4] = oh; $[5] = ow; $[6] = oc; $[7] = kh; $[8] = kw; $[9] = stride_h; $[10] = stride_w; $[11] = pad_h; $[12] = pad_w; $[13] = dilation_h; $[14] = dilation_w; $[15] = groups; $conv2d_kept_f64(); },
    },
    conv2d_winograd: {
      f32: (allowed) => { const $ = engine.block; $[0] = allowed; $conv2d_winograd_f32(); },
    },
    max_pool2d: {
      f32: (out, index, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $[9] = kh; $[10] = kw; $[11] = stride_h; $[12] = stride_w; $[13] = pad_h; $[14] = pad_w; $[15] = dilation_h; $[16] = dilation_w; $max_pool2d_f32(); },
      f64: (out, index, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $[9] = kh; $[10] = kw; $[11] = stride_h; $[12] = stride_w; $[13] = pad_h; $[14] = pad_w; $[15] = dilation_h; $[16] = dilation_w; $max_pool2d_f64(); },
    },
    batch_norm_relu_max_pool2d: {
      f32: (out, index, x, mean, scale, shift, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = mean; $[4] = scale; $[5] = shift; $[6] = n; $[7] = h; $[8] = w; $[9] = c; $[10] = oh; $[11] = ow; $[12] = kh; $[13] = kw; $[14] = stride_h; $[15] = stride_w; $[16] = pad_h; $[17] = pad_w; $[18] = dilation_h; $[19] = dilation_w; $batch_norm_relu_max_pool2d_f32(); },
      f64: (out, index, x, mean, scale, shift, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = mean; $[4] = scale; $[5] = shift; $[6] = n; $[7] = h; $[8] = w; $[9] = c; $[10] = oh; $[11] = ow; $[12] = kh; $[13] = kw; $[14] = stride_h; $[15] = stride_w; $[16] = pad_h; $[17] = pad_w; $[18] = dilation_h; $[19] = dilation_w; $batch_norm_relu_max_pool2d_f64(); },
    },
    adaptive_max_pool2d: {
      f32: (out, index, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $adaptive_max_pool2d_f32(); },
      f64: (out, index, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = index; $[2] = x; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $adaptive_max_pool2d_f64(); },
    },
    max_pool2d_input_grad: {
      f32: (dx, grad, index, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = dx; $[1] = grad; $[2] = index; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $max_pool2d_input_grad_f32(); },
      f64: (dx, grad, index, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = dx; $[1] = grad; $[2] = index; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $max_pool2d_input_grad_f64(); },
    },
    max_pool2d_gather: {
      f32: (out, x, index, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = index; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $max_pool2d_gather_f32(); },
      f64: (out, x, index, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = index; $[3] = n; $[4] = h; $[5] = w; $[6] = c; $[7] = oh; $[8] = ow; $max_pool2d_gather_f64(); },
    },
    avg_pool2d: {
      f32: (out, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $[8] = kh; $[9] = kw; $[10] = stride_h; $[11] = stride_w; $[12] = pad_h; $[13] = pad_w; $[14] = include_pad; $[15] = divisor; $avg_pool2d_f32(); },
      f64: (out, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $[8] = kh; $[9] = kw; $[10] = stride_h; $[11] = stride_w; $[12] = pad_h; $[13] = pad_w; $[14] = include_pad; $[15] = divisor; $avg_pool2d_f64(); },
    },
    avg_pool2d_input_grad: {
      f32: (out, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $[8] = kh; $[9] = kw; $[10] = stride_h; $[11] = stride_w; $[12] = pad_h; $[13] = pad_w; $[14] = include_pad; $[15] = divisor; $avg_pool2d_input_grad_f32(); },
      f64: (out, x, n, h, w, c, oh, ow, kh, kw, stride_h, stride_w, pad_h, pad_w, include_pad, divisor) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $[8] = kh; $[9] = kw; $[10] = stride_h; $[11] = stride_w; $[12] = pad_h; $[13] = pad_w; $[14] = include_pad; $[15] = divisor; $avg_pool2d_input_grad_f64(); },
    },
    adaptive_avg_pool2d: {
      f32: (out, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $adaptive_avg_pool2d_f32(); },
      f64: (out, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $adaptive_avg_pool2d_f64(); },
    },
    adaptive_avg_pool2d_input_grad: {
      f32: (out, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $adaptive_avg_pool2d_input_grad_f32(); },
      f64: (out, x, n, h, w, c, oh, ow) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = n; $[3] = h; $[4] = w; $[5] = c; $[6] = oh; $[7] = ow; $adaptive_avg_pool2d_input_grad_f64(); },
    },
    batch_norm_statistics: {
      f32: (mean, rstd, scale, shift, x, weight, bias, running_mean, running_var, outer, c, inner, training, momentum, eps) => { const $ = engine.block; $[0] = mean; $[1] = rstd; $[2] = scale; $[3] = shift; $[4] = x; $[5] = weight; $[6] = bias; $[7] = running_mean; $[8] = running_var; $[9] = outer; $[10] = c; $[11] = inner; $[12] = training; $[13] = momentum; $[14] = eps; $batch_norm_statistics_f32(); },
      f64: (mean, rstd, scale, shift, x, weight, bias, running_mean, running_var, outer, c, inner, training, momentum, eps) => { const $ = engine.block; $[0] = mean; $[1] = rstd; $[2] = scale; $[3] = shift; $[4] = x; $[5] = weight; $[6] = bias; $[7] = running_mean; $[8] = running_var; $[9] = outer; $[10] = c; $[11] = inner; $[12] = training; $[13] = momentum; $[14] = eps; $batch_norm_statistics_f64(); },
    },
    batch_norm: {
      f32: (out, x, mean, scale, shift, residual, outer, c, inner, relu) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = mean; $[3] = scale; $[4] = shift; $[5] = residual; $[6] = outer; $[7] = c; $[8] = inner; $[9] = relu; $batch_norm_f32(); },
      f64: (out, x, mean, scale, shift, residual, outer, c, inner, relu) => { const $ = engine.block; $[0] = out; $[1] = x; $[2] = mean; $[3] = scale; $[4] = shift; $[5] = residual; $[6] = outer; $[7] = c; $[8] = inner; $[9] = relu; $batch_norm_f64(); },
    },
    batch_norm_backward: {
      f32: (dx, dweight, dbias, grad, x, weight, mean, rstd, scale, shift, outer, c, inner, training) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = scale; $[9] = shift; $[10] = outer; $[11] = c; $[12] = inner; $[13] = training; $batch_norm_backward_f32(); },
      f64: (dx, dweight, dbias, grad, x, weight, mean, rstd, scale, shift, outer, c, inner, training) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = scale; $[9] = shift; $[10] = outer; $[11] = c; $[12] = inner; $[13] = training; $batch_norm_backward_f64(); },
    },
    batch_norm_relu_max_pool2d_backward: {
      f32: (dx, dweight, dbias, grad, winners, x, weight, mean, rstd, scale, shift, n, h, w, c, oh, ow, stride_h, stride_w, pad_h, pad_w, training) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = winners; $[5] = x; $[6] = weight; $[7] = mean; $[8] = rstd; $[9] = scale; $[10] = shift; $[11] = n; $[12] = h; $[13] = w; $[14] = c; $[15] = oh; $[16] = ow; $[17] = stride_h; $[18] = stride_w; $[19] = pad_h; $[20] = pad_w; $[21] = training; $batch_norm_relu_max_pool2d_backward_f32(); },
      f64: (dx, dweight, dbias, grad, winners, x, weight, mean, rstd, scale, shift, n, h, w, c, oh, ow, stride_h, stride_w, pad_h, pad_w, training) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = winners; $[5] = x; $[6] = weight; $[7] = mean; $[8] = rstd; $[9] = scale; $[10] = shift; $[11] = n; $[12] = h; $[13] = w; $[14] = c; $[15] = oh; $[16] = ow; $[17] = stride_h; $[18] = stride_w; $[19] = pad_h; $[20] = pad_w; $[21] = training; $batch_norm_relu_max_pool2d_backward_f64(); },
    },
    layer_norm: {
      f32: (out, mean, rstd, x, weight, bias, rows, n, eps) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = rstd; $[3] = x; $[4] = weight; $[5] = bias; $[6] = rows; $[7] = n; $[8] = eps; $layer_norm_f32(); },
      f64: (out, mean, rstd, x, weight, bias, rows, n, eps) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = rstd; $[3] = x; $[4] = weight; $[5] = bias; $[6] = rows; $[7] = n; $[8] = eps; $layer_norm_f64(); },
    },
    layer_norm_backward: {
      f32: (dx, dweight, dbias, grad, x, weight, mean, rstd, rows, n) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = rows; $[9] = n; $layer_norm_backward_f32(); },
      f64: (dx, dweight, dbias, grad, x, weight, mean, rstd, rows, n) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = rows; $[9] = n; $layer_norm_backward_f64(); },
    },
    group_norm: {
      f32: (out, mean, rstd, x, weight, bias, n, c, p, groups, last, eps) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = rstd; $[3] = x; $[4] = weight; $[5] = bias; $[6] = n; $[7] = c; $[8] = p; $[9] = groups; $[10] = last; $[11] = eps; $group_norm_f32(); },
      f64: (out, mean, rstd, x, weight, bias, n, c, p, groups, last, eps) => { const $ = engine.block; $[0] = out; $[1] = mean; $[2] = rstd; $[3] = x; $[4] = weight; $[5] = bias; $[6] = n; $[7] = c; $[8] = p; $[9] = groups; $[10] = last; $[11] = eps; $group_norm_f64(); },
    },
    group_norm_backward: {
      f32: (dx, dweight, dbias, grad, x, weight, mean, rstd, n, c, p, groups, last) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = n; $[9] = c; $[10] = p; $[11] = groups; $[12] = last; $group_norm_backward_f32(); },
      f64: (dx, dweight, dbias, grad, x, weight, mean, rstd, n, c, p, groups, last) => { const $ = engine.block; $[0] = dx; $[1] = dweight; $[2] = dbias; $[3] = grad; $[4] = x; $[5] = weight; $[6] = mean; $[7] = rstd; $[8] = n; $[9] = c; $[10] = p; $[11] = groups; $[12] = last; $group_norm_backward_f64(); },
    },
    softmax: {
      f32: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $softmax_f32(); },
      f64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $softmax_f64(); },
    },
    log_softmax: {
      f32: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $log_softmax_f32(); },
      f64: (out, a, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = a; $[2] = outer; $[3] = n; $[4] = inner; $log_softmax_f64(); },
    },
    softmax_backward: {
      f32: (out, grad, y, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $[3] = outer; $[4] = n; $[5] = inner; $softmax_backward_f32(); },
      f64: (out, grad, y, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $[3] = outer; $[4] = n; $[5] = inner; $softmax_backward_f64(); },
    },
    log_softmax_backward: {
      f32: (out, grad, y, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $[3] = outer; $[4] = n; $[5] = inner; $log_softmax_backward_f32(); },
      f64: (out, grad, y, outer, n, inner) => { const $ = engine.block; $[0] = out; $[1] = grad; $[2] = y; $[3] = outer; $[4] = n; $[5] = inner; $log_softmax_backward_f64(); },
    },
    nll_loss: {
      f32: (out, total, logp, target, weight, n, c, inner, reduction, ignore) => { const $ = engine.block; $[0] = out; $[1] = total; $[2] = logp; $[3] = target; $[4] = weight; $[5] = n; $[6] = c; $[7] = inner; $[8] = reduction; $[9] = ignore; $nll_loss_f32(); },
      f64: (out, total, logp, target, weight, n, c, inner, reduction, ignore) => { const $ = engine.block; $[0] = out; $[1] = total; $[2] = logp; $[3] = target; $[4] = weight; $[5] = n; $[6] = c; $[7] = inner; $[8] = reduction; $[9] = ignore; $nll_loss_f64(); },
    },
    nll_loss_backward: {
      f32: (dlogp, grad, total, target, weight, n, c, inner, reduction, ignore) => { const $ = engine.block; $[0] = dlogp; $[1] = grad; $[2] = total; $[3] = target; $[4] = weight; $[5] = n; $[6] = c; $[7] = inner; $[8] = reduction; $[9] = ignore; $nll_loss_backward_f32(); },
      f64: (dlogp, grad, total, target, weight, n, c, inner, reduction, ignore) => { const $ = engine.block; $[0] = dlogp; $[1] = grad; $[2] = total; $[3] = target; $[4] = weight; $[5] = n; $[6] = c; $[7] = inner; $[8] = reduction; $[9] = ignore; $nll_loss_backward_f64(); },
    },
    attention: {
      f32: (lse, mask, keep, n, h, kv_h, l, s, e, ev, mask_n, mask_h, mask_l, causal, scale, keep_scale) => { const $ = engine.block; $[0] = lse; $[1] = mask; $[2] = keep; $[3] = n; $[4] = h; $[5] = kv_h; $[6] = l; $[7] = s; $[8] = e; $[9] = ev; $[10] = mask_n; $[11] = mask_h; $[12] = mask_l; $[13] = causal; $[14] = scale; $[15] = keep_scale; $attention_f32(); },
      f64: (lse, mask, keep, n, h, kv_h, l, s, e, ev, mask_n, mask_h, mask_l, causal, scale, keep_scale) => { const $ = engine.block; $[0] = lse; $[1] = mask; $[2] = keep; $[3] = n; $[4] = h; $[5] = kv_h; $[6] = l; $[7] = s; $[8] = e; $[9] = ev; $[10] = mask_n; $[11] = mask_h; $[12] = mask_l; $[13] = causal; $[14] = scale; $[15] = keep_scale; $attention_f64(); },
    },
    attention_backward: {
      f32: (lse, mask, keep, n, h, kv_h, l, s, e, ev, mask_n, mask_h, mask_l, causal, scale, keep_scale) => { const $ = engine.block; $[0] = lse; $[1] = mask; $[2] = keep; $[3] = n; $[4] = h; $[5] = kv_h; $[6] = l; $[7] = s; $[8] = e; $[9] = ev; $[10] = mask_n; $[11] = mask_h; $[12] = mask_l; $[13] = causal; $[14] = scale; $[15] = keep_scale; $attention_backward_f32(); },
      f64: (lse, mask, keep, n, h, kv_h, l, s, e, ev, mask_n, mask_h, mask_l, causal, scale, keep_scale) => { const $ = engine.block; $[0] = lse; $[1] = mask; $[2] = keep; $[3] = n; $[4] = h; $[5] = kv_h; $[6] = l; $[7] = s; $[8] = e; $[9] = ev; $[10] = mask_n; $[11] = mask_h; $[12] = mask_l; $[13] = causal; $[14] = scale; $[15] = keep_scale; $attention_backward_f64(); },
    },
    lstm: {
      f32: (out, gates, cells, states, hn, cn, h0, c0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = cells; $[3] = states; $[4] = hn; $[5] = cn; $[6] = h0; $[7] = c0; $[8] = weight; $[9] = weight_reverse; $[10] = bias; $[11] = bias_reverse; $[12] = sizes; $[13] = steps; $[14] = batch; $[15] = hidden; $[16] = lead; $lstm_f32(); },
      f64: (out, gates, cells, states, hn, cn, h0, c0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = cells; $[3] = states; $[4] = hn; $[5] = cn; $[6] = h0; $[7] = c0; $[8] = weight; $[9] = weight_reverse; $[10] = bias; $[11] = bias_reverse; $[12] = sizes; $[13] = steps; $[14] = batch; $[15] = hidden; $[16] = lead; $lstm_f64(); },
    },
    lstm_backward: {
      f32: (dgates, dh, dc, grad, gates, cells, c0, weight, weight_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = dgates; $[1] = dh; $[2] = dc; $[3] = grad; $[4] = gates; $[5] = cells; $[6] = c0; $[7] = weight; $[8] = weight_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $lstm_backward_f32(); },
      f64: (dgates, dh, dc, grad, gates, cells, c0, weight, weight_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = dgates; $[1] = dh; $[2] = dc; $[3] = grad; $[4] = gates; $[5] = cells; $[6] = c0; $[7] = weight; $[8] = weight_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $lstm_backward_f64(); },
    },
    gru: {
      f32: (out, gates, q, states, hn, h0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = q; $[3] = states; $[4] = hn; $[5] = h0; $[6] = weight; $[7] = weight_reverse; $[8] = bias; $[9] = bias_reverse; $[10] = sizes; $[11] = steps; $[12] = batch; $[13] = hidden; $[14] = lead; $gru_f32(); },
      f64: (out, gates, q, states, hn, h0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = q; $[3] = states; $[4] = hn; $[5] = h0; $[6] = weight; $[7] = weight_reverse; $[8] = bias; $[9] = bias_reverse; $[10] = sizes; $[11] = steps; $[12] = batch; $[13] = hidden; $[14] = lead; $gru_f64(); },
    },
    gru_backward: {
      f32: (dgates, dhidden, dh, grad, gates, q, states, weight, weight_reverse, sizes, steps, batch, hidden, lead, state_lead) => { const $ = engine.block; $[0] = dgates; $[1] = dhidden; $[2] = dh; $[3] = grad; $[4] = gates; $[5] = q; $[6] = states; $[7] = weight; $[8] = weight_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $[14] = state_lead; $gru_backward_f32(); },
      f64: (dgates, dhidden, dh, grad, gates, q, states, weight, weight_reverse, sizes, steps, batch, hidden, lead, state_lead) => { const $ = engine.block; $[0] = dgates; $[1] = dhidden; $[2] = dh; $[3] = grad; $[4] = gates; $[5] = q; $[6] = states; $[7] = weight; $[8] = weight_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $[14] = state_lead; $gru_backward_f64(); },
    },
    rnn: {
      f32: (out, gates, states, hn, h0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead, relu) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = states; $[3] = hn; $[4] = h0; $[5] = weight; $[6] = weight_reverse; $[7] = bias; $[8] = bias_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $[14] = relu; $rnn_f32(); },
      f64: (out, gates, states, hn, h0, weight, weight_reverse, bias, bias_reverse, sizes, steps, batch, hidden, lead, relu) => { const $ = engine.block; $[0] = out; $[1] = gates; $[2] = states; $[3] = hn; $[4] = h0; $[5] = weight; $[6] = weight_reverse; $[7] = bias; $[8] = bias_reverse; $[9] = sizes; $[10] = steps; $[11] = batch; $[12] = hidden; $[13] = lead; $[14] = relu; $rnn_f64(); },
    },
    rnn_backward: {
      f32: (dgates, dh, grad, gates, weight, weight_reverse, sizes, steps, batch, hidden, lead, relu) => { const $ = engine.block; $[0] = dgates; $[1] = dh; $[2] = grad; $[3] = gates; $[4] = weight; $[5] = weight_reverse; $[6] = sizes; $[7] = steps; $[8] = batch; $[9] = hidden; $[10] = lead; $[11] = relu; $rnn_backward_f32(); },
      f64: (dgates, dh, grad, gates, weight, weight_reverse, sizes, steps, batch, hidden, lead, relu) => { const $ = engine.block; $[0] = dgates; $[1] = dh; $[2] = grad; $[3] = gates; $[4] = weight; $[5] = weight_reverse; $[6] = sizes; $[7] = steps; $[8] = batch; $[9] = hidden; $[10] = lead; $[11] = relu; $rnn_backward_f64(); },
    },
    sgd_step: {
      f32: (rows, lr, momentum, dampening, weight_decay, nesterov, maximize, first) => { const $ = engine.block; $[0] = rows; $[1] = lr; $[2] = momentum; $[3] = dampening; $[4] = weight_decay; $[5] = nesterov; $[6] = maximize; $[7] = first; $sgd_step_f32(); },
      f64: (rows, lr, momentum, dampening, weight_decay, nesterov, maximize, first) => { const $ = engine.block; $[0] = rows; $[1] = lr; $[2] = momentum; $[3] = dampening; $[4] = weight_decay; $[5] = nesterov; $[6] = maximize; $[7] = first; $sgd_step_f64(); },
    },
    adam_step: {
      f32: (rows, lr, beta1, beta2, eps, weight_decay, decoupled, maximize, bias1, bias2) => { const $ = engine.block; $[0] = rows; $[1] = lr; $[2] = beta1; $[3] = beta2; $[4] = eps; $[5] = weight_decay; $[6] = decoupled; $[7] = maximize; $[8] = bias1; $[9] = bias2; $adam_step_f32(); },
      f64: (rows, lr, beta1, beta2, eps, weight_decay, decoupled, maximize, bias1, bias2) => { const $ = engine.block; $[0] = rows; $[1] = lr; $[2] = beta1; $[3] = beta2; $[4] = eps; $[5] = weight_decay; $[6] = decoupled; $[7] = maximize; $[8] = bias1; $[9] = bias2; $adam_step_f64(); },
    },
    fma_peak: {
      f32: (chunks) => { const $ = engine.block; $[0] = chunks; $fma_peak_f32(); },
      f64: (chunks) => { const $ = engine.block; $[0] = chunks; $fma_peak_f64(); },
    },
  };
}

/** The names of all entries, as both engines must have them. */
export const entries: readonly string[] = [
  'add_f32',
  'add_f64',
  'add_i64',
  'add_i32',
  'add_u8',
  'sub_f32',
  'sub_f64',
  'sub_i64',
  'sub_i32',
  'sub_u8',
  'mul_f32',
  'mul_f64',
  'mul_i64',
  'mul_i32',
  'mul_u8',
  'maximum_f32',
  'maximum_f64',
  'maximum_i64',
  'maximum_i32',
  'maximum_u8',
  'minimum_f32',
  'minimum_f64',
  'minimum_i64',
  'minimum_i32',
  'minimum_u8',
  'pow_f32',
  'pow_f64',
  'pow_i64',
  'pow_i32',
  'pow_u8',
  'div_f32',
  'div_f64',
  'atan2_f32',
  'atan2_f64',
  'hypot_f32',
  'hypot_f64',
  'floor_divide_f32',
  'floor_divide_f64',
  'floor_divide_i64',
  'floor_divide_i32',
  'floor_divide_u8',
  'trunc_divide_f32',
  'trunc_divide_f64',
  'trunc_divide_i64',
  'trunc_divide_i32',
  'trunc_divide_u8',
  'remainder_f32',
  'remainder_f64',
  'remainder_i64',
  'remainder_i32',
  'remainder_u8',
  'fmod_f32',
  'fmod_f64',
  'fmod_i64',
  'fmod_i32',
  'fmod_u8',
  'logical_and_b8',
  'logical_or_b8',
  'logical_xor_b8',
  'bitwise_and_i64',
  'bitwise_and_i32',
  'bitwise_and_u8',
  'bitwise_or_i64',
  'bitwise_or_i32',
  'bitwise_or_u8',
  'bitwise_xor_i64',
  'bitwise_xor_i32',
  'bitwise_xor_u8',
  'eq_f32',
  'eq_f64',
  'eq_i64',
  'eq_i32',
  'eq_u8',
  'eq_b8',
  'ne_f32',
  'ne_f64',
  'ne_i64',
  'ne_i32',
  'ne_u8',
  'ne_b8',
  'lt_f32',
  'lt_f64',
  'lt_i64',
  'lt_i32',
  'lt_u8',
  'lt_b8',
  'le_f32',
  'le_f64',
  'le_i64',
  'le_i32',
  'le_u8',
  'le_b8',
  'gt_f32',
  'gt_f64',
  'gt_i64',
  'gt_i32',
  'gt_u8',
  'gt_b8',
  'ge_f32',
  'ge_f64',
  'ge_i64',
  'ge_i32',
  'ge_u8',
  'ge_b8',
  'where_f32',
  'where_f64',
  'where_i64',
  'where_i32',
  'where_u8',
  'where_b8',
  'addcmul_f32',
  'addcmul_f64',
  'addcdiv_f32',
  'addcdiv_f64',
  'lerp_f32',
  'lerp_f64',
  'abs_f32',
  'abs_f64',
  'abs_i64',
  'abs_i32',
  'abs_u8',
  'neg_f32',
  'neg_f64',
  'neg_i64',
  'neg_i32',
  'neg_u8',
  'sign_f32',
  'sign_f64',
  'sign_i64',
  'sign_i32',
  'sign_u8',
  'square_f32',
  'square_f64',
  'square_i64',
  'square_i32',
  'square_u8',
  'exp_f32',
  'exp_f64',
  'exp2_f32',
  'exp2_f64',
  'expm1_f32',
  'expm1_f64',
  'log_f32',
  'log_f64',
  'log2_f32',
  'log2_f64',
  'log10_f32',
  'log10_f64',
  'log1p_f32',
  'log1p_f64',
  'sqrt_f32',
  'sqrt_f64',
  'rsqrt_f32',
  'rsqrt_f64',
  'reciprocal_f32',
  'reciprocal_f64',
  'sin_f32',
  'sin_f64',
  'cos_f32',
  'cos_f64',
  'tan_f32',
  'tan_f64',
  'asin_f32',
  'asin_f64',
  'acos_f32',
  'acos_f64',
  'atan_f32',
  'atan_f64',
  'sinh_f32',
  'sinh_f64',
  'cosh_f32',
  'cosh_f64',
  'tanh_f32',
  'tanh_f64',
  'asinh_f32',
  'asinh_f64',
  'acosh_f32',
  'acosh_f64',
  'atanh_f32',
  'atanh_f64',
  'floor_f32',
  'floor_f64',
  'ceil_f32',
  'ceil_f64',
  'round_f32',
  'round_f64',
  'trunc_f32',
  'trunc_f64',
  'frac_f32',
  'frac_f64',
  'sigmoid_f32',
  'sigmoid_f64',
  'log_sigmoid_f32',
  'log_sigmoid_f64',
  'erf_f32',
  'erf_f64',
  'erfc_f32',
  'erfc_f64',
  'erfinv_f32',
  'erfinv_f64',
  'lgamma_f32',
  'lgamma_f64',
  'digamma_f32',
  'digamma_f64',
  'logical_not_f32',
  'logical_not_f64',
  'logical_not_i64',
  'logical_not_i32',
  'logical_not_u8',
  'logical_not_b8',
  'bitwise_not_i64',
  'bitwise_not_i32',
  'bitwise_not_u8',
  'isnan_f32',
  'isnan_f64',
  'isinf_f32',
  'isinf_f64',
  'isfinite_f32',
  'isfinite_f64',
  'relu_f32',
  'relu_f64',
  'relu_i64',
  'relu_i32',
  'relu_u8',
  'silu_f32',
  'silu_f64',
  'gelu_f32',
  'gelu_f64',
  'gelu_tanh_f32',
  'gelu_tanh_f64',
  'softplus_f32',
  'softplus_f64',
  'leaky_relu_f32',
  'leaky_relu_f64',
  'elu_f32',
  'elu_f64',
  'clamp_f32',
  'clamp_f64',
  'clamp_i64',
  'clamp_i32',
  'clamp_u8',
  'relu_backward_f32',
  'relu_backward_f64',
  'sigmoid_backward_f32',
  'sigmoid_backward_f64',
  'tanh_backward_f32',
  'tanh_backward_f64',
  'leaky_relu_backward_f32',
  'leaky_relu_backward_f64',
  'squared_error_f32',
  'squared_error_f64',
  'logit_entropy_f32',
  'logit_entropy_f64',
  'squared_error_backward_f32',
  'squared_error_backward_f64',
  'logit_entropy_backward_f32',
  'logit_entropy_backward_f64',
  'silu_backward_f32',
  'silu_backward_f64',
  'gelu_backward_f32',
  'gelu_backward_f64',
  'gelu_tanh_backward_f32',
  'gelu_tanh_backward_f64',
  'to_f32_f32',
  'to_f32_f64',
  'to_f32_i64',
  'to_f32_i32',
  'to_f32_u8',
  'to_f32_b8',
  'to_f64_f32',
  'to_f64_f64',
  'to_f64_i64',
  'to_f64_i32',
  'to_f64_u8',
  'to_f64_b8',
  'to_i64_f32',
  'to_i64_f64',
  'to_i64_i64',
  'to_i64_i32',
  'to_i64_u8',
  'to_i64_b8',
  'to_i32_f32',
  'to_i32_f64',
  'to_i32_i64',
  'to_i32_i32',
  'to_i32_u8',
  'to_i32_b8',
  'to_u8_f32',
  'to_u8_f64',
  'to_u8_i64',
  'to_u8_i32',
  'to_u8_u8',
  'to_u8_b8',
  'to_b8_f32',
  'to_b8_f64',
  'to_b8_i64',
  'to_b8_i32',
  'to_b8_u8',
  'to_b8_b8',
  'fill_f32',
  'fill_f64',
  'fill_i64',
  'fill_i32',
  'fill_u8',
  'fill_b8',
  'arange_f32',
  'arange_f64',
  'arange_i64',
  'arange_i32',
  'arange_u8',
  'item_f32',
  'item_f64',
  'item_i64',
  'item_i32',
  'item_u8',
  'item_b8',
  'to_channels_last_f32',
  'to_channels_last_f64',
  'to_channels_last_u8',
  'to_channels_first_f32',
  'to_channels_first_f64',
  'to_channels_first_u8',
  'sum_f32',
  'sum_f64',
  'sum_i64',
  'prod_f32',
  'prod_f64',
  'prod_i64',
  'norm_f32',
  'norm_f64',
  'amax_f32',
  'amax_f64',
  'amax_i64',
  'amax_i32',
  'amax_u8',
  'amin_f32',
  'amin_f64',
  'amin_i64',
  'amin_i32',
  'amin_u8',
  'any_b8',
  'all_b8',
  'variance_f32',
  'variance_f64',
  'max_along_f32',
  'max_along_f64',
  'max_along_i64',
  'max_along_i32',
  'max_along_u8',
  'min_along_f32',
  'min_along_f64',
  'min_along_i64',
  'min_along_i32',
  'min_along_u8',
  'cumsum_f32',
  'cumsum_f64',
  'cumsum_i64',
  'cumprod_f32',
  'cumprod_f64',
  'cumprod_i64',
  'equal_f32',
  'equal_f64',
  'equal_i64',
  'equal_i32',
  'equal_u8',
  'equal_b8',
  'sort_f32',
  'sort_f64',
  'sort_i64',
  'sort_i32',
  'sort_u8',
  'topk_f32',
  'topk_f64',
  'topk_i64',
  'topk_i32',
  'topk_u8',
  'kth_f32',
  'kth_f64',
  'kth_i64',
  'kth_i32',
  'kth_u8',
  'unique_f32',
  'unique_f64',
  'unique_i64',
  'unique_i32',
  'unique_u8',
  'gather_f32',
  'gather_f64',
  'gather_i64',
  'gather_i32',
  'gather_u8',
  'gather_b8',
  'scatter_f32',
  'scatter_f64',
  'scatter_i64',
  'scatter_i32',
  'scatter_u8',
  'scatter_b8',
  'scatter_add_f32',
  'scatter_add_f64',
  'scatter_add_i64',
  'scatter_add_i32',
  'scatter_add_u8',
  'wrap_index_i64',
  'nonzero_f32',
  'nonzero_f64',
  'nonzero_i64',
  'nonzero_i32',
  'nonzero_u8',
  'nonzero_b8',
  'coordinates_i64',
  'join_u8',
  'take_apart_u8',
  'embedding_f32',
  'embedding_f64',
  'embedding_i64',
  'embedding_i32',
  'embedding_u8',
  'embedding_b8',
  'embedding_backward_f32',
  'embedding_backward_f64',
  'embedding_bag_f32',
  'embedding_bag_f64',
  'embedding_bag_max_f32',
  'embedding_bag_max_f64',
  'generator_seed_u32',
  'uniform_f32',
  'uniform_f64',
  'normal_f32',
  'normal_f64',
  'random_f32',
  'random_f64',
  'random_i64',
  'random_i32',
  'random_u8',
  'random_b8',
  'randperm_i64',
  'bernoulli_f32',
  'bernoulli_f64',
  'bernoulli_i64',
  'bernoulli_i32',
  'bernoulli_u8',
  'bernoulli_b8',
  'bernoulli_each_f32',
  'bernoulli_each_f64',
  'gemm_f32',
  'gemm_f64',
  'gemm_i64',
  'gemm_i32',
  'linear_f32',
  'linear_f64',
  'linear_kept_f32',
  'linear_kept_f64',
  'conv2d_forward_f32',
  'conv2d_forward_f64',
  'conv2d_input_grad_f32',
  'conv2d_input_grad_f64',
  'conv2d_weight_grad_f32',
  'conv2d_weight_grad_f64',
  'conv2d_kept_f32',
  'conv2d_kept_f64',
  'conv2d_winograd_f32',
  'max_pool2d_f32',
  'max_pool2d_f64',
  'batch_norm_relu_max_pool2d_f32',
  'batch_norm_relu_max_pool2d_f64',
  'adaptive_max_pool2d_f32',
  'adaptive_max_pool2d_f64',
  'max_pool2d_input_grad_f32',
  'max_pool2d_input_grad_f64',
  'max_pool2d_gather_f32',
  'max_pool2d_gather_f64',
  'avg_pool2d_f32',
  'avg_pool2d_f64',
  'avg_pool2d_input_grad_f32',
  'avg_pool2d_input_grad_f64',
  'adaptive_avg_pool2d_f32',
  'adaptive_avg_pool2d_f64',
  'adaptive_avg_pool2d_input_grad_f32',
  'adaptive_avg_pool2d_input_grad_f64',
  'batch_norm_statistics_f32',
  'batch_norm_statistics_f64',
  'batch_norm_f32',
  'batch_norm_f64',
  'batch_norm_backward_f32',
  'batch_norm_backward_f64',
  'batch_norm_relu_max_pool2d_backward_f32',
  'batch_norm_relu_max_pool2d_backward_f64',
  'layer_norm_f32',
  'layer_norm_f64',
  'layer_norm_backward_f32',
  'layer_norm_backward_f64',
  'group_norm_f32',
  'group_norm_f64',
  'group_norm_backward_f32',
  'group_norm_backward_f64',
  'softmax_f32',
  'softmax_f64',
  'log_softmax_f32',
  'log_softmax_f64',
  'softmax_backward_f32',
  'softmax_backward_f64',
  'log_softmax_backward_f32',
  'log_softmax_backward_f64',
  'nll_loss_f32',
  'nll_loss_f64',
  'nll_loss_backward_f32',
  'nll_loss_backward_f64',
  'attention_f32',
  'attention_f64',
  'attention_backward_f32',
  'attention_backward_f64',
  'lstm_f32',
  'lstm_f64',
  'lstm_backward_f32',
  'lstm_backward_f64',
  'gru_f32',
  'gru_f64',
  'gru_backward_f32',
  'gru_backward_f64',
  'rnn_f32',
  'rnn_f64',
  'rnn_backward_f32',
  'rnn_backward_f64',
  'sgd_step_f32',
  'sgd_step_f64',
  'adam_step_f32',
  'adam_step_f64',
  'fma_peak_f32',
  'fma_peak_f64',
];
