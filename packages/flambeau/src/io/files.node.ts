import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One system call moves at most this much. */
const STEP = 1 << 30;

/** The bytes of a file. */
export function readFile(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(fstatSync(file).size);
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(file, bytes, done, Math.min(STEP, bytes.length - done), done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a file whole or not at all: the chunks go to a temporary name in the same folder, are flushed to the disk and only then take the
 * real name. Whatever happens before (a full disk, an error while a chunk is made, a crash), the old file stays as it was.
 */
export function writeFile(path: string, chunks: Iterable<Uint8Array>): void {
  const target = followLinks(path);
  const { randomBytes } = process.getBuiltinModule('node:crypto'); // loaded with the first file: it costs an import 5 ms
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(temporary, 'wx');
  try {
    try {
      for (const chunk of chunks) writeAll(file, chunk);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  flushFolder(dirname(target));
}

/** A link is written through, not replaced. */
function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // nothing there yet
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, Math.min(STEP, bytes.length - done));
}

/** The new name is on the disk only when its folder is; systems that cannot open folders do this by themselves. */
function flushFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // Not every file system flushes folders; the file itself is safe by now.
  } finally {
    closeSync(handle);
  }
}
