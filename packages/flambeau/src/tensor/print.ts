import { checkOptions } from '../ops/options.js';
import { getDefaultDtype, isFloating } from './dtype.js';
import type { Tensor } from './tensor.js';
import { setPrinter } from './tensor.js';

export interface PrintOptions {
  /** Digits behind the point. Default 4. */
  precision?: number;
  /** Tensors with more elements are shown by their edges. Default 1000. */
  threshold?: number;
  /** How many entries an edge has. Default 3. */
  edgeitems?: number;
  /** Characters in a line. Default 80. */
  linewidth?: number;
  /** Whether floating-point numbers are written as 1.0000e+00; null: when their sizes differ too much for a column. Default null. */
  sciMode?: boolean | null;
}

const DEFAULTS: Required<PrintOptions> = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null };
let current = DEFAULTS;

/** Sets how tensors are printed; what is left out keeps its value, except `sciMode`, which goes back to null. */
export function setPrintOptions(options: PrintOptions): void {
  checkOptions('setPrintOptions', options, ['precision', 'threshold', 'edgeitems', 'linewidth', 'sciMode']);
  current = { ...current, sciMode: null, ...options };
}

/** How tensors are printed at the moment. */
export function getPrintOptions(): Required<PrintOptions> {
  return { ...current };
}

type Element = number | bigint | boolean;

/** What is shown of a tensor: the rows of a dimension, and whether some were left out in the middle. */
type Part = Element | { readonly parts: readonly Part[]; readonly gap: boolean };

/** Reads what will be shown; of a summarised tensor nothing else is touched. */
function pick(tensor: Tensor, summarize: boolean): Part {
  if (tensor.ndim === 0) return elementsOf(tensor)[0];
  const size = tensor.shape[0];
  const { edgeitems } = current;
  const gap = summarize && size > 2 * edgeitems;
  const pieces = gap ? [tensor.narrow(0, 0, edgeitems), tensor.narrow(0, size - edgeitems, edgeitems)] : [tensor];
  const parts =
    tensor.ndim === 1
      ? pieces.flatMap(elementsOf)
      : pieces.flatMap((piece) =>
          Array.from({ length: piece.shape[0] }, (_, i) => pick(piece.select(0, i), summarize)),
        );
  return { parts, gap };
}

function elementsOf(tensor: Tensor): Element[] {
  const array = Array.from<number | bigint>(tensor.toTypedArray());
  return tensor.dtype === 'bool' ? array.map((element) => element !== 0) : array;
}

function flat(part: Part, into: Element[] = []): Element[] {
  if (typeof part !== 'object') into.push(part);
  else for (const inner of part.parts) flat(inner, into);
  return into;
}

/** How the elements of one tensor are written: all in one width, so that columns stand under each other. */
interface Format {
  readonly width: number;
  readonly text: (value: Element) => string;
}

function formatOf(elements: readonly Element[], floating: boolean): Format {
  if (!floating) return { width: widest(elements.map(plain)), text: plain };
  const finite = (elements as readonly number[]).filter((value) => Number.isFinite(value) && value !== 0);
  const sizes = finite.map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const scattered = finite.length > 0 && (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4);
  const scientific = finite.length > 0 && (current.sciMode ?? scattered);
  const whole = finite.every(Number.isInteger);
  const { precision } = current;
  const text = (value: Element): string => {
    const number = value as number;
    if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf';
    if (scientific) return exponential(number, precision);
    return whole ? `${fixed(number, 0)}.` : fixed(number, precision);
  };
  return { width: widest(finite.map(text)), text };
}

const widest = (texts: readonly string[]): number => texts.reduce((width, text) => Math.max(width, text.length), 1);

const plain = (value: Element): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : value.toString());

/** More digits than any number needs that lies exactly between two shorter ones. */
const EXACT = 100;

