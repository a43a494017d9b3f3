import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TorchWorker } from './torch.js';
import type { Workload } from './workload.js';

/** Peak resident memory of a fresh process of each side, in bytes; null without PyTorch. */
export interface Memory {
  readonly ours: number;
  readonly theirs: number | null;
}

/** Steps after which a peak has been reached. */
const REPETITIONS = 12;
const ALONE = fileURLToPath(new URL('alone.js', import.meta.url));

/** Runs a workload in fresh processes and answers what they needed. */
export async function measureMemory(
  { group, name, theirs }: Workload,
  withTorch: boolean,
  threads: number,
): Promise<Memory> {
  const args = [ALONE, `${group}: ${name}`, String(REPETITIONS), String(threads)];
  const ours = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const torch = withTorch ? await TorchWorker.start(threads) : null;
  if (torch === null) return { ours, theirs: null };
  try {
    await torch.prepare({ ...theirs, check: '[]' });
    await torch.time(REPETITIONS);
    return { ours, theirs: await torch.peak() };
  } finally {
    torch.end();
  }
}
