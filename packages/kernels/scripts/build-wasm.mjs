// Builds the WebAssembly module with clang, lld and the maths library of wasi-libc, and writes what is committed of it:
//
//   wasm/flambeau.wasm               the module, which Node reads
//   src/wasm-bytes.generated.ts      the same bytes as text, for bundles of browsers
//   wasm/stamp.json                  digests of the sources and of the module: `npm run check` compares them
//
//   WASM_CXX     the compiler, clang++-19 or clang-19 unless said otherwise (Debian: clang-19 lld-19 wasi-libc)
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, run, words } from './compile.mjs';
import { writeHeader } from './list.mjs';
import { cpp, digest, perTarget, root, wasmCore } from './sources.mjs';

const folder = join(root, 'wasm');
const stampFile = join(folder, 'stamp.json');
const flags = [
  '--target=wasm32-wasi',
  '-std=c++17',
  '-O3',
  '-msimd128',
  '-ffp-contract=fast',
  '-fno-math-errno',
  '-fno-exceptions',
  '-fno-rtti',
  '-fwrapv',
  '-fno-threadsafe-statics',
  '-fvisibility=hidden',
  '-isystem',
  join(cpp, 'wasm', 'include'),
  '-isystem',
  '/usr/include/wasm32-wasi',
  '-Wno-unknown-pragmas',
];
const link = [
  '-nostdlib',
  '-fuse-ld=lld',
  '-L/usr/lib/wasm32-wasi',
  '-lm',
  '-lc',
  '-Wl,--no-entry,--strip-all,--gc-sections',
  '-Wl,-z,stack-size=1048576',
  '-Wl,--initial-memory=4194304,--max-memory=4294967296',
];

const sources = [...wasmCore, ...perTarget];

/** What the module depends on, in a form that does not change from machine to machine. */
const sourceDigest = () => digest(sources, JSON.stringify(flags.filter((flag) => !flag.includes(root))));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const bytesModule = (wasm) => `// Written by scripts/build-wasm.mjs. Do not edit.
/** The WebAssembly module, in base64. */
export const wasmBase64 =
  '${wasm.toString('base64')}';
`;

async function buildModule() {
  writeHeader();
  const compiler = words(process.env.WASM_CXX ?? 'clang++-19');
  const version = await run([...compiler, '--version']);
  const jobs = sources.map((source) => ({
    source,
    label: source,
    flags: [...flags, ...(perTarget.includes(source) ? ['-DTARGET=simd128'] : [])],
  }));
  const objects = await compile(compiler, version, jobs, join(root, 'build', 'wasm-objects'), (text) =>
    console.log(text),
  );
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'flambeau.wasm');
  await run([...compiler, '--target=wasm32-wasi', ...objects, ...link, '-o', file]);
  const wasm = readFileSync(file);
  writeFileSync(join(root, 'src', 'wasm-bytes.generated.ts'), bytesModule(wasm));
  writeFileSync(stampFile, `${JSON.stringify({ sources: sourceDigest(), module: sha256(wasm) }, null, 2)}\n`);
  console.log(`${file}: ${wasm.length} bytes`);
}

/** Whether the committed module is of these sources. Needs no compiler. */
function check() {
  writeHeader();
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  const wasm = readFileSync(join(folder, 'flambeau.wasm'));
  const wrong = [];
  if (stamp.sources !== sourceDigest()) wrong.push('the sources have changed since wasm/flambeau.wasm was built');
  if (stamp.module !== sha256(wasm)) wrong.push('wasm/flambeau.wasm is not the module that the stamp names');
  if (readFileSync(join(root, 'src', 'wasm-bytes.generated.ts'), 'utf8') !== bytesModule(wasm))
    wrong.push('src/wasm-bytes.generated.ts has other bytes than wasm/flambeau.wasm');
  for (const line of wrong) console.error(`kernels: ${line}; run npm run --workspace @flambeau/kernels build:wasm`);
  if (wrong.length > 0) process.exitCode = 1;
}

if (process.argv.includes('--check')) {
  check();
} else {
  try {
    await buildModule();
  } catch (error) {
    console.error(error.output ?? error);
    process.exitCode = 1;
  }
}
