import { FormatError } from '../../errors.js';
import { decodeText, encodeLatin1 } from '../text.js';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Text of a `str`. @throws FormatError */
export function text(bytes: Uint8Array): string {
  const decoded = decodeText(bytes);
  if (decoded === null) throw new FormatError('pickle: a text is no UTF-8: the file is damaged');
  return decoded;
}

/**
 * A `str` of Python 2, which may be text or data: text where the bytes are UTF-8, else the bytes. Either way nothing is lost, since
 * encoding the text gives the same bytes again.
 */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  return decodeText(bytes) ?? bytes;
}

/** The bytes of a literal in quotes, as protocol 0 writes a Python 2 `str`. */
export function parseQuoted(line: Uint8Array): string | Uint8Array {
  const source = text(line);
  const quoteMark = source[0];
  if (source.length < 2 || (quoteMark !== "'" && quoteMark !== '"') || source.at(-1) !== quoteMark) {
    throw new FormatError('pickle: a line that should be a quoted string is none: the file is damaged');
  }
  const plain = source.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|[\s\S])/g, (all, sequence: string) => {
    if (sequence.length === 3) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
    return ESCAPES[sequence] ?? all;
  });
  const bytes = encodeLatin1(plain);
  if (bytes === null) throw new FormatError('pickle: a quoted string is not escaped: the file is damaged');
  return textOrBytes(bytes);
}

/** The text of protocol 0: Latin-1, with \uXXXX and \UXXXXXXXX for everything else. */
export function parseRawUnicode(line: Uint8Array): string {
  let latin1 = '';
  for (const byte of line) latin1 += String.fromCharCode(byte);
  return latin1.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
    (_all, short: string | undefined, long: string | undefined) => {
      const code = Number.parseInt(short ?? (long as string), 16);
      if (code > 0x10ffff) throw new FormatError('pickle: a text has a character past U+10FFFF: the file is damaged');
      return String.fromCodePoint(code);
    },
  );
}
