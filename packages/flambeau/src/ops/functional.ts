/** `nn.functional`: the ops that layers are made of. */
export * from './activation.js';
export * from './activation-formulas.js';
export { type AttentionOptions, scaledDotProductAttention } from './attention.js';
export * from './conv-transpose.js';
export { type Conv1dOptions, type Conv2dOptions, conv1d, conv2d } from './convolution.js';
export { type DropoutOptions, dropout } from './drawing.js';
export * from './embedding.js';
export * from './group-norm.js';
export * from './interpolation.js';
export { linear } from './linear.js';
export * from './loss.js';
export { type BatchNormOptions, batchNorm, layerNorm } from './normalization.js';
export type { AffineOptions } from './normalizing.js';
export { type PadOptions, pad } from './padding.js';
export * from './pooling.js';
export * from './softmax.js';
