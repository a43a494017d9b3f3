import { setTimeout as sleep } from 'node:timers/promises';
import * as fl from 'flambeau';
import { difference, digest } from './digest.js';
import type { Memory } from './memory.js';
import { clockOf, type Times, Turns } from './timing.js';
import { TorchError, type TorchWorker } from './torch.js';
import type { Workload } from './workload.js';

export interface MeasureOptions {
  /** Samples of each side. */
  readonly rounds: number;
  /** How long a sample should last, in seconds. */
  readonly sample: number;
  /** Whether `torch.compile` is timed as well. */
  readonly compile: boolean;
}

/** What was found about a workload. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly ours: Times;
  readonly theirs: Times | null;
  readonly compiled: Times | null;
  readonly flops?: number;
  readonly bytes?: number;
  /** What went wrong on PyTorch's side or in the comparison. */
  readonly problem?: string;
  readonly memory?: Memory;
}

/** OpenMP's threads spin for a while after PyTorch's turn and would take our turn's time. */
const PAUSE_MS = 30;

/** V8 compiles what a loop runs over up to a second, in the order of importance. Both sides get as long. */
const WARM_SECONDS = 1;

/** Times a workload on both sides, turn about, after checking that they compute the same. */
export async function measure(workload: Workload, torch: TorchWorker | null, options: MeasureOptions): Promise<Row> {
  const { group, name, flops, bytes } = workload;
  const program = workload.ours();
  const problem = torch === null ? undefined : await compare(workload, program.check().map(digest), torch);
  const worker = problem === undefined ? torch : null;
  const ours = new Turns(clockOf(program.body));
  const theirs = worker === null ? null : new Turns((n) => worker.time(n));
  const compiled = worker !== null && options.compile ? await compiledTurns(workload, worker) : null;
  for (const turns of [ours, theirs, compiled]) {
    await turns?.calibrate(options.sample, WARM_SECONDS);
    await sleep(PAUSE_MS);
  }
  for (let round = 0; round < options.rounds; round++) {
    await ours.take();
    for (const turns of [theirs, compiled]) {
      if (turns === null) continue;
      await turns.take();
      await sleep(PAUSE_MS);
    }
  }
  await torch?.forget();
  fl.engine.collect();
  return {
    group,
    name,
    flops,
    bytes,
    problem,
    ours: ours.times,
    theirs: theirs?.times ?? null,
    compiled: compiled?.times ?? null,
  };
}

/** Says how the sides differ; undefined when they agree. */
async function compare(
  workload: Workload,
  ours: ReturnType<typeof digest>[],
  torch: TorchWorker,
): Promise<string | undefined> {
  try {
    return difference(ours, await torch.prepare(workload.theirs)) ?? undefined;
  } catch (error) {
    if (error instanceof TorchError) return `PyTorch: ${error.message}`;
    throw error;
  }
}

async function compiledTurns(workload: Workload, torch: TorchWorker): Promise<Turns | null> {
  if (workload.compile === undefined) return null;
  try {
    await torch.compile(workload.compile);
    return new Turns((n) => torch.time(n, true));
  } catch (error) {
    if (error instanceof TorchError) return null; // torch.compile does not run here: the column stays empty
    throw error;
  }
}
