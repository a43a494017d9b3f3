// Builds the native addon, build/flambeau.node, with the C++ compiler of this machine. Runs at installation.
//
//   CXX, CXXFLAGS            the compiler and further flags, as everywhere
//   node scripts/build.mjs --require    fails where it cannot be built; otherwise the WebAssembly engine takes its place
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compile, prune, run, words } from './compile.mjs';
import { writeHeader } from './list.mjs';
import { digest, nativeCore, perTarget, root } from './sources.mjs';

const build = join(root, 'build');
const addon = join(build, 'flambeau.node');
const stampFile = join(build, 'flambeau.stamp');
const log = join(build, 'build.log');

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

async function findCompiler() {
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

function jobs() {
  const further = words(process.env.CXXFLAGS);
  const napi = join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  const once = nativeCore.map((source) => ({
    source,
    label: source,
    flags: [...common, '-O2', `-I${napi}`, ...further],
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

async function buildAddon() {
  if (!targets || process.platform === 'win32') {
    throw Object.assign(new Error(`no native kernels for ${process.platform} ${process.arch} yet`), {
      cure: 'nothing to do',
    });
  }
  mkdirSync(build, { recursive: true });
  writeHeader();
  const { compiler, version } = await findCompiler();
  const list = jobs();
  const stamp = digest(
    list.map(({ source }) => source),
    version,
    JSON.stringify([compiler, list, link]),
  );
  if (existsSync(addon) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const objects = join(build, 'objects');
  const say = process.stdout.isTTY
    ? (text) => process.stdout.write(`\r\x1b[Kkernels: ${text} (${list.length} files)`)
    : undefined;
  const made = await compile(compiler, version, list, objects, say);
  const draft = `${addon}.${process.pid}`;
  await run([...compiler, ...words(process.env.CXXFLAGS), ...made, ...link, '-o', draft]);
  renameSync(draft, addon);
  writeFileSync(stampFile, stamp);
  rmSync(log, { force: true });
  prune(objects, made);
  if (root.includes('node_modules')) rmSync(objects, { recursive: true });
  if (say) process.stdout.write('\r\x1b[K');
}

/** One line for whoever installs; what the compiler said in full is in the log. */
function explain(error) {
  const said = error.output ?? String(error.stack ?? error);
  rmSync(addon, { force: true });
  mkdirSync(build, { recursive: true });
  writeFileSync(log, said);
  const first = error.output
    ?.split('\n')
    .find((line) => /error|fatal/i.test(line))
    ?.trim();
  const why = first ? `${error.message}: ${first} (see ${log})` : error.message;
  return `flambeau: the WebAssembly engine is used: ${why}; for several times the speed, ${error.cure ?? 'repair that'} and run npm rebuild @flambeau/kernels`;
}

try {
  await buildAddon();
} catch (error) {
  console.log(explain(error));
  if (process.argv.includes('--require')) process.exitCode = 1;
}
