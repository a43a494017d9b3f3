import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Complex } from './pickle/values.js';
import { type StorageRecord, TensorRecord } from './records.js';

/** The bytes of a golden file. */
export function golden(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`./goldens/${name}`, import.meta.url)));
}

/** What tools/goldens/formats.py says of each file. */
export const expected = JSON.parse(new TextDecoder().decode(golden('expected.json'))) as Record<string, Description>;

export interface Description {
  value: unknown;
  storages: string[];
}

/** What stands for an object that the caller describes itself; undefined for all others. */
type Own = (object: object) => unknown;

/** Says all about a loaded value in plain JSON, as the script that made the goldens does. */
export function describeValue(value: unknown, own: Own = () => undefined): Description {
  const storages = new Map<StorageRecord, string>();
  const describer = new Describer(storages, own);
  return { value: describer.describe(value), storages: [...storages.values()] };
}

class Describer {
  readonly #storages: Map<StorageRecord, string>;

  readonly #own: Own;

  constructor(storages: Map<StorageRecord, string>, own: Own) {
    this.#storages = storages;
    this.#own = own;
  }

  describe = (value: unknown): unknown => {
    if (typeof value === 'number') return number(value);
    if (typeof value === 'bigint') return { bigint: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    const described = this.#own(value);
    if (described !== undefined) return described;
    if (value instanceof TensorRecord) return this.#tensor(value);
    if (value instanceof Complex) return { complex: [value.real, value.imag] };
    if (value instanceof Uint8Array) return { bytes: hex(value) };
    if (value instanceof Set) return { set: [...value].sort().map(this.describe) };
    if (value instanceof Map) return { dict: [...value].map(([k, v]) => [this.describe(k), this.describe(v)]) };
    if (Array.isArray(value)) return { [Object.isFrozen(value) ? 'tuple' : 'list']: value.map(this.describe) };
    return { dict: Object.entries(value).map(([k, v]) => [k, this.describe(v)]) };
  };

  #tensor(t: TensorRecord): unknown {
    const bytes = t.storage.bytes();
    if (!this.#storages.has(t.storage))
      this.#storages.set(
        t.storage,
        bytes.length <= 64 ? hex(bytes) : `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      );
    const storage = [...this.#storages.keys()].indexOf(t.storage);
    const { dtype, shape, strides, offset, requiresGrad, parameter } = t;
    return { tensor: dtype, shape, strides, offset, storage, requiresGrad, parameter };
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function number(value: number): unknown {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return { number: hex(bytes) };
}
