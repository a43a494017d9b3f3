/** Data sets and their batches: `fl.data`. */
export { defaultCollate } from './collate.js';
export { ConcatDataset, Dataset, randomSplit, Subset, TensorDataset } from './dataset.js';
export { type Batch, DataLoader, type DataLoaderOptions } from './loader.js';
export {
  BatchSampler,
  RandomSampler,
  type RandomSamplerOptions,
  type Sampler,
  SequentialSampler,
  WeightedRandomSampler,
  type WeightedRandomSamplerOptions,
} from './sampler.js';
