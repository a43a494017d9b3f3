import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a test's process may use besides Node: the built engine, and what tests share. */
const PRELUDE = `
import { engine, BLOCK } from '@flambeau/kernels';
import { Worker } from 'node:worker_threads';
const MB = 1 << 20;
const newOwner = () => ({ page: null });
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
/** A product of two n by n matrices of ones; answers with its first element. */
function product(n) {
  const place = engine.allocate(3 * n * n * 4);
  const [a, b] = [place + n * n * 4, place + 2 * n * n * 4];
  engine.write(a, new Float32Array(2 * n * n).fill(1));
  engine.kernels.gemm.f32(place, a, b, 0, 1, n, n, n, 0, n, 0, n, n, 0, 0, 0, 0);
  const out = new Float32Array(1);
  engine.read(place, out);
  engine.release(null, place);
  return out[0];
}
`;

export interface Ended {
  status: number | null;
  signal: string | null;
  /** What it printed, as JSON where it is. */
  out: unknown;
  stderr: string;
}

/** Gives scripts `worker(code)`: a thread that runs the code after the same prelude. */
const WORKERS = `const worker = (code) => new Worker(${JSON.stringify(PRELUDE)} + code, { eval: true });\n`;

/** Runs a script in a Node process of its own, after the prelude. */
export function runScript(script: string, env: Record<string, string> = {}): Ended {
  const args = ['--input-type=module', '--eval', PRELUDE + WORKERS + script];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  let out: unknown = run.stdout;
  try {
    out = JSON.parse(run.stdout);
  } catch {
    // Not JSON.
  }
  return { status: run.status, signal: run.signal, out, stderr: run.stderr };
}
