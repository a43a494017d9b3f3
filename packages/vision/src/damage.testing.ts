import type { Random } from './random.js';

/** A copy with one to four changes: a byte replaced, a bit turned, a piece cut out, put in, or all the rest cut off. */
export function damage(file: Uint8Array, { below }: Random): Uint8Array {
  let bytes = [...file];
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    switch (below(5)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 2:
        bytes.splice(at, 1 + below(4));
        break;
      case 3:
        bytes.splice(at, 0, ...Array.from({ length: 1 + below(4) }, () => below(256)));
        break;
      case 4:
        bytes = bytes.slice(0, at);
    }
  }
  return Uint8Array.from(bytes);
}
