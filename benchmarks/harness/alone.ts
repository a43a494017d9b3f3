/** Runs one workload in a process of its own and prints the process's peak resident memory in bytes: `node alone.js NAME REPETITIONS THREADS`. */
import { existsSync, readFileSync } from 'node:fs';
import * as fl from 'flambeau';
import { workloads } from '../workloads/index.js';

const [wanted, repetitions, threads] = process.argv.slice(2);
const workload = workloads.find(({ group, name }) => `${group}: ${name}` === wanted);
if (workload === undefined || 'module' in workload) throw new Error(`no workload ${wanted} that runs alone`);
fl.engine.setThreads(Number(threads));
const { body } = workload.ours();
for (let i = 0; i < Number(repetitions); i++) body();
console.log(peak());

/** What `resourceUsage` answers begins, on Linux, with what the parent held when it started this process. */
function peak(): number {
  const status = '/proc/self/status';
  const own = existsSync(status) ? /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return (own === null ? process.resourceUsage().maxRSS : Number(own[1])) * 1024;
}
