import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, download } from '@flambeau/vision/node';
import * as fl from 'flambeau';

/** The Boston housing data: 13 features and the median price of a house in 1000 $, one row a town. */
export interface Housing {
  /** (N, 13) */
  features: fl.Tensor;
  /** (N) */
  prices: fl.Tensor;
  /** What the numbers are, for every output to say. */
  source: string;
}

const COLUMNS = 14;
const FILE = {
  name: 'housing.data',
  size: 49_082,
  sha256: 'baadf72995725d76efe787b664e1f083388c79ba21ef9a7990d87f774184735a',
  urls: [
    'https://archive.ics.uci.edu/ml/machine-learning-databases/housing/housing.data',
    'https://raw.githubusercontent.com/selva86/datasets/master/BostonHousing.data',
  ],
};

/** Rows of 14 columns, parted by white space. @throws FormatError that names the line */
export function parseHousing(text: string, source: string): Housing {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const row = line.trim().split(/\s+/).map(Number);
      if (row.length !== COLUMNS || row.some(Number.isNaN))
        throw new fl.FormatError(`${source}, line ${i + 1}: expected ${COLUMNS} numbers`);
      return row;
    });
  return {
    features: fl.tensor(
      rows.map((row) => row.slice(0, -1)),
      { dtype: 'float32' },
    ),
    prices: fl.tensor(
      rows.map((row) => row[COLUMNS - 1]),
      { dtype: 'float32' },
    ),
    source,
  };
}

/** Finds the data: in `folder`, `$FLAMBEAU_DATA/housing` or the cache; else downloads it; else makes some up and says so. */
export async function loadHousing(folder: string | undefined, mayDownload: boolean): Promise<Housing> {
  const shared = process.env.FLAMBEAU_DATA;
  const cache = join(cacheFolder(), 'housing');
  for (const place of [folder, shared && join(shared, 'housing'), cache]) {
    const file = place && join(place, FILE.name);
    if (file && existsSync(file)) return parseHousing(readFileSync(file, 'utf8'), `Boston housing (${file})`);
  }
  if (folder !== undefined) throw new fl.FormatError(`${folder}: no ${FILE.name} there`);
  if (mayDownload) {
    try {
      const file = await download({
        urls: FILE.urls,
        file: join(cache, FILE.name),
        size: FILE.size,
        sha256: FILE.sha256,
      });
      return parseHousing(readFileSync(file, 'utf8'), `Boston housing (${file})`);
    } catch (error) {
      console.log(
        `Boston housing could not be had (${(error as Error).message}): the numbers below are of made-up towns`,
      );
    }
  }
  return madeUpTowns();
}

/** Towns that exist nowhere: 506 rows of the same columns, with prices that follow a rule plus noise. */
function madeUpTowns(): Housing {
  const generator = new fl.Generator().manualSeed(506);
  const features = fl.rand([506, COLUMNS - 1], { generator }).mul(20);
  const weights = fl.randn([COLUMNS - 1], { generator });
  const prices = features
    .matmul(weights)
    .div(10)
    .add(fl.randn([506], { generator }))
    .add(22);
  return { features, prices, source: 'made-up towns' };
}

/** The split of the notes: 496 rows to train, the last 10 to test. */
export function splitHousing({ features, prices }: Housing): {
  train: [fl.Tensor, fl.Tensor];
  test: [fl.Tensor, fl.Tensor];
} {
  const rows = features.shape[0] - 10;
  return {
    train: [features.narrow(0, 0, rows), prices.narrow(0, 0, rows)],
    test: [features.narrow(0, rows, 10), prices.narrow(0, rows, 10)],
  };
}
