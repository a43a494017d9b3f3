// Builds the native addon, build/flambeau.node, with the C++ compiler of this machine. Runs at installation.
//
//   CXX, CXXFLAGS            the compiler and further flags, as everywhere
//   node scripts/build.mjs --require    fails where it cannot be built; otherwise the WebAssembly engine takes its place
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildAddon } from './addon.mjs';

const log = join(build, 'build.log');

/** One line for whoever installs; what the compiler said in full is in the log. */
function explain(error) {
  const said = error.output ?? String(error.stack ?? error);
  rmSync(join(build, 'flambeau.node'), { force: true });
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
  rmSync(log, { force: true });
} catch (error) {
  console.log(explain(error));
  if (process.argv.includes('--require')) process.exitCode = 1;
}
