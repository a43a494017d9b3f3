import { Gunzip, gzipSync, Unzlib, zlibSync } from 'fflate';

/** Unpacks a gzip file; throws as soon as more than `limit` bytes would come out. */
export function gunzip(packed: Uint8Array, limit: number): Uint8Array {
  return collect(new Gunzip(), packed, limit);
}

/** Packs bytes as a gzip file. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes);
}

/** Unpacks a zlib stream; throws as soon as more than `limit` bytes would come out. */
export function inflate(packed: Uint8Array, limit: number): Uint8Array {
  return collect(new Unzlib(), packed, limit);
}

/** Packs bytes as a zlib stream. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes);
}

/** How much packed data is unpacked before the limit is looked at: deflate makes at most 1032 times as much of it. */
const SLICE = 1024;

function collect(stream: Gunzip | Unzlib, packed: Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  stream.ondata = (chunk, final) => {
    size += chunk.length;
    if (size > limit) throw new RangeError(`more than ${limit} bytes come out`);
    chunks.push(chunk);
    ended ||= final;
  };
  for (let start = 0; start < packed.length; start += SLICE) {
    stream.push(packed.subarray(start, start + SLICE), start + SLICE >= packed.length);
  }
  if (!ended) throw new Error('unexpected end of file');
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
