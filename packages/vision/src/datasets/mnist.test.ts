import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawDigits } from './drawn-digits.js';
import { writeIdx } from './idx.js';
import { loadDigits } from './mnist.js';
import { MNIST_FILES } from './mnist-files.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
  vi.stubEnv('FLAMBEAU_DATA', '');
  vi.stubEnv('FLAMBEAU_CACHE', path.join(root, 'cache'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** A small data set in MNIST's files. */
function writeSet(folder: string, { packed = true, label = 0 } = {}): void {
  mkdirSync(folder, { recursive: true });
  for (const [images, labels, count] of [
    [MNIST_FILES.trainImages, MNIST_FILES.trainLabels, 6],
    [MNIST_FILES.testImages, MNIST_FILES.testLabels, 4],
  ] as const) {
    const digits = drawDigits(count);
    if (label > 0) digits.labels[1] = label;
    const write = (name: string, bytes: Uint8Array) =>
      writeFileSync(path.join(folder, packed ? name : name.replace('-idx', '.idx').replace('.gz', '')), bytes);
    write(images.name, writeIdx({ dtype: 'uint8', shape: [count, 28, 28], data: digits.images }, { packed }));
    write(labels.name, writeIdx({ dtype: 'uint8', shape: [count], data: digits.labels }, { packed }));
  }
}

describe('loadDigits', () => {
  it.each([true, false])('reads the four files of a folder, packed: %s', async (packed) => {
    const folder = path.join(root, 'mine');
    writeSet(folder, { packed });
    const { train, test, source } = await loadDigits({ folder });
    expect(train).toEqual(drawDigits(6));
    expect(test.labels).toHaveLength(4);
    expect(source).toBe(`MNIST (${folder})`);
  });

  it('looks in FLAMBEAU_DATA before the cache', async () => {
    vi.stubEnv('FLAMBEAU_DATA', path.join(root, 'data'));
    writeSet(path.join(root, 'cache', 'mnist'));
    expect((await loadDigits({ download: false })).source).toBe(`MNIST (${path.join(root, 'cache', 'mnist')})`);
    writeSet(path.join(root, 'data', 'mnist'));
    expect((await loadDigits({ download: false })).source).toBe(`MNIST (${path.join(root, 'data', 'mnist')})`);
  });

  it('draws digits where MNIST cannot be had, and says so in one line', async () => {
    const lines: string[] = [];
    const digits = await loadDigits({ download: false, drawn: [30, 20], seed: 3, log: (line) => lines.push(line) });
    expect(digits.source).toBe('drawn digits');
    expect(digits.train.labels).toHaveLength(30);
    expect(digits.test.labels).toHaveLength(20);
    expect(digits.test.images.subarray(0, 784)).not.toEqual(digits.train.images.subarray(0, 784));
    expect(lines).toEqual([
      expect.stringMatching(/^MNIST cannot be had \(it is not in .* and downloading is off\): these are drawn digits$/),
    ]);
  });

  it('does not take a given folder’s word for it', async () => {
    const folder = path.join(root, 'mine');
    await expect(loadDigits({ folder })).rejects.toThrow(
      `${folder} has no train-images-idx3-ubyte.gz, no train-labels`,
    );
    writeSet(folder, { label: 10 });
    await expect(loadDigits({ folder })).rejects.toThrow('a label is 10, which is no digit');
    writeSet(folder);
    const labels = writeIdx({ dtype: 'uint8', shape: [5], data: new Uint8Array(5) }, { packed: true });
    writeFileSync(path.join(folder, MNIST_FILES.trainLabels.name), labels);
    await expect(loadDigits({ folder })).rejects.toThrow('not as many labels (5) as pictures');
    writeFileSync(path.join(folder, MNIST_FILES.trainLabels.name), labels.subarray(0, 20));
    await expect(loadDigits({ folder })).rejects.toThrow(/gzip file is damaged or cut off.*train-labels/);
    writeFileSync(
      path.join(folder, MNIST_FILES.trainLabels.name),
      readFileSync(path.join(folder, MNIST_FILES.trainImages.name)),
    );
    await expect(loadDigits({ folder })).rejects.toThrow('where uint8 of 1 dimensions was expected');
  });
});

const real = path.join(process.env.FLAMBEAU_DATA ?? '', 'mnist');
const present = process.env.FLAMBEAU_DATA !== undefined && existsSync(path.join(real, MNIST_FILES.testImages.name));

describe.skipIf(!present)('MNIST itself (FLAMBEAU_DATA/mnist)', () => {
  it('has 60 000 and 10 000 digits, and the first of them is a 5', async () => {
    const { train, test } = await loadDigits({ folder: real });
    expect([train.labels.length, test.labels.length]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  it('comes into the cache from the first mirror that has it, and is found there the next time', async () => {
    const server = createServer(({ url = '' }, response) => {
      if (url.startsWith('/dead')) response.writeHead(404).end();
      else response.end(readFileSync(path.join(real, path.basename(url))));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const lines: string[] = [];
    try {
      const mirrors = [`${host}/dead/`, `${host}/mnist/`];
      const { source } = await loadDigits({ mirrors, log: (line) => lines.push(line) });
      expect(source).toBe(`MNIST (${path.join(root, 'cache', 'mnist')})`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(lines[0]).toMatch(/train-images-idx3-ubyte\.gz: .* of 9\.9 MB from 127\.0\.0\.1/);
    const again = await loadDigits({ download: false });
    expect(again.train.labels).toHaveLength(60_000);
  });
});
