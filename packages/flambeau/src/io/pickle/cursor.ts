import { FormatError } from '../../errors.js';

/** Reads a pickle's bytes from front to back and never past their end. */
export class Cursor {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** Moves over `count` bytes and says where they began. */
  #pass(count: number): number {
    const start = this.at;
    if (!(start + count <= this.#bytes.length)) {
      throw new FormatError(
        `pickle: ${count} bytes are announced at ${start}, ${this.#bytes.length - start} are left: the file is cut off or damaged`,
      );
    }
    this.at = start + count;
    return start;
  }

  uint8(): number {
    return this.#view.getUint8(this.#pass(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#pass(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#pass(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#pass(4), true);
  }

  /** Exact up to 2⁵³, and far past any file beyond. */
  uint64(): number {
    return this.uint32() + this.uint32() * 2 ** 32;
  }

  /** The one number that pickles hold big-endian. */
  float64(): number {
    return this.#view.getFloat64(this.#pass(8), false);
  }

  /** A window into the file, not a copy. */
  take(count: number): Uint8Array {
    const start = this.#pass(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** The bytes up to the next line feed, which is passed over. */
  line(): Uint8Array {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) throw new FormatError(`pickle: the line at ${this.at} does not end: the file is cut off or damaged`);
    const bytes = this.#bytes.subarray(this.at, end);
    this.at = end + 1;
    return bytes;
  }
}
