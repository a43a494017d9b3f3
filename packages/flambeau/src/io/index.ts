/** Files: PyTorch's `.pth` and safetensors. */
export { load, save, serialize } from './files.js';
export * as safetensors from './safetensors/index.js';
