// Compiles the TypeScript sources and bundles them: after an install, and before a script when a source is newer than what was built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Builds what changed. Answers whether that worked; says nothing when there was nothing to do. */
export async function build() {
  const require = createRequire(join(root, 'package.json'));
  let compiler;
  try {
    compiler = require.resolve('typescript/bin/tsc');
  } catch {
    return existsSync(join(root, 'course', 'dist')); // installed without the development tools: use what is there
  }
  if (spawnSync(process.execPath, [compiler, '--build', root], { stdio: 'inherit' }).status !== 0) return false;
  await bundle();
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await build()) ? 0 : 1;