/** Like `toFixed`, but a number exactly between two goes to the even one, and −0 keeps its sign, as in C and Python. */
function fixed(value: number, digits: number): string {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const exact = size.toFixed(EXACT);
  const cut = exact.length - EXACT + digits;
  const kept = digits === 0 ? exact.slice(0, cut - 1) : exact.slice(0, cut);
  return sign + (isTieToEven(exact.slice(cut), kept) ? kept : size.toFixed(digits));
}

/** Like `toExponential`, with ties to even and at least two digits of exponent. */
function exponential(value: number, digits: number): string {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [exact, exponent] = size.toExponential(EXACT).split('e');
  const kept = digits === 0 ? exact.slice(0, 1) : exact.slice(0, 2 + digits);
  const [mantissa, power] = isTieToEven(exact.slice(2 + digits), kept)
    ? [kept, exponent]
    : size.toExponential(digits).split('e');
  return `${sign}${mantissa}e${power[0]}${power.slice(1).padStart(2, '0')}`;
}

const isTieToEven = (rest: string, kept: string): boolean => /^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0;

/** A tensor's elements in brackets; `indent` is how far from the left they begin. */
function brackets(part: Part, depth: number, indent: number, format: Format): string {
  if (typeof part !== 'object') return format.text(part).padStart(format.width);
  if (depth === 1) return row(part.parts as readonly Element[], part.gap, indent, format);
  const rows = part.parts.map((inner) => brackets(inner, depth - 1, indent + 1, format));
  if (part.gap) rows.splice(current.edgeitems, 0, '...');
  return `[${rows.join(`,${'\n'.repeat(depth - 1)}${' '.repeat(indent + 1)}`)}]`;
}

/** One row of elements, broken where the line ends. */
function row(elements: readonly Element[], gap: boolean, indent: number, format: Format): string {
  const perLine = Math.max(1, Math.floor((current.linewidth - indent) / (format.width + 2)));
  const texts = elements.map((element) => format.text(element).padStart(format.width));
  if (gap) texts.splice(current.edgeitems, 0, ' ...');
  const lines: string[] = [];
  for (let i = 0; i < texts.length; i += perLine) lines.push(texts.slice(i, i + perLine).join(', '));
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
}

const PREFIX = 'tensor(';

/** A tensor as PyTorch prints it. */
function print(tensor: Tensor): string {
  const summarize = tensor.numel > current.threshold;
  let body = '[]';
  if (tensor.numel > 0) {
    const part = pick(tensor.detach(), summarize);
    body = brackets(part, tensor.ndim, PREFIX.length, formatOf(flat(part), isFloating(tensor.dtype)));
  }
  return withSuffixes(PREFIX + body, suffixesOf(tensor));
}

function suffixesOf(tensor: Tensor): string[] {
  const { shape, dtype, numel } = tensor;
  const suffixes: string[] = [];
  if (numel === 0 && shape.length !== 1) suffixes.push(`size=(${shape.join(', ')})`);
  // Elements tell int64 and bool by themselves; in an empty tensor there are none to tell.
  const evident = dtype === getDefaultDtype() || (numel > 0 && (dtype === 'int64' || dtype === 'bool'));
  if (!evident) suffixes.push(`dtype=torch.${dtype}`);
  if (tensor.gradFn !== null) suffixes.push(`grad_fn=${tensor.gradFn}`);
  else if (tensor.requiresGrad) suffixes.push('requires_grad=True');
  return suffixes;
}

/** Adds what stands behind the elements, in a new line where the last is full. */
function withSuffixes(text: string, suffixes: readonly string[]): string {
  let out = text;
  let used = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (used + suffix.length + 2 > current.linewidth) {
      out += `,\n${' '.repeat(PREFIX.length)}${suffix}`;
      used = PREFIX.length + suffix.length;
    } else {
      out += `, ${suffix}`;
      used += suffix.length + 2;
    }
  }
  return `${out})`;
}

setPrinter(print);
