import { encodeText } from '../text.js';
import { encodeLong } from './numbers.js';
import { OP } from './opcodes.js';

const PROTOCOL = 2;
/** Python's pickler sets at most this many items with one instruction. */
const BATCH = 1000;

/**
 * Writes instructions of protocol 2, the one that `torch.save` uses, with the encodings that Python's pickler chooses. Strings and
 * globals that come again are taken from the memo.
 */
export class PickleEmitter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #memos = 0;
  readonly #strings = new Map<string, number>();
  readonly #globals = new Map<string, number>();

  constructor() {
    this.op(OP.PROTO, PROTOCOL);
  }

  /** The pickle, ended. */
  finish(): Uint8Array {
    this.op(OP.STOP);
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room for `count` bytes and says where they begin. */
  #take(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  /** An instruction with at most one byte of argument. */
  op(code: number, argument?: number): void {
    const at = this.#take(1); // may move the view
    this.#view.setUint8(at, code);
    if (argument === undefined) return;
    const next = this.#take(1);
    this.#view.setUint8(next, argument);
  }

  #op32(code: number, argument: number): void {
    this.op(code);
    const at = this.#take(4); // may move the view
    this.#view.setUint32(at, argument, true);
  }

  #raw(bytes: Uint8Array): void {
    const at = this.#take(bytes.length); // may move the bytes
    this.#bytes.set(bytes, at);
  }

  /** Puts the value just made into the memo. Returns the number under which `get` finds it. */
  memoize(): number {
    const memo = this.#memos++;
    if (memo < 256) this.op(OP.BINPUT, memo);
    else this.#op32(OP.LONG_BINPUT, memo);
    return memo;
  }

  get(memo: number): void {
    if (memo < 256) this.op(OP.BINGET, memo);
    else this.#op32(OP.LONG_BINGET, memo);
  }

  none(): void {
    this.op(OP.NONE);
  }

  bool(value: boolean): void {
    this.op(value ? OP.NEWTRUE : OP.NEWFALSE);
  }

  /** A whole number becomes Python's `int`, everything else `float`. */
  number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.#integer(value);
    } else {
      this.op(OP.BINFLOAT);
      const at = this.#take(8); // may move the view
      this.#view.setFloat64(at, value, false);
    }
  }

  #integer(value: number): void {
    if (value >= 0 && value < 256) {
      this.op(OP.BININT1, value);
    } else if (value >= 0 && value < 65536) {
      this.op(OP.BININT2);
      const at = this.#take(2); // may move the view
      this.#view.setUint16(at, value, true);
    } else if (value === (value | 0)) {
      this.#op32(OP.BININT, value);
    } else {
      this.bigint(BigInt(value));
    }
  }

  bigint(value: bigint): void {
    const bytes = encodeLong(value);
    if (bytes.length < 256) this.op(OP.LONG1, bytes.length);
    else this.#op32(OP.LONG4, bytes.length);
    this.#raw(bytes);
  }

  /** @throws RangeError for half a surrogate pair, which no file can hold. */
  string(value: string): void {
    const known = this.#strings.get(value);
    if (known !== undefined) {
      this.get(known);
      return;
    }
    const bytes = encodeText(value);
    if (bytes === null) throw new RangeError('a string holds half a surrogate pair');
    this.#op32(OP.BINUNICODE, bytes.length);
    this.#raw(bytes);
    this.#strings.set(value, this.memoize());
  }

  /** A class or function of Python, by module and name. */
  global(module: string, name: string): void {
    const line = `${module}\n${name}\n`;
    const known = this.#globals.get(line);
    if (known !== undefined) {
      this.get(known);
      return;
    }
    this.op(OP.GLOBAL);
    this.#raw(encodeText(line) as Uint8Array);
    this.#globals.set(line, this.memoize());
  }

  /** A tuple; `each` writes one item. Returns its memo; none for the empty tuple, of which Python has but one. */
  tuple<T>(items: readonly T[], each: (item: T) => void): number | null {
    if (items.length > 3) this.op(OP.MARK);
    items.forEach(each);
    this.op([OP.EMPTY_TUPLE, OP.TUPLE1, OP.TUPLE2, OP.TUPLE3][items.length] ?? OP.TUPLE);
    return items.length === 0 ? null : this.memoize();
  }

  /** The call of the function on the stack with the tuple above it. */
  reduce(): number {
    this.op(OP.REDUCE);
    return this.memoize();
  }

  /** Fills the container on the stack; `one` and `many` are the instructions for a single item and for a marked row of them. */
  items<T>(items: readonly T[], one: number, many: number, each: (item: T) => void): void {
    if (items.length === 1) {
      items.forEach(each);
      this.op(one);
      return;
    }
    for (let i = 0; i < items.length; i += BATCH) {
      this.op(OP.MARK);
      items.slice(i, i + BATCH).forEach(each);
      this.op(many);
    }
  }
}
