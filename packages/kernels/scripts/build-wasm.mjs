// Builds the WebAssembly module with clang and writes it, as text that any bundler takes, to src/wasm-bytes.generated.ts, which is
// committed: who installs the package needs no clang.
//
//   node scripts/build-wasm.mjs            builds (Debian: apt install clang-19 lld-19)
//   node scripts/build-wasm.mjs --check    fails when the committed module does not belong to the sources; needs no clang
//
//   WASM_CXX    the compiler, `clang++-19` unless said otherwise
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, prune, run, words } from './compile.mjs';
import { writeHeader } from './list.mjs';
import { cpp, digest, root, wasmOwn, wasmSources } from './sources.mjs';

const artefact = join(root, 'src/wasm-bytes.generated.ts');
const WASM_PAGE = 65536;
/** The memory that the module imports, in pages. */
const pages = { initial: 64, maximum: 65535 };
const flags = [
  ...[
    '--target=wasm32',
    '-std=c++17',
    '-O3',
    '-msimd128',
    '-matomics',
    '-mbulk-memory',
    '-mnontrapping-fptoint',
    '-msign-ext',
  ],
  ...['-ffp-contract=fast', '-fno-math-errno', '-fno-trapping-math', '-fno-exceptions', '-fno-rtti', '-fwrapv'],
  ...['-fvisibility=hidden', '-fno-c++-static-destructors', '-nostdinc++', '-Wall', '-Wno-psabi', '-DTARGET=simd128'],
];
const link = [
  ...['--target=wasm32', '-nostdlib', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,--gc-sections', '-Wl,--stack-first'],
  '-Wl,--allow-undefined-file=wasm/imports.txt',
  ...['-Wl,--import-memory', '-Wl,--shared-memory', '-Wl,--export=__stack_pointer', '-Wl,--export=__wasm_init_tls'],
  `-Wl,--initial-memory=${pages.initial * WASM_PAGE}`,
  ...['-Wl,-z,stack-size=1048576', `-Wl,--max-memory=${pages.maximum * WASM_PAGE}`],
];

/** Says which sources a module belongs to. */
const stampOf = () => digest([...wasmSources, ...wasmOwn], JSON.stringify([flags, link]));

function check() {
  const found = /stamp: string = '(\w+)'/.exec(readFileSync(artefact, 'utf8'))?.[1];
  if (found === stampOf()) return;
  console.error('src/wasm-bytes.generated.ts does not belong to the C++ sources: run `node scripts/build-wasm.mjs`');
  process.exitCode = 1;
}

/** Where the module says, of the memory that it imports, that it is shared: the byte that decides whether it can have threads. */
function sharedFlagOf(bytes) {
  const limits = Buffer.from('\x03env\x06memory\x02\x03', 'latin1');
  const at = bytes.indexOf(limits);
  if (at < 0 || bytes.includes(limits, at + 1)) throw new Error('the import of the memory was not found in the module');
  return at + limits.length - 1;
}

async function build() {
  const compiler = words(process.env.WASM_CXX || 'clang++-19');
  const version = await run([...compiler, '--version']);
  const include = join(cpp, 'wasm/include');
  // A function of the C library that is written by its own double must not be taken for that library's and call itself.
  const own = (source) => (source.startsWith('wasm/') ? ['-fno-builtin'] : []);
  const jobs = wasmSources.map((source) => ({
    source,
    label: source,
    flags: [...flags, ...own(source), '-isystem', include],
  }));
  const folder = join(root, 'build/wasm');
  // The stand-ins for the C library's headers are no includes of the project: they count as part of the compiler.
  const objects = await compile(compiler, version + digest(wasmOwn), jobs, folder, (text) => console.log(text));
  const module = join(root, 'build/flambeau.wasm');
  await run([...compiler, ...objects, ...link, '-o', module], { cwd: cpp });
  prune(folder, objects);
  const bytes = readFileSync(module);
  writeFileSync(
    artefact,
    `// Made by scripts/build-wasm.mjs from the C++ sources: ${bytes.length} bytes of WebAssembly.
export const stamp: string = '${stampOf()}';
/** The memory that it imports, in pages; and where it says that this is shared. */
export const pages: { initial: number; maximum: number } = ${JSON.stringify(pages)};
export const sharedFlag: number = ${sharedFlagOf(bytes)};
export const base64: string = '${bytes.toString('base64')}';
`,
  );
  console.log(`${bytes.length} bytes`);
}

writeHeader();
if (process.argv.includes('--check')) check();
else
  await build().catch((error) => {
    console.error(error.output ?? error);
    process.exitCode = 1;
  });
