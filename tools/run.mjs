// Runs a project of the course: `node tools/run.mjs 04-digits [infer] [options]`, building first where that is needed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The time of the newest source file below a folder. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'build', 'goldens'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path));
    else if (entry.name.endsWith('.ts')) latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}

const [project, ...rest] = process.argv.slice(2);
const command = ['train', 'infer'].includes(rest[0]) ? rest.shift() : 'train';
const script = join(root, 'course', 'dist', project, `${command}.js`);
const stamp = join(root, 'course', 'dist', '.tsbuildinfo');
const sources = Math.max(newest(join(root, 'packages')), newest(join(root, 'course')));
if (!existsSync(script) || !existsSync(stamp) || sources > statSync(stamp).mtimeMs) {
  console.log('building Flambeau …');
  if (!(await build())) process.exit(1);
}
process.argv.splice(1, process.argv.length - 1, script, ...rest);
await import(pathToFileURL(script).href);
