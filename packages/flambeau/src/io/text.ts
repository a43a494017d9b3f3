const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Below this length a loop beats the call into the decoder. */
const SHORT = 48;
const QUOTED = 80;

/** The text of UTF-8 bytes, byte order marks kept; null when the bytes are no UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.length <= SHORT) {
    let text = '';
    for (const byte of bytes) {
      if (byte >= 0x80) return decodeAny(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decodeAny(bytes);
}

function decodeAny(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** The UTF-8 bytes of a text; null when it holds half a surrogate pair, which has none. */
export function encodeText(text: string): Uint8Array | null {
  return /\p{Surrogate}/u.test(text) ? null : encoder.encode(text);
}

/** The bytes of a text of Latin-1 characters; null when there are others. */
export function encodeLatin1(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) return null;
    bytes[i] = code;
  }
  return bytes;
}

/** A name from a file as an error shows it: quoted, and no longer than a line. */
export function quote(name: string): string {
  return JSON.stringify(name.length > QUOTED ? `${name.slice(0, QUOTED)}…` : name);
}
