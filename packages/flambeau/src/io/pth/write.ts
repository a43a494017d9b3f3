import { ArgumentError } from '../../errors.js';
import { MAX_DEPTH } from '../finish.js';
import { PickleEmitter } from '../pickle/emitter.js';
import { OP } from '../pickle/opcodes.js';
import { Complex } from '../pickle/values.js';
import { type StorageRecord, TensorRecord } from '../records.js';
import { quote } from '../text.js';
import { writeZip, type ZipEntry } from '../zip/write.js';
import { STORAGE_CLASS } from './globals.js';

/** PyTorch's own: whoever maps the file into memory finds every storage on a cache line. */
const ALIGNMENT = 64;
const FOLDER = 'archive';
const FORMAT_VERSION = '3\n';

/** Finds the record of a tensor; null for what is none. */
export type Recorder = (value: object) => TensorRecord | null;

/**
 * A `.pth` file as `torch.save` writes it, piece by piece: same instructions, same names, storages on multiples of 64 bytes. Equal values
 * give equal bytes. PyTorch reads it with `weights_only=True`.
 */
export function writePth(value: unknown, record: Recorder): Iterable<Uint8Array> {
  const pickler = new Pickler(record);
  pickler.write(value, 'the value');
  return writeZip(entriesOf(pickler), ALIGNMENT);
}

function* entriesOf(pickler: Pickler): Generator<ZipEntry> {
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
  yield { name: `${FOLDER}/data.pkl`, bytes: pickler.finish() };
  yield { name: `${FOLDER}/byteorder`, bytes: ascii('little') };
  let key = 0;
  for (const storage of pickler.storages) yield { name: `${FOLDER}/data/${key++}`, bytes: storage.bytes() };
  yield { name: `${FOLDER}/version`, bytes: ascii(FORMAT_VERSION) };
}

/** Turns plain data and tensors into the pickle of a `.pth` file. */
class Pickler {
  readonly #record: Recorder;
  readonly #out = new PickleEmitter();
  readonly #storageKeys = new Map<StorageRecord, string>();
  /** Objects already written, by their memo, so that what is shared stays shared. */
  readonly #memo = new Map<object, number>();
  readonly #open = new Set<object>();

  constructor(record: Recorder) {
    this.#record = record;
  }

  get storages(): Iterable<StorageRecord> {
    return this.#storageKeys.keys();
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }

  /** Writes any value. `path` says where it stands, for errors. */
  write(value: unknown, path: string): void {
    const out = this.#out;
    if (value === null) out.none();
    else if (typeof value === 'boolean') out.bool(value);
    else if (typeof value === 'number') out.number(value);
    else if (typeof value === 'bigint') out.bigint(value);
    else if (typeof value === 'string') this.#string(value, path);
    else if (typeof value === 'object') this.#shared(value, path);
    else throw new ArgumentError('save', `${path} is ${describe(value)}`);
  }

