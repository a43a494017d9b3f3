import type { DownloadProgress } from '../download/options.js';

/** One of the four files in which MNIST was published. */
export interface MnistFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** The files that hold the 60 000 pictures for training and the 10 000 for the test. */
export const MNIST_FILES = {
  trainImages: {
    name: 'train-images-idx3-ubyte.gz',
    size: 9_912_422,
    sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte.gz',
    size: 28_881,
    sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
  },
  testImages: {
    name: 't10k-images-idx3-ubyte.gz',
    size: 1_648_877,
    sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte.gz',
    size: 4_542,
    sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
  },
} as const satisfies Record<string, MnistFile>;

/** Which of the four. */
export type MnistFileKey = keyof typeof MNIST_FILES;

/** Public addresses of all four files, the quickest to answer first. */
export const MNIST_MIRRORS = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://raw.githubusercontent.com/fgnt/mnist/master/',
];

/** Where to look for MNIST, and whether to fetch it. */
export interface MnistSearch {
  /** A folder that must hold it. Without one: `$FLAMBEAU_DATA/mnist`, then the cache, then the mirrors. */
  folder?: string;
  /** Whether it may be downloaded into the cache (default true). */
  download?: boolean;
  /** Addresses to download from; each must end with a slash. */
  mirrors?: readonly string[];
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

/** The four files as they lie in a folder, or why they are not to be had. */
export type MnistFound =
  | { folder: string; files: Record<MnistFileKey, Uint8Array>; missing?: undefined }
  | { folder?: undefined; missing: string };
