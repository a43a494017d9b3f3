import { FormatError } from '../errors.js';

/** How many bytes a reader may allocate for each byte of the file. */
const FACTOR = 4;

/**
 * The memory that one file may cause its reader to allocate: four times its own size. Small files that claim large contents are
 * the oldest trick against readers of archives, so every block whose size a file decides is taken from here.
 */
export class Budget {
  readonly limit: number;
  readonly #fileBytes: number;
  #used = 0;

  constructor(fileBytes: number) {
    this.#fileBytes = fileBytes;
    this.limit = FACTOR * fileBytes;
  }

  /** Bytes allocated so far. */
  get used(): number {
    return this.#used;
  }

  /** Counts bytes that the caller is about to allocate. @throws FormatError when the file asks for more than it may. */
  charge(bytes: number): void {
    if (!(this.#used + bytes <= this.limit)) {
      throw new FormatError(
        `memory: a file of ${this.#fileBytes} bytes asks for ${this.#used + bytes} bytes of memory, more than ${FACTOR} times its size: it is damaged or hostile`,
      );
    }
    this.#used += bytes;
  }

  /** A block of zeros. @throws FormatError when the file asks for more than it may. */
  allocate(bytes: number): Uint8Array {
    this.charge(bytes);
    return new Uint8Array(bytes);
  }
}
