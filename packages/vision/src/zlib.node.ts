import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';

/** Unpacks a gzip file of exactly `size` bytes; throws when it is damaged or holds fewer or more, before more are made. */
export function gunzip(packed: Uint8Array, size: number): Uint8Array {
  return exactly(size, gunzipSync(packed, { maxOutputLength: Math.max(1, size) }));
}

/** Packs bytes as a gzip file. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

/** Unpacks a zlib stream of exactly `size` bytes, as `gunzip` does. */
export function inflate(packed: Uint8Array, size: number): Uint8Array {
  return exactly(size, inflateSync(packed, { maxOutputLength: Math.max(1, size) }));
}

/** Packs bytes as a zlib stream. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes);
}

/** A plain array over a Buffer's bytes, for a Buffer's `slice` does not copy. */
function exactly(size: number, { buffer, byteOffset, length }: Buffer): Uint8Array {
  if (length !== size) throw new RangeError(`${length} bytes come out, not ${size}`);
  return new Uint8Array(buffer, byteOffset, length);
}
