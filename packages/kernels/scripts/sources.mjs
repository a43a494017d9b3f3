// The C++ sources: which are compiled once, which once per target, and what each depends on.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const cpp = join(root, 'cpp');

/** Compiled once, without any instructions beyond the baseline. */
export const nativeCore = [
  'addon',
  'allocator',
  'block',
  'pool',
  'processors',
  'scratch',
  'select',
  'system',
  'threads',
  'tickets',
].map((name) => `${name}.cpp`);

/** The kernels' own files and the table: compiled for every target. */
export const perTarget = readdirSync(cpp, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter(
    (name) =>
      name.endsWith('.cpp') && !name.endsWith('.test.cpp') && !nativeCore.includes(name) && !name.startsWith('wasm/'),
  )
  .sort();

/** Everything in cpp/wasm, its headers too. */
export const wasmOwn = readdirSync(join(cpp, 'wasm'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(cpp, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();

/** The WebAssembly module: some of the core, its own files, and the kernels. */
export const wasmSources = [
  'allocator.cpp',
  'block.cpp',
  'pool.cpp',
  'scratch.cpp',
  ...wasmOwn.filter((name) => name.endsWith('.cpp')),
  ...perTarget.filter((name) => name !== 'table.cpp'),
];

const includes = new Map();

/** The project's headers that a file includes itself, as paths below cpp/. */
function directIncludes(file) {
  let found = includes.get(file);
  if (!found) {
    const text = readFileSync(join(cpp, file), 'utf8');
    found = [...text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)]
      .map(([, name]) =>
        [normalize(join(dirname(file), name)), normalize(name)].find((path) => existsSync(join(cpp, path))),
      )
      .filter((path) => path !== undefined);
    includes.set(file, found);
  }
  return found;
}

/** A file and all headers of the project that it comes to include. */
function closure(file, into = new Set()) {
  if (!into.has(file)) {
    into.add(file);
    for (const header of directIncludes(file)) closure(header, into);
  }
  return into;
}

/** A digest of a source, everything it includes and `extra`. */
export function digest(files, ...extra) {
  const hash = createHash('sha256');
  const all = new Set();
  for (const file of files) closure(file, all);
  for (const file of [...all].sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(cpp, file)))
      .update('\0');
  for (const text of extra) hash.update(`${text}\0`);
  return hash.digest('hex').slice(0, 32);
}
