// Runs compilers: several at a time, each object cached under a digest of all that went into it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cpp, digest } from './sources.mjs';

/** A command line as in CXX="ccache g++", in words. */
export const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);

/** Runs a program and gives its output; its failure carries what it said. */
export function run([program, ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output += data;
      });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(`${program} failed (${code})`), { output }));
    });
  });
}

/**
 * Compiles jobs `{ source, flags, label }` into `folder` and gives the objects' paths in order.
 * @param {string[]} compiler its words
 * @param {string} version what the compiler says of itself
 */
export async function compile(compiler, version, jobs, folder, say = () => {}) {
  mkdirSync(folder, { recursive: true });
  const objects = jobs.map(({ source, flags }) =>
    join(folder, `${digest([source], version, ...compiler, ...flags)}.o`),
  );
  const missing = jobs
    .map((job, index) => ({ ...job, object: objects[index] }))
    .filter(({ object }) => !existsSync(object));
  let done = 0;
  const worker = async () => {
    for (let job = missing.shift(); job; job = missing.shift()) {
      const draft = `${job.object}.${process.pid}`;
      try {
        await run([...compiler, ...job.flags, '-c', join(cpp, job.source), '-o', draft]);
      } catch (error) {
        missing.length = 0; // the others stop, too
        throw error;
      }
      renameSync(draft, job.object);
      say(`${++done} ${job.label}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 8) }, worker));
  return objects;
}

/** Removes the objects that the last build did not use. */
export function prune(folder, used) {
  const keep = new Set(used);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!keep.has(file)) rmSync(file, { force: true });
  }
}
