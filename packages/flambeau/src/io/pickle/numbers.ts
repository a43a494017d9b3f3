import { FormatError } from '../../errors.js';

/** Integers with more bytes than this are no data; reading them takes quadratic time. */
const MAX_BYTES = 1024;
const MAX_DIGITS = 2048;

/** A number where it is exact, else a bigint. */
export function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Python's integers of any length: little-endian two's complement. */
export function decodeLong(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_BYTES)
    throw new FormatError(
      `pickle: an integer of ${bytes.length} bytes is no number that data hold: the file is damaged or hostile`,
    );
  if (bytes.length === 0) return 0;
  let hex = '0x';
  for (let i = bytes.length - 1; i >= 0; i--) hex += (bytes[i] as number).toString(16).padStart(2, '0');
  return integer(BigInt.asIntN(8 * bytes.length, BigInt(hex)));
}

/** The shortest bytes that `decodeLong` reads back. */
export function encodeLong(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(BigInt.asUintN(8, rest));
    bytes.push(byte);
    rest >>= 8n;
    if ((rest === 0n && byte < 0x80) || (rest === -1n && byte >= 0x80)) return Uint8Array.from(bytes);
  }
}

/** An integer in decimal digits, as protocol 0 writes it. */
export function parseInteger(text: string): number | bigint {
  if (!/^[+-]?\d+$/.test(text) || text.length > MAX_DIGITS)
    throw new FormatError('pickle: a line that should be an integer is none: the file is damaged');
  return integer(BigInt(text.replace('+', '')));
}

/** A float as Python's `repr` writes it. */
export function parseFloat64(text: string): number {
  const special: Record<string, number> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
  const value = Object.hasOwn(special, text) ? (special[text] as number) : text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value) && text !== 'nan')
    throw new FormatError('pickle: a line that should be a number is none: the file is damaged');
  return value;
}
