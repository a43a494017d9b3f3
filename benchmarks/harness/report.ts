import type { Row } from './measure.js';
import type { Peak } from './peak.js';
import { geometricMean, type Times } from './timing.js';

/** How often we fit into PyTorch's time; null without PyTorch. */
export const ratioOf = ({ ours, theirs }: Row): number | null => (theirs === null ? null : theirs.median / ours.median);

/** The same against `torch.compile`. */
export const compiledRatioOf = ({ ours, compiled }: Row): number | null =>
  compiled === null ? null : compiled.median / ours.median;

const UNITS: readonly (readonly [number, string])[] = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [0, 'ns'],
];

/** A time with three digits and its unit. */
export function formatSeconds(seconds: number): string {
  const [unit, name] = UNITS.find(([least]) => seconds >= least) as readonly [number, string];
  return `${Number((seconds / (unit || 1e-9)).toPrecision(3))} ${name}`;
}

/** Half the distance between the quartiles, as a share of the median. */
const formatSpread = ({ low, high, median }: Times): string => `±${Math.round(((high - low) / 2 / median) * 100)} %`;

const formatTimes = (times: Times | null): string =>
  times === null ? '' : `${formatSeconds(times.median)} ${formatSpread(times)}`;

const formatRatio = (ratio: number | null): string => (ratio === null ? '' : ratio.toFixed(2));

/** The rate and its share of the peak: of arithmetic where operations are counted, else of memory. */
function formatRate({ flops, bytes, ours }: Row, peak: Peak): [rate: string, share: string] {
  const amount = flops ?? bytes;
  if (amount === undefined) return ['', ''];
  const rate = amount / ours.median;
  const share = `${Math.round((rate / (flops === undefined ? peak.bytes : peak.flops)) * 100)} %`;
  return [`${(rate / 1e9).toPrecision(3)} ${flops === undefined ? 'GB/s' : 'GF/s'}`, share];
}

/** The columns of a table; the last appears only where `torch.compile` ran. */
export const HEADINGS = ['', 'Flambeau', 'PyTorch', 'ratio', 'rate', 'of peak', 'compiled', 'ratio'] as const;

/** A row's cells. */
export function cellsOf(row: Row, peak: Peak): string[] {
  return [
    row.name,
    formatTimes(row.ours),
    row.problem === undefined ? formatTimes(row.theirs) : 'not comparable',
    formatRatio(ratioOf(row)),
    ...formatRate(row, peak),
    formatTimes(row.compiled),
    formatRatio(compiledRatioOf(row)),
  ];
}

/** The geometric mean of the rows' ratios; null where there are none. */
export function meanOf(rows: readonly Row[], ratio = ratioOf): number | null {
  const ratios = rows.map(ratio).filter((value) => value !== null);
  return ratios.length === 0 ? null : geometricMean(ratios);
}

/** Groups in the order of their appearance. */
export function groupsOf(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}

const WIDTHS = [44, 15, 15, 6, 10, 7, 15, 6];

/** A line of the terminal's table. */
export const formatLine = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[i])))
    .join(' ')
    .trimEnd();

/** Memory of both sides, in MB. */
export const formatMemory = (memory: NonNullable<Row['memory']>): string => {
  const size = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  return `${size(memory.ours)}${memory.theirs === null ? '' : ` (PyTorch ${size(memory.theirs)})`}`;
};
