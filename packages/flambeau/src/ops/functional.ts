/** `nn.functional`: the ops that layers are made of. */
export * from './activation.js';
export { type Conv2dOptions, conv2d } from './convolution.js';
export { type DropoutOptions, dropout } from './drawing.js';
export { type EmbeddingOptions, embedding, oneHot } from './embedding.js';
export { linear } from './linear.js';
export * from './loss.js';
export { type AffineOptions, type BatchNormOptions, batchNorm, layerNorm } from './normalization.js';
export { type PadOptions, pad } from './padding.js';
export * from './pooling.js';
export * from './softmax.js';
