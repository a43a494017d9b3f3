// Looks for mistakes in memory and threads: npm run sanitize [-- guards|address|threads …], all of them without an argument.
//
//   guards    patterns around every block, checked when it is given back: all core tests
//   address   the address and undefined-behaviour sanitizers: the kernels' own tests, on every target that the machine runs
//   threads   the thread sanitizer: the pool's test, cpp/pool.test.cpp
//
// Needs GCC with its sanitizers' libraries (Debian: they come with g++). The builds lie in folders of their own under build/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, buildAddon, findCompiler } from './addon.mjs';
import { run } from './compile.mjs';
import { cpp } from './sources.mjs';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const seen = ['-g', '-fno-omit-frame-pointer'];

/** Tests of time, of memory in use, and of the build itself say nothing about such builds. */
const elsewhere = '**/{build,memory,processes}.test.ts';

/** The path of one of the compiler's libraries. */
async function library(name) {
  const { compiler } = await findCompiler();
  const path = (await run([...compiler, `-print-file-name=${name}`])).trim();
  if (!existsSync(path)) throw new Error(`the compiler ${compiler.join(' ')} has no ${name}`);
  return path;
}

/** A build that lets a write past the end of a block pass would let everything pass. */
function notices(addon, env) {
  const mistake = `
    const { engine } = await import('@flambeau/kernels');
    const place = engine.allocate(10);
    engine.write(place, new Uint8Array(11));
    engine.release(null, place);`;
  const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', mistake], {
    cwd: workspace,
    env: { ...process.env, ...env, FLAMBEAU_ENGINE: 'native', FLAMBEAU_ADDON: addon },
  });
  if (status === 0 && signal === null) throw new Error(`${addon} does not notice a write past the end of a block`);
}

/** Runs tests against another build of the addon. Answers whether they passed. */
function test(addon, files, env = {}) {
  notices(addon, env);
  const vitest = join(workspace, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'core', '--exclude', elsewhere, ...files],
    {
      cwd: workspace,
      stdio: 'inherit',
      env: { ...process.env, FLAMBEAU_ENGINE: 'native', FLAMBEAU_ADDON: addon, ...env },
    },
  );
  return status === 0;
}

const checks = {
  async guards() {
    const addon = await buildAddon(join(build, 'guards'), { core: ['-DFLAMBEAU_GUARDS'] });
    return test(addon, ['packages/kernels', 'packages/flambeau']);
  },

  async address() {
    const sanitize = ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined', '-fno-sanitize=vptr'];
    const addon = await buildAddon(join(build, 'address'), {
      core: ['-DFLAMBEAU_GUARDS'],
      all: ['-O1', ...seen, ...sanitize],
    });
    const env = {
      LD_PRELOAD: `${await library('libasan.so')} ${await library('libubsan.so')}`,
      // Node itself leaves memory to the end of the process; a worker's stack ends where the sanitizer does not expect it.
      ASAN_OPTIONS: 'detect_leaks=0,allocator_may_return_null=1',
      UBSAN_OPTIONS: 'print_stacktrace=1',
    };
    return ['avx512', 'avx2', 'baseline'].every((isa) => {
      const { stderr } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(addon)})`], {
        env: { ...process.env, ...env, FLAMBEAU_ISA: isa },
        encoding: 'utf8',
      });
      if (stderr.includes('RangeError')) return true; // this machine lacks it
      console.log(`\naddress and undefined behaviour, ${isa}`);
      return test(addon, ['packages/kernels'], { ...env, FLAMBEAU_ISA: isa });
    });
  },

  async threads() {
    const { compiler } = await findCompiler();
    const folder = join(build, 'threads');
    mkdirSync(folder, { recursive: true });
    const program = join(folder, 'pool.test');
    const sources = ['pool.test.cpp', 'pool.cpp', 'threads.cpp', 'processors.cpp', 'system.cpp'].map((name) =>
      join(cpp, name),
    );
    const flags = ['-std=c++17', '-O1', '-pthread', '-fno-exceptions', '-fno-rtti', '-DTARGET=baseline', ...seen];
    await run([...compiler, ...flags, '-fsanitize=thread', ...sources, '-o', program]);
    const { status } = spawnSync(program, {
      stdio: 'inherit',
      env: { ...process.env, TSAN_OPTIONS: 'halt_on_error=1' },
    });
    return status === 0;
  },
};

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(checks);
for (const name of wanted) {
  if (!Object.hasOwn(checks, name))
    throw new RangeError(`no check is named ${name}: ${Object.keys(checks).join(', ')}`);
  console.log(`\n== ${name}`);
  if (await checks[name]()) continue;
  console.error(`${name}: failed`);
  process.exitCode = 1;
}
