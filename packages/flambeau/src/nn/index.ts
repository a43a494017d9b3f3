/** Nets: `fl.nn`. */
export * as functional from '../ops/functional.js';
export * from './activation.js';
export {
  MultiheadAttention,
  type MultiheadAttentionCall,
  type MultiheadAttentionOptions,
  type MultiheadAttentionOutput,
} from './attention.js';
export * from './containers.js';
export * from './conv.js';
export { CosineSimilarity, PairwiseDistance } from './distance.js';
export * from './dropout.js';
export * from './embedding.js';
export * as init from './init.js';
export { Bilinear, Flatten, Identity, Linear, type LinearOptions, Unflatten } from './linear.js';
export * from './loss.js';
export { type AnyModule, isModule, Module, type StateDict } from './module.js';
export * from './normalization.js';
export { isParameter, Parameter } from './parameter.js';
export { ParameterDict, ParameterList } from './parameter-containers.js';
export * from './pooling.js';
export {
  GRU,
  LSTM,
  type LstmOptions,
  type LstmStates,
  type RecurrentLayerOptions,
  RNN,
  type RnnOptions,
} from './recurrent.js';
export { type CellOptions, GRUCell, LSTMCell, RNNCell } from './recurrent-cells.js';
export * from './resizing.js';
export { summary } from './summary.js';
export * from './transformer.js';
export {
  type TransformerActivation,
  TransformerDecoderLayer,
  type TransformerDecoderLayerCall,
  TransformerEncoderLayer,
  type TransformerEncoderLayerCall,
  type TransformerLayerOptions,
} from './transformer-layers.js';
export * as utils from './utils.js';
