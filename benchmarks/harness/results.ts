import { kindOf, type Machine } from './machine.js';
import type { Row } from './measure.js';
import type { Peak } from './peak.js';
import { cellsOf, formatMemory, groupsOf, HEADINGS, meanOf } from './report.js';

/** Everything that a run found. */
export interface Run {
  readonly date: string;
  readonly machine: Machine;
  readonly peak: Peak;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const HEAD = `# Flambeau and PyTorch side by side

The last whole run of \`npm run bench -- --results benchmarks/RESULTS.md\` on each kind of machine, losses included. Times are medians, with half the
distance between the quartiles; the ratio is PyTorch's time ÷ ours; both sides take turns in one run, with the same threads, seeds and shapes, after their
results were compared. The peak is that of the same run: multiply-adds in registers, or a large copy.
`;

const twoDigits = (mean: number | null): string => mean?.toFixed(2) ?? '';

const table = (rows: readonly string[][]): string => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** One group: heading with its mean, table, and memory where it was measured. */
function groupSection(name: string, rows: readonly Row[], peak: Peak): string {
  const compiled = rows.some((row) => row.compiled !== null);
  const memory = rows.some((row) => row.memory !== undefined);
  const columns = HEADINGS.slice(0, compiled ? undefined : 6);
  const head = memory ? [...columns, 'peak memory'] : columns;
  const body = rows.map((row) => {
    const cells = cellsOf(row, peak).slice(0, columns.length);
    return memory ? [...cells, row.memory === undefined ? '' : formatMemory(row.memory)] : cells;
  });
  const mean = meanOf(rows);
  const title = mean === null ? name : `${name}: ${twoDigits(mean)}`;
  return `### ${title}\n\n${table([[...head], head.map((_, i) => (i === 0 ? '---' : '--:')), ...body])}\n`;
}

/** The section of a run's kind of machine. */
export function sectionOf({ date, machine, peak, rounds, rows }: Run): string {
  const { node, torch, python, flambeau } = machine.versions;
  const versions = [`Flambeau ${flambeau}`, `Node ${node}`, torch && `PyTorch ${torch}`, python && `Python ${python}`];
  const groups = groupsOf(rows);
  const summary = [...groups].map(([name, members]) => [name, String(members.length), twoDigits(meanOf(members))]);
  return `## ${kindOf(machine)}

${date}; ${versions.filter((text) => text !== undefined).join(', ')}; ${machine.system}, ${machine.processors} processors, load ${machine.load.toFixed(1)} before the run; ${rounds} samples a side;
peak ${(peak.flops / 1e9).toFixed(0)} GF/s, ${(peak.bytes / 1e9).toFixed(1)} GB/s.

${table([['group', 'rows', 'geometric mean'], ['---', '--:', '--:'], ...summary, ['**all**', String(rows.length), `**${twoDigits(meanOf(rows))}**`]])}

${[...groups].map(([name, members]) => groupSection(name, members, peak)).join('\n')}`;
}

/** The text of RESULTS.md with a run's section in place of the last one of its kind of machine. */
export function withSection(text: string, run: Run): string {
  const sections = text.split(/^(?=## )/m).slice(1);
  const title = `## ${kindOf(run.machine)}\n`;
  const others = sections.filter((section) => !section.startsWith(title));
  return [HEAD, ...[...others, sectionOf(run)].sort().map((section) => section.trimEnd())]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
