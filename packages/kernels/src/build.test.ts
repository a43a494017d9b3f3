import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A copy of the package, without what was built, and a PATH with nothing on it but Node. */
let copy: string;
let bin: string;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  copy = join(folder, 'package');
  bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const name of ['cpp', 'scripts', 'src', 'kernels.list', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, '../../node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(join(copy, '..'), { recursive: true }));

function script(...args: string[]) {
  const env = { PATH: bin, HOME: process.env.HOME };
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env });
}

describe('installing', () => {
  test('without a compiler succeeds, and says in one line what is used and what would be faster', () => {
    const { status, stdout } = script('scripts/build.mjs');
    expect(status).toBe(0);
    expect(stdout).toBe(
      'flambeau: the WebAssembly engine is used: no C++ compiler was found; for several times the speed, install g++ or clang++ (Debian: apt install g++; macOS: xcode-select --install) and run npm rebuild @flambeau/kernels\n',
    );
  });

  test('without a compiler fails where the addon is required', () => {
    expect(script('scripts/build.mjs', '--require').status).toBe(1);
  });

  test('with a compiler that fails says its first error and where the rest is', () => {
    const compiler = join(bin, 'c++');
    writeFileSync(
      compiler,
      '#!/bin/sh\ntest "$1" = --version && exit 0\necho "In file included from x.h:" >&2\necho "x.cpp:1:1: error: no such thing" >&2\nexit 1\n',
    );
    chmodSync(compiler, 0o755);
    symlinkSync('/bin/sh', join(bin, 'sh'));
    const { status, stdout } = script('scripts/build.mjs');
    const log = join(copy, 'build/build.log');
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toContain(`c++ failed (1): x.cpp:1:1: error: no such thing (see ${log})`);
    expect(readFileSync(log, 'utf8')).toContain('In file included from x.h:');
    expect(existsSync(join(copy, 'build/flambeau.node'))).toBe(false);
  });
});

describe('what is committed', () => {
  test('follows from the list and the sources', () => {
    expect(script('scripts/list.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
    expect(script('scripts/build-wasm.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  test('does not when a kernel changed', () => {
    appendFileSync(join(copy, 'cpp/reduce.cpp'), '// another line\n');
    const { status, stderr } = script('scripts/build-wasm.mjs', '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('src/wasm-bytes.generated.ts does not belong to the C++ sources');
  });

  test('does not when the list changed', () => {
    appendFileSync(join(copy, 'kernels.list'), 'another : f32 : out* n\n');
    const { status, stderr } = script('scripts/list.mjs', '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('src/kernels.generated.ts does not follow from kernels.list');
  });

  test.each([
    ['another : f16 : out*', 'kernels.list:1: unknown type "f16"'],
    ['another : f32 : out& n', 'kernels.list:1: cannot read the parameter "out&"'],
    ['another : f32', 'kernels.list:1: expected "names : types : parameters"'],
    ['another another : f32 : n', 'kernels.list:1: another is declared twice'],
  ])('a list cannot say %s', (line, message) => {
    writeFileSync(join(copy, 'kernels.list'), line);
    expect(script('scripts/list.mjs').stderr).toContain(message);
  });
});
