import { findMnist } from '#platform';
import type { DownloadProgress } from '../download/options.js';
import { FormatError } from '../errors.js';
import { DIGIT_SIDE } from '../image/center.js';
import { type DigitSplit, drawDigits } from './drawn-digits.js';
import { readIdx } from './idx.js';
import { MNIST_FILES, type MnistFileKey, type MnistFound, type MnistSearch } from './mnist-files.js';

/** Digits to learn from and digits to be tested on. */
export interface Digits {
  train: DigitSplit;
  test: DigitSplit;
  /** Which digits these are, for every output to say: `MNIST (folder)` or `drawn digits`. */
  source: string;
}

/** Where digits come from. */
export interface DigitsOptions extends MnistSearch {
  /** Takes the lines that a user should see: what is being fetched, and why these are not the real digits. */
  log?: (line: string) => void;
  /** Seed of the drawn digits (default 0). */
  seed?: number;
  /** How many digits to draw for training and for the test where MNIST cannot be had (default 30 000 and 5000). */
  drawn?: readonly [train: number, test: number];
}

/**
 * The handwritten digits of MNIST (LeCun, Cortes and Burges): 60 000 to train, 10 000 to test. Taken from `folder` or else from
 * `$FLAMBEAU_DATA/mnist` or the cache, or else downloaded into the cache. Where that cannot be, digits are drawn, and `log` and
 * `source` say so.
 *
 * @throws FormatError when a file is damaged or `folder` does not hold the data set
 * @example
 * const { train, test, source } = await loadDigits({ log: console.log });
 */
export async function loadDigits(options: DigitsOptions = {}): Promise<Digits> {
  const { log, seed = 0, drawn: [train, test] = [30_000, 5000] } = options;
  const found = await findMnist({ ...options, onProgress: options.onProgress ?? (log && progressLines(log)) });
  if (found.missing === undefined) return readMnist(found);
  log?.(`MNIST cannot be had (${found.missing}): these are drawn digits`);
  return {
    train: drawDigits(train, { seed: 2 * seed }),
    test: drawDigits(test, { seed: 2 * seed + 1 }),
    source: 'drawn digits',
  };
}

function readMnist({ folder, files }: Extract<MnistFound, { folder: string }>): Digits {
  const split = (images: MnistFileKey, labels: MnistFileKey): DigitSplit => {
    const split = { images: read(folder, files, images, 3), labels: read(folder, files, labels, 1) };
    if (split.images.length !== split.labels.length * DIGIT_SIDE * DIGIT_SIDE) {
      throw new FormatError(
        `loadDigits: ${folder}: not as many labels (${split.labels.length}) as pictures of 28 × 28`,
      );
    }
    const wrong = split.labels.find((label) => label > 9);
    if (wrong !== undefined) throw new FormatError(`loadDigits: ${folder}: a label is ${wrong}, which is no digit`);
    return split;
  };
  return {
    train: split('trainImages', 'trainLabels'),
    test: split('testImages', 'testLabels'),
    source: `MNIST (${folder})`,
  };
}

function read(folder: string, files: Record<MnistFileKey, Uint8Array>, key: MnistFileKey, rank: number): Uint8Array {
  const { name } = MNIST_FILES[key];
  try {
    const { dtype, shape, data } = readIdx(files[key], { maxBytes: 2 ** 28 });
    if (dtype === 'uint8' && shape.length === rank) return data;
    throw new FormatError(`readIdx: ${dtype} [${shape.join(', ')}] where uint8 of ${rank} dimensions was expected`);
  } catch (error) {
    throw new FormatError(`${(error as Error).message} (${folder}, ${name}: delete it to have it fetched again)`);
  }
}

const MEGABYTE = 1e6;
const LINE_EVERY = 1000;

/** Tells about a download in lines: when a file begins, and once a second after that. */
function progressLines(log: (line: string) => void): (progress: DownloadProgress) => void {
  let current = '';
  let next = 0;
  return ({ file, url, received, total }) => {
    const now = performance.now();
    if (file === current && now < next && received !== total) return;
    const of = total === null ? '' : ` of ${(total / MEGABYTE).toFixed(1)}`;
    const from = file === current ? '' : ` from ${new URL(url).host}`;
    if (file !== current || total === null || total > MEGABYTE) {
      log(`${file}: ${(received / MEGABYTE).toFixed(1)}${of} MB${from}`);
    }
    current = file;
    next = now + LINE_EVERY;
  };
}
