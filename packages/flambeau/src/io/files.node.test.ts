import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFile, writeFile } from './files.node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flambeau-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('a file is the chunks one after the other', () => {
  const path = join(folder, 'a.bin');
  writeFile(path, [bytes(1, 2), bytes(), bytes(3)]);
  expect(readFile(path)).toEqual(bytes(1, 2, 3));
  expect(readdirSync(folder)).toEqual(['a.bin']);
});

test('until everything is written the old file is there, and only its name', () => {
  const path = join(folder, 'a.bin');
  writeFile(path, [bytes(1)]);
  writeFile(
    path,
    (function* () {
      yield bytes(2);
      expect(readFileSync(path)).toEqual(Buffer.from([1]));
      expect(readdirSync(folder)).toHaveLength(2);
      yield bytes(3);
    })(),
  );
  expect(readFile(path)).toEqual(bytes(2, 3));
});

test('an error on the way leaves the old file and nothing else', () => {
  const path = join(folder, 'a.bin');
  writeFile(path, [bytes(1)]);
  const failing = function* (): Generator<Uint8Array> {
    yield bytes(2);
    throw new RangeError('no more');
  };
  expect(() => writeFile(path, failing())).toThrow('no more');
  expect(readFile(path)).toEqual(bytes(1));
  expect(readdirSync(folder)).toEqual(['a.bin']);
});

test('a target that cannot be replaced leaves nothing behind', () => {
  expect(() => writeFile(folder, [bytes(1)])).toThrow();
  expect(readdirSync(folder)).toEqual([]);
  expect(() => writeFile(join(folder, 'missing', 'a.bin'), [bytes(1)])).toThrow('ENOENT');
});

test('a process that is killed in the middle leaves the old file', () => {
  const path = join(folder, 'a.bin');
  writeFile(path, [bytes(1)]);
  const code = `import { writeFile } from '#files';
    writeFile(process.argv[1], (function* () { yield new Uint8Array(100_000); process.kill(process.pid, 'SIGKILL'); yield new Uint8Array(1); })());`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code, path], {
    cwd: import.meta.dirname,
  });
  expect(signal).toBe('SIGKILL');
  expect(readFile(path)).toEqual(bytes(1));
});

test('a link is written through', () => {
  const real = join(folder, 'real.bin');
  const link = join(folder, 'link.bin');
  writeFileSync(real, 'old');
  symlinkSync(real, link);
  writeFile(link, [bytes(1)]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFile(real)).toEqual(bytes(1));
});
