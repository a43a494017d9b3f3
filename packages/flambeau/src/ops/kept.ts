import { isGradEnabled } from '../autograd/modes.js';
import { type KeptForm, Storage } from '../tensor/storage.js';
import type { Tensor } from '../tensor/tensor.js';

/** Where a kernel keeps the form that it makes of a parameter, and whether it is there already. Place 0: it is not kept. */
export interface Kept {
  readonly storage: Storage | null;
  readonly made: boolean;
}

const NOWHERE: Kept = { storage: null, made: false };

/**
 * @internal A place for another form of `parameter`'s content (packed weights), made for the numbers in `made`, which `count` says the size of.
 * Inference calls a net again and again with the same parameters: what is asked for the second time is kept with the parameter's storage until
 * its content changes. While gradients are recorded nothing is kept, for the next step changes the content.
 */
export function keptForm(parameter: Tensor, made: readonly number[], count: () => number): Kept {
  const { storage } = parameter;
  if (isGradEnabled() || !parameter.isWhole || storage.pinned !== null || storage.internal) return NOWHERE;
  const before = storage.kept;
  if (before === null || !isFor(before, storage.version, made)) {
    storage.kept = { version: storage.version, made, storage: null };
    return NOWHERE;
  }
  if (before.storage !== null) return { storage: before.storage, made: true };
  const numbers = count();
  if (numbers === 0) return NOWHERE;
  before.storage = new Storage((numbers * storage.bytes) / parameter.numel, storage.suffix);
  before.storage.expose();
  return { storage: before.storage, made: false };
}

const isFor = (form: KeptForm, version: number, made: readonly number[]): boolean =>
  form.version === version && form.made.length === made.length && form.made.every((number, i) => number === made[i]);
