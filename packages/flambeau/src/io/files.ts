import { readFile, writeFile } from '#files';
import { Budget } from './budget.js';
import { isLegacy, readLegacyPth } from './pth/legacy.js';
import { readPth } from './pth/read.js';
import { writePth } from './pth/write.js';
import { recorder, tensorMaker } from './tensors.js';

/**
 * Saves tensors and plain data as PyTorch does, so that `torch.load(path, weights_only=True)` reads it. Tensors that share memory still
 * do after loading. The file appears whole or not at all.
 * @example fl.save(net.stateDict(), 'net.pth')
 */
export function save(value: unknown, path: string): void {
  writeFile(path, writePth(value, recorder()));
}

/** The bytes that `save` would write. */
export function serialize(value: unknown): Uint8Array {
  const chunks = [...writePth(value, recorder())];
  const bytes = new Uint8Array(chunks.reduce((n, chunk) => n + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Loads what `save` or PyTorch's `torch.save` wrote, in today's format or in that before 1.6. Nothing in the file is run. Dicts with string
 * keys become objects without a prototype, other dicts Maps. Half-precision tensors become float32, int16 and int8 become int32.
 * @param source a path (in Node), or the bytes of a file
 * @throws FormatError for files that are damaged, hostile or hold more than tensors and plain data
 */
export function load(source: string | Uint8Array): unknown {
  const bytes = typeof source === 'string' ? readFile(source) : source;
  const budget = new Budget(bytes.length);
  return isLegacy(bytes) ? readLegacyPth(bytes, tensorMaker(), budget) : readPth(bytes, tensorMaker(), budget);
}
