import { execFileSync } from 'node:child_process';
import type { Row } from './measure.js';
import { Turns } from './timing.js';
import { python } from './torch.js';

/** A row that starts processes: each prints the seconds that the timed part of it took. */
export interface Launch {
  readonly group: string;
  readonly name: string;
  /** An ES module for Node. */
  readonly module: string;
  /** A Python program. */
  readonly script: string;
}

/** Starts fresh processes of both sides, turn about. */
export async function launch(
  { group, name, module, script }: Launch,
  withTorch: boolean,
  rounds: number,
): Promise<Row> {
  const root = new URL('../..', import.meta.url);
  const run = (command: string, ...args: string[]): Turns =>
    new Turns(() =>
      Number(execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
    );
  const here = run(process.execPath, '--input-type=module', '--eval', module);
  const there = withTorch ? run(python(), '-c', script) : null;
  for (let round = 0; round < rounds; round++) {
    await here.take();
    await there?.take();
  }
  return { group, name, ours: here.times, theirs: there?.times ?? null, compiled: null };
}
