import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as fl from 'flambeau';
import { launch } from './harness/launch.js';
import { kindOf, machine } from './harness/machine.js';
import { type MeasureOptions, measure, type Row } from './harness/measure.js';
import { measurePeak, type Peak } from './harness/peak.js';
import { cellsOf, formatLine, groupsOf, HEADINGS, meanOf } from './harness/report.js';
import { TorchWorker } from './harness/torch.js';
import { workloads } from './workloads/index.js';

const USAGE = `Times Flambeau and PyTorch side by side.

Usage: npm run bench [filter …] [-- options]

  filter          only rows whose "group name" has one of these words in it
  --json FILE     write everything to a file
  --rounds N      samples of each side (default 9)
  --threads N     threads of both sides (default 2)
  --compile       time torch.compile as well, where a row has it (slow: it compiles C++)
  --list          only name the rows

FLAMBEAU_PYTHON names the Python with PyTorch (default python3); without one, Flambeau is timed alone.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
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
else await run();

async function run(): Promise<void> {
  const threads = Number(values.threads);
  const options: MeasureOptions = { rounds: Number(values.rounds), sample: 0.02, compile: values.compile };
  fl.engine.setThreads(threads);
  const torch = await TorchWorker.start(threads);
  const where = machine(torch?.versions ?? null);
  const { node, torch: version } = where.versions;
  console.log(`${kindOf(where)}; Node ${node}; ${version === undefined ? 'no PyTorch here' : `PyTorch ${version}`}`);
  if (where.load > 1) console.log(`the machine is busy (load ${where.load.toFixed(1)}): these times are noise`);
  const peak = await measurePeak();
  console.log(`peak ${(peak.flops / 1e9).toFixed(0)} GF/s, ${(peak.bytes / 1e9).toFixed(1)} GB/s\n`);

  const rows: Row[] = [];
  for (const workload of wanted) {
    if (workload.group !== rows.at(-1)?.group) console.log(`${formatLine([workload.group, ...HEADINGS.slice(1)])}`);
    const row =
      'module' in workload
        ? await launch(workload, torch !== null, options.rounds)
        : await measure(workload, torch, options);
    rows.push(row);
    console.log(`${formatLine(cellsOf(row, peak))}${row.problem === undefined ? '' : `\n    ${row.problem}`}`);
  }
  torch?.end();
  summarise(rows);
  if (values.json !== undefined) writeFileSync(values.json, jsonOf(where, peak, rows));
  if (rows.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
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
}

const jsonOf = (where: object, peak: Peak, rows: readonly Row[]): string =>
  `${JSON.stringify({ machine: where, peak, rows }, null, 1)}\n`;
