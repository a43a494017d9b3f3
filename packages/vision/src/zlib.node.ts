import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';

/** Unpacks a gzip file; throws as soon as more than `limit` bytes would come out. */
export function gunzip(packed: Uint8Array, limit: number): Uint8Array {
  return gunzipSync(packed, { maxOutputLength: Math.max(1, limit) });
}

/** Packs bytes as a gzip file. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

/** Unpacks a zlib stream; throws as soon as more than `limit` bytes would come out. */
export function inflate(packed: Uint8Array, limit: number): Uint8Array {
  return inflateSync(packed, { maxOutputLength: Math.max(1, limit) });
}

/** Packs bytes as a zlib stream. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes);
}
