import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DownloadError } from '../errors.js';
import { MirrorError, type Transfer, transfer, WrongBytes } from './mirror.node.js';
import type { DownloadOptions } from './options.js';

/**
 * Fetches a file from the first of several addresses that gives the right bytes. A download that was cut off is continued, also
 * from another address. The file gets its name only when it is complete, has the right checksum and is safe on the disk.
 *
 * @returns the path of the file
 * @throws DownloadError when no address gives the file; its `offline` tells whether the network is to blame
 * @example
 * await download({ urls: ['https://example.org/data.gz'], file: 'data.gz', size: 9_912_422, sha256: '440f…' });
 */
export async function download(options: DownloadOptions): Promise<string> {
  const { file, urls, signal } = options;
  const part = `${file}.part`;
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  if (checksums(options).length === 0) await rm(part, { force: true });

  const failures: { url: string; error: MirrorError }[] = [];
  for (const url of urls) {
    signal?.throwIfAborted();
    const error = await completeFrom(url, part, options);
    if (error === null) {
      await rename(part, file);
      await syncFolder(folder);
      return file;
    }
    failures.push({ url, error });
    if (error.hopeless) break;
  }
  const reasons = failures.map(({ url, error }) => `${new URL(url).host} ${error.message}`).join('; ');
  const offline = failures.length > 0 && failures.every(({ error }) => error.network);
  throw new DownloadError(
    `${path.basename(file)} ${offline ? 'needs a network' : 'could not be had'}: ${reasons}`,
    failures.map(({ url, error }) => ({ url, reason: error.message })),
    offline,
  );
}

/** How often an address may break off, having given something each time, before the next one is asked. */
const MOST_RESUMES = 5;

/** Completes the part file from one address; on failure the part stays for the next one if it may be right. Null is success. */
async function completeFrom(url: string, part: string, options: DownloadOptions): Promise<MirrorError | null> {
  for (let resumes = 0; ; ) {
    if ((await sizeOf(part)) > (options.size ?? Infinity)) await rm(part);
    const before = await sizeOf(part);
    try {
      if (before === 0 || before !== options.size) await fetchRest(url, part, before, options);
      await check(part, options);
      return null;
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error;
      if (error instanceof WrongBytes) {
        await rm(part, { force: true });
        if (before === 0) return error; // all of it came from here
      } else {
        const advanced = (await sizeOf(part)) > before;
        if (!advanced || resumes === MOST_RESUMES) return error;
        resumes++;
      }
    }
  }
}

async function fetchRest(url: string, part: string, from: number, options: DownloadOptions): Promise<void> {
  const { size, maxSize = 4 * 2 ** 30, answerTimeout = 5000, idleTimeout = 15_000, onProgress } = options;
  const save = async ({ start, total, body }: Transfer): Promise<void> => {
    if (size !== undefined && total !== null && total !== size) {
      throw new MirrorError(`says that the file has ${total} bytes, not ${size}`);
    }
    const limit = size ?? maxSize;
    const handle = await open(part, start > 0 ? 'r+' : 'w');
    let received = start;
    try {
      for await (const chunk of body) {
        if (received + chunk.length > limit) throw new WrongBytes(`sends more than ${limit} bytes`);
        await writeAll(handle, chunk, received);
        received += chunk.length;
        onProgress?.({ file: options.file, url, received, total: size ?? total });
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const expected = size ?? total ?? received;
    if (received !== expected) throw new MirrorError(`ends after ${received} of ${expected} bytes`);
  };
  await transfer(url, from, { answer: answerTimeout, idle: idleTimeout }, options.signal, save);
}

function checksums(options: DownloadOptions): { method: string; expected: string }[] {
  return (['sha256', 'md5'] as const).flatMap((method) => {
    const expected = options[method];
    return expected === undefined ? [] : [{ method, expected: expected.toLowerCase() }];
  });
}

/** Reads the part back from the disk, so that what is checked is what will be used. */
async function check(part: string, options: DownloadOptions): Promise<void> {
  for (const { method, expected } of checksums(options)) {
    const hash = createHash(method);
    await pipeline(createReadStream(part), hash);
    const found = hash.digest('hex');
    if (found !== expected) throw new WrongBytes(`sends wrong bytes (${method} ${found}, not ${expected})`);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Makes a rename last. Not every system can open a folder; there it lasts without. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