  #string(value: string, path: string): void {
    if (/\p{Surrogate}/u.test(value))
      throw new ArgumentError('save', `${path} holds half a surrogate pair, which no file can hold`);
    this.#out.string(value);
  }

  #shared(value: object, path: string): void {
    const known = this.#memo.get(value);
    if (known !== undefined) {
      this.#out.get(known);
      return;
    }
    if (this.#open.has(value)) throw new ArgumentError('save', `${path} holds itself, which no file can hold`);
    if (this.#open.size >= MAX_DEPTH) throw new ArgumentError('save', `${path} is nested deeper than ${MAX_DEPTH}`);
    this.#open.add(value);
    this.#object(value, path);
    this.#open.delete(value);
  }

  #object(value: object, path: string): void {
    const record = value instanceof TensorRecord ? value : this.#record(value);
    if (record !== null) this.#memo.set(value, this.#tensor(record));
    else if (Array.isArray(value)) this.#array(value, path);
    else if (value instanceof Map) this.#dict(value, [...value], path);
    else if (value instanceof Set) this.#call(value, 'set', [[...value]], path);
    else if (value instanceof Uint8Array) this.#bytesObject(value);
    else if (value instanceof Complex) this.#call(value, 'complex', [value.real, value.imag], path);
    else if (isPlain(value)) this.#dict(value, Object.entries(value), path);
    else throw new ArgumentError('save', `${path} is ${describe(value)}`);
  }

  /** Frozen arrays are Python's tuples, others its lists. */
  #array(value: readonly unknown[], path: string): void {
    const out = this.#out;
    if (Object.isFrozen(value)) {
      const memo = out.tuple([...value.keys()], (i) => this.write(value[i], `${path}[${i}]`));
      if (memo !== null) this.#memo.set(value, memo);
      return;
    }
    out.op(OP.EMPTY_LIST);
    this.#memo.set(value, out.memoize());
    this.#items(value, [...value.keys()], OP.APPEND, OP.APPENDS, (i) => this.write(value[i], `${path}[${i}]`));
  }

  /** Containers are in the memo before their contents; one that contains itself would find itself there, so it is taken out meanwhile. */
  #items<T>(container: object, items: readonly T[], one: number, many: number, each: (item: T) => void): void {
    const memo = this.#memo.get(container) as number;
    this.#memo.delete(container);
    this.#out.items(items, one, many, each);
    this.#memo.set(container, memo);
  }

  /** A dict of tensors only is a state dict, for which PyTorch uses an OrderedDict. */
  #dict(value: object, entries: readonly (readonly [unknown, unknown])[], path: string): void {
    const out = this.#out;
    if (entries.length > 0 && entries.every(([key, item]) => typeof key === 'string' && this.#isTensor(item))) {
      this.#memo.set(value, this.#orderedDict());
    } else {
      out.op(OP.EMPTY_DICT);
      this.#memo.set(value, out.memoize());
    }
    this.#items(value, entries, OP.SETITEM, OP.SETITEMS, ([key, item]) => {
      if (typeof key === 'object' && key !== null)
        throw new ArgumentError('save', `${path} has an object as a key: use strings or numbers`);
      this.write(key, `a key of ${path}`);
      this.write(item, `${path}[${typeof key === 'string' ? quote(key) : String(key)}]`);
    });
  }

  #isTensor(value: unknown): boolean {
    return (
      typeof value === 'object' && value !== null && (value instanceof TensorRecord || this.#record(value) !== null)
    );
  }

  #orderedDict(): number {
    this.#out.global('collections', 'OrderedDict');
    this.#out.op(OP.EMPTY_TUPLE);
    return this.#out.reduce();
  }

  /** A call of one of Python's own classes. */
  #call(value: object, name: string, args: readonly unknown[], path: string): void {
    this.#out.global('__builtin__', name);
    this.#out.tuple(args, (arg) => this.write(arg, path));
    this.#memo.set(value, this.#out.reduce());
  }

  /** Protocol 2 has no bytes: Python writes them as Latin-1 text with the call that encodes it. */
  #bytesObject(value: Uint8Array): void {
    const out = this.#out;
    let latin1 = '';
    for (const byte of value) latin1 += String.fromCharCode(byte);
    out.global('_codecs', 'encode');
    out.tuple([latin1, 'latin1'], (text) => out.string(text));
    this.#memo.set(value, out.reduce());
  }

  #tensor(record: TensorRecord): number {
    const out = this.#out;
    if (record.parameter) out.global('torch._utils', '_rebuild_parameter');
    out.global('torch._utils', '_rebuild_tensor_v2');
    out.op(OP.MARK);
    this.#storage(record.storage);
    out.number(record.offset);
    out.tuple(record.shape, (size) => out.number(size));
    out.tuple(record.strides, (stride) => out.number(stride));
    out.bool(record.requiresGrad && !record.parameter);
    this.#orderedDict(); // backward hooks, which are never saved
    out.op(OP.TUPLE);
    out.memoize();
    const memo = out.reduce();
    if (!record.parameter) return memo;
    out.bool(record.requiresGrad);
    this.#orderedDict();
    out.op(OP.TUPLE3);
    out.memoize();
    return out.reduce();
  }

  #storage(storage: StorageRecord): void {
    const out = this.#out;
    let key = this.#storageKeys.get(storage);
    if (key === undefined) {
      key = String(this.#storageKeys.size);
      this.#storageKeys.set(storage, key);
    }
    out.op(OP.MARK);
    out.string('storage');
    out.global('torch', STORAGE_CLASS[storage.dtype]);
    out.string(key);
    out.string('cpu');
    out.number(storage.length);
    out.op(OP.TUPLE);
    out.memoize();
    out.op(OP.BINPERSID);
  }
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What a value is that no file can hold, and what to do. */
function describe(value: unknown): string {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const name = isObject ? `a ${value.constructor.name}` : typeof value;
  // Nets are callable, so they are functions.
  if (isObject && 'stateDict' in value) return `${name}: save its stateDict() and load that with loadStateDict`;
  if (ArrayBuffer.isView(value)) return `${name}: make a tensor of it first, or a Uint8Array for raw bytes`;
  return `${name}, which no file can hold: save plain data and tensors`;
}
