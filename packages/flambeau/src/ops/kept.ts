import { isGradEnabled } from '../autograd/modes.js';
import { type KeptForm, Storage } from '../tensor/storage.js';
import type { Tensor } from '../tensor/tensor.js';

/** A form that has its place; the kernel that writes it says so in `filled`. */
export type Kept = KeptForm & { readonly storage: Storage };

/**
 * @internal A place for another form of `parameter`'s content (packed weights), made for the numbers in `made`, which `count` says the size of.
 * Inference calls a net again and again with the same parameters: what is asked for the second time is kept with the parameter's storage until
 * its content changes; null where nothing is kept. While gradients are recorded nothing is kept, for the next step changes the content.
 */
export function keptForm(parameter: Tensor, made: readonly number[], count: () => number): Kept | null {
  const { storage } = parameter;
  if (isGradEnabled() || !parameter.isWhole || storage.pinned !== null || storage.internal) return null;
  const before = storage.kept;
  if (before === null || !isFor(before, storage.version, made)) {
    storage.kept = { version: storage.version, made, storage: null, filled: false };
    return null;
  }
  // Asked every time: what a kernel keeps hangs on settings as well, as whether Winograd's way is allowed.
  const bytes = (count() * storage.bytes) / parameter.numel;
  if (bytes === 0) return null;
  if (before.storage?.bytes !== bytes) {
    before.storage = new Storage(bytes, storage.suffix);
    before.storage.expose();
    before.filled = false;
  }
  return before as Kept;
}

const isFor = (form: KeptForm, version: number, made: readonly number[]): boolean =>
  form.version === version && form.made.length === made.length && form.made.every((number, i) => number === made[i]);
