import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../download/cache.node.js';
import { download } from '../download/download.node.js';
import { DownloadError, FormatError } from '../errors.js';
import { MNIST_FILES, MNIST_MIRRORS, type MnistFileKey, type MnistFound, type MnistSearch } from './mnist-files.js';

const KEYS = Object.keys(MNIST_FILES) as MnistFileKey[];

/**
 * Finds the four files of MNIST, or fetches them.
 *
 * @throws FormatError when `folder` is given and lacks one of them
 */
export async function findMnist(search: MnistSearch): Promise<MnistFound> {
  if (search.folder !== undefined) {
    const missing = missingIn(search.folder);
    if (missing.length === 0) return readAll(search.folder);
    throw new FormatError(
      `loadDigits: ${search.folder} has no ${missing.map((key) => MNIST_FILES[key].name).join(', no ')}`,
    );
  }
  const shared = process.env.FLAMBEAU_DATA;
  const cache = path.join(cacheFolder(), 'mnist');
  for (const folder of [...(shared ? [path.join(shared, 'mnist')] : []), cache]) {
    if (missingIn(folder).length === 0) return readAll(folder);
  }
  if (search.download === false) return { missing: `it is not in ${cache} and downloading is off` };
  try {
    for (const key of missingIn(cache)) await fetchInto(cache, key, search);
  } catch (error) {
    if (error instanceof DownloadError || isFileError(error)) return { missing: error.message };
    throw error;
  }
  return readAll(cache);
}

/** The system's refusal to make or write a file: a read-only home is no reason to fail. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

async function fetchInto(cache: string, key: MnistFileKey, search: MnistSearch): Promise<void> {
  const { name, size, sha256 } = MNIST_FILES[key];
  const { mirrors = MNIST_MIRRORS, onProgress, signal } = search;
  const urls = mirrors.map((mirror) => mirror + name);
  await download({ urls, file: path.join(cache, name), size, sha256, onProgress, signal });
}

function missingIn(folder: string): MnistFileKey[] {
  return KEYS.filter((key) => pathIn(folder, key) === undefined);
}

/** A file as published, or unpacked under either of the names that are about. */
function pathIn(folder: string, key: MnistFileKey): string | undefined {
  const { name } = MNIST_FILES[key];
  const unpacked = name.replace('.gz', '');
  return [name, unpacked, unpacked.replace('-idx', '.idx')]
    .map((n) => path.join(folder, n))
    .find((file) => existsSync(file));
}

function readAll(folder: string): MnistFound {
  const read = (key: MnistFileKey): Uint8Array => readFileSync(pathIn(folder, key)!);
  return {
    folder,
    files: {
      trainImages: read('trainImages'),
      trainLabels: read('trainLabels'),
      testImages: read('testImages'),
      testLabels: read('testLabels'),
    },
  };
}
