import { Gunzip, gzipSync, Unzlib, zlibSync } from 'fflate';
import { join } from './bytes.js';

/** Unpacks a gzip file of exactly `size` bytes; throws when it is damaged or holds fewer or more, before more are made. */
export function gunzip(packed: Uint8Array, size: number): Uint8Array {
  return collect(new Gunzip(), packed, size);
}

/** Packs bytes as a gzip file. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

/** Unpacks a zlib stream of exactly `size` bytes, as `gunzip` does. */
export function inflate(packed: Uint8Array, size: number): Uint8Array {
  return collect(new Unzlib(), packed, size);
}

/** Packs bytes as a zlib stream. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes);
}

/** How much packed data is unpacked between two looks at the size: deflate makes at most 1032 times as much of it. */
const SLICE = 1024;

function collect(stream: Gunzip | Unzlib, packed: Uint8Array, size: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let unpacked = 0;
  stream.ondata = (chunk) => {
    unpacked += chunk.length;
    if (unpacked > size) throw new RangeError(`more than ${size} bytes come out`);
    chunks.push(chunk);
  };
  for (let start = 0; start < packed.length; start += SLICE) {
    stream.push(packed.subarray(start, start + SLICE), start + SLICE >= packed.length);
  }
  if (unpacked !== size) throw new RangeError(`${unpacked} bytes come out, not ${size}`);
  return join(chunks);
}
