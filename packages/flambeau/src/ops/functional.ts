/** `nn.functional`: the ops that layers are made of. */
export * from './activation.js';
export { conv2d, type Conv2dOptions } from './convolution.js';
export { dropout, type DropoutOptions } from './drawing.js';
export { embedding, type EmbeddingOptions, oneHot } from './embedding.js';
export { linear } from './linear.js';
export * from './loss.js';
export { type AffineOptions, type BatchNormOptions, batchNorm, layerNorm } from './normalization.js';
export { pad, type PadOptions } from './padding.js';
export * from './pooling.js';
export * from './softmax.js';
