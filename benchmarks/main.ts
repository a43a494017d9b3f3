import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as fl from 'flambeau';
import { launch } from './harness/launch.js';
import { kindOf, machine } from './harness/machine.js';
import { type MeasureOptions, measure, type Row } from './harness/measure.js';
import { measureMemory } from './harness/memory.js';
import { measurePeak, type Peak } from './harness/peak.js';
import { cellsOf, compiledRatioOf, formatLine, formatMemory, groupsOf, HEADINGS, meanOf } from './harness/report.js';
import { type Run, withSection } from './harness/results.js';
import { TorchWorker } from './harness/torch.js';
import type { Workload } from './harness/workload.js';
import { workloads } from './workloads/index.js';

const USAGE = `Times Flambeau and PyTorch side by side.

Usage: npm run bench [filter …] [-- options]

  filter          only rows whose "group name" has one of these words in it
  --json FILE     write everything to a file
  --results FILE  put the table of this kind of machine into RESULTS.md; needs a run of all rows
  --rounds N      samples of each side (default 9)
  --threads N     threads of both sides (default 2)
  --memory        also measure the peak memory of training steps, in fresh processes (--results does)
  --compile       time torch.compile as well, where a row has it (slow: it compiles C++)
  --list          only name the rows

FLAMBEAU_PYTHON names the Python with PyTorch (default python3); without one, Flambeau is timed alone.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    results: { type: 'string' },
    memory: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    threads: { type: 'string', default: '2' },
    compile: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const wanted = workloads.filter(
  ({ group, name }) => positionals.length === 0 || positionals.some((word) => `${group} ${name}`.includes(word)),
);
if (values.help) console.log(USAGE);
else if (values.list) for (const { group, name } of wanted) console.log(`${group}: ${name}`);
else if (values.results !== undefined && wanted.length < workloads.length) {
  console.error('npm run bench: --results needs a run of all rows; leave the filter out');
  process.exitCode = 1;
} else await bench();

async function bench(): Promise<void> {
  const threads = Number(values.threads);
  fl.engine.setThreads(threads);
  const torch = await TorchWorker.start(threads);
  const where = machine(torch?.versions ?? null);
  const { node, torch: version } = where.versions;
  console.log(`${kindOf(where)}; Node ${node}; ${version === undefined ? 'no PyTorch here' : `PyTorch ${version}`}`);
  if (where.load > 1) console.log(`the machine is busy (load ${where.load.toFixed(1)}): these times are noise`);
  const peak = await measurePeak();
  console.log(`peak ${(peak.flops / 1e9).toFixed(0)} GF/s, ${(peak.bytes / 1e9).toFixed(1)} GB/s`);
  const rows = await measureAll(torch, peak);
  torch?.end();
  summarise(rows);
  const run: Run = {
    date: new Date().toISOString().slice(0, 10),
    machine: where,
    peak,
    rounds: Number(values.rounds),
    rows,
  };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(run, null, 1)}\n`);
  if (values.results !== undefined) {
    const before = existsSync(values.results) ? readFileSync(values.results, 'utf8') : '';
    writeFileSync(values.results, withSection(before, run));
  }
  if (rows.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

async function measureAll(torch: TorchWorker | null, peak: Peak): Promise<Row[]> {
  const options: MeasureOptions = { rounds: Number(values.rounds), sample: 0.02, compile: values.compile };
  const rows: Row[] = [];
  for (const workload of wanted) {
    if (workload.group !== rows.at(-1)?.group) console.log(`\n${formatLine([workload.group, ...HEADINGS.slice(1)])}`);
    const row =
      'module' in workload
        ? await launch(workload, torch !== null, options.rounds)
        : await measureOne(workload, torch, options);
    rows.push(row);
    console.log(formatLine(cellsOf(row, peak)));
    if (row.memory !== undefined) console.log(`  peak memory ${formatMemory(row.memory)}`);
    if (row.problem !== undefined) console.log(`  ${row.problem}`);
  }
  return rows;
}

async function measureOne(workload: Workload, torch: TorchWorker | null, options: MeasureOptions): Promise<Row> {
  const row = await measure(workload, torch, options);
  const wantsMemory = workload.memory === true && (values.memory || values.results !== undefined);
  return wantsMemory ? { ...row, memory: await measureMemory(workload, torch !== null, fl.engine.threads) } : row;
}

function summarise(rows: readonly Row[]): void {
  const mean = meanOf(rows);
  if (mean === null) return;
  console.log('\ngeometric mean of the ratios (PyTorch’s time ÷ ours)');
  for (const [group, members] of groupsOf(rows)) {
    const ofGroup = meanOf(members);
    if (ofGroup !== null) console.log(`  ${group.padEnd(32)}${ofGroup.toFixed(2)}`);
  }
  console.log(`  ${`all ${rows.length} rows`.padEnd(32)}${mean.toFixed(2)}`);
  const compiled = meanOf(rows, compiledRatioOf);
  if (compiled !== null) console.log(`  ${'against torch.compile'.padEnd(32)}${compiled.toFixed(2)}`);
}
