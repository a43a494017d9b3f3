/** Files: PyTorch's `.pth`, pickles of data, and safetensors. */
export { load, loadPickle } from './load.js';
export { Complex } from './pickle/values.js';
export * as safetensors from './safetensors/index.js';
export { save, serialize } from './save.js';
