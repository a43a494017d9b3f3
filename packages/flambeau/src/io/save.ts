import { writeFile } from '#files';
import { writePth } from './pth/write.js';
import { recorder } from './tensors.js';

/**
 * Saves tensors and plain data as PyTorch does, so that `torch.load(path, weights_only=True)` reads it. Tensors that share memory still do after
 * loading. The file appears under its name whole or not at all: it is written beside it, flushed to the disk and renamed.
 *
 * Objects and Maps become dicts (of tensors alone: OrderedDicts), arrays lists, frozen arrays tuples, Sets sets, `Uint8Array` bytes. A whole number
 * becomes an `int` and every other number a `float`. Where keys must be ints in Python, as in an optimiser's state, use a Map: the keys of
 * objects are strings.
 * @throws ArgumentError for a value that no file can hold, with its place
 * @example fl.save(net.stateDict(), 'net.pth')
 */
export function save(value: unknown, path: string): void {
  writeFile(path, writePth(value, recorder()));
}

/** The bytes that `save` would write; `load` takes them too. */
export function serialize(value: unknown): Uint8Array {
  return joined(writePth(value, recorder()));
}

/** Chunks of bytes as one. */
export function joined(chunks: Iterable<Uint8Array>): Uint8Array {
  const all = [...chunks];
  const bytes = new Uint8Array(all.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of all) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
