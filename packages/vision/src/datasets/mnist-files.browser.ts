import type { MnistFound, MnistSearch } from './mnist-files.js';

/** A browser has no folders to look in. Read fetched files with `readIdx`. */
export async function findMnist(_search: MnistSearch): Promise<MnistFound> {
  return { missing: 'a browser has no data folders' };
}
