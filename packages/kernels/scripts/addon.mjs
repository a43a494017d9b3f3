// How the native addon is built: for installing in build/, for looking after memory and threads in folders of their own.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compile, prune, run, words } from './compile.mjs';
import { writeHeader } from './list.mjs';
import { digest, nativeCore, perTarget, root } from './sources.mjs';

/** Where builds, and what compilers said of them, lie. */
export const build = join(root, 'build');

/** Flags of each target of this machine's architecture: what may be used, by level. */
const targets = {
  x64: { avx512: ['-march=x86-64-v4'], avx2: ['-march=x86-64-v3'], baseline: ['-march=x86-64'] },
  arm64: { neon: [] },
}[process.arch];

const optimize = ['-O3', '-ffp-contract=fast', '-fno-math-errno', '-fno-trapping-math'];
const common = [
  '-std=c++17',
  '-fPIC',
  '-pthread',
  '-fno-exceptions',
  '-fno-rtti',
  '-fwrapv',
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  '-Wall',
  '-Wno-psabi',
  '-Wno-unknown-pragmas',
];
const link =
  process.platform === 'darwin'
    ? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-x']
    : ['-shared', '-pthread', '-s', '-Wl,-z,nodelete', '-Wl,--no-undefined-version'];

/** The C++ compiler of this machine, and what it says of itself. */
export async function findCompiler() {
  const candidates = process.env.CXX ? [words(process.env.CXX)] : [['c++'], ['g++'], ['clang++']];
  for (const compiler of candidates) {
    try {
      return { compiler, version: await run([...compiler, '--version']) };
    } catch {
      // The next one, or none.
    }
  }
  throw Object.assign(new Error('no C++ compiler was found'), {
    cure: 'install g++ or clang++ (Debian: apt install g++; macOS: xcode-select --install)',
  });
}

function jobs(core, all) {
  const further = [...words(process.env.CXXFLAGS), ...all];
  const napi = join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  const once = nativeCore.map((source) => ({
    source,
    label: source,
    flags: [...common, '-O2', `-I${napi}`, ...further, ...core],
  }));
  const each = Object.entries(targets).flatMap(([target, machine]) =>
    perTarget.map((source) => ({
      source,
      label: `${source} for ${target}`,
      flags: [...common, ...optimize, ...machine, `-DTARGET=${target}`, ...further],
    })),
  );
  return [...once, ...each];
}

/**
 * Builds `folder`/flambeau.node, unless it belongs to the sources already.
 * @param {string} folder
 * @param {{ core?: string[], all?: string[] }} extra further flags: of what is compiled once, and of everything, the linker included
 * @returns {Promise<string>} the addon's path
 */
export async function buildAddon(folder = build, { core = [], all = [] } = {}) {
  if (!targets || process.platform === 'win32') {
    throw Object.assign(new Error(`no native kernels for ${process.platform} ${process.arch} yet`), {
      cure: 'nothing to do',
    });
  }
  const addon = join(folder, 'flambeau.node');
  const stampFile = join(folder, 'flambeau.stamp');
  mkdirSync(folder, { recursive: true });
  writeHeader();
  const { compiler, version } = await findCompiler();
  const list = jobs(core, all);
  const stamp = digest(
    list.map(({ source }) => source),
    version,
    JSON.stringify([compiler, list, link]),
  );
  if (existsSync(addon) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return addon;

  const own = all.length > 0 ? folder : build; // further flags for the core alone leave the kernels' objects as they are
  const objects = join(own, 'objects');
  const say = process.stdout.isTTY
    ? (text) => process.stdout.write(`\r\x1b[Kkernels: ${text} (${list.length} files)`)
    : undefined;
  const made = await compile(compiler, version, list, objects, say);
  const linking = all.length > 0 ? link.filter((flag) => flag !== '-s') : link; // keeps names for sanitizers
  const draft = `${addon}.${process.pid}`;
  await run([...compiler, ...words(process.env.CXXFLAGS), ...all, ...made, ...linking, '-o', draft]);
  renameSync(draft, addon);
  writeFileSync(stampFile, stamp);
  if (folder === own) prune(objects, made);
  if (root.includes('node_modules')) rmSync(objects, { recursive: true });
  if (say) process.stdout.write('\r\x1b[K');
  return addon;
}
