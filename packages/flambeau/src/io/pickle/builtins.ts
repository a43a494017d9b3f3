import { FormatError } from '../../errors.js';
import { encodeLatin1, encodeText } from '../text.js';
import { type BuildContext, Complex, checkKey, PickleGlobal } from './values.js';

/** What an entry of a container made from a shared list may cost, so that a small file cannot copy one list a million times. */
const BYTES_PER_ITEM = 16;

const wrong = (name: string): never => {
  throw new FormatError(`pickle: ${name} is called with arguments that it does not take: the file is damaged`);
};

function itemsOf(name: string, args: readonly unknown[], { budget }: BuildContext): readonly unknown[] {
  const items = args.length === 0 ? [] : args[0];
  if (args.length > 1 || !Array.isArray(items)) return wrong(name);
  budget.charge(BYTES_PER_ITEM * items.length);
  return items;
}

function makeSet(name: string, args: readonly unknown[], context: BuildContext): Set<unknown> {
  const items = itemsOf(name, args, context);
  for (const item of items) checkKey(item);
  return new Set(items);
}

/** Python 2 wrote an OrderedDict as a call with its pairs; later versions set the items one by one. */
function makeDict(name: string, args: readonly unknown[], context: BuildContext): Map<unknown, unknown> {
  const dict = new Map<unknown, unknown>();
  for (const pair of itemsOf(name, args, context)) {
    if (!Array.isArray(pair) || pair.length !== 2) return wrong(name);
    checkKey(pair[0]);
    dict.set(pair[0], pair[1]);
  }
  return dict;
}

/** `Counter` is a dict of counts and is called with one. */
function makeCounter(name: string, args: readonly unknown[]): Map<unknown, unknown> {
  if (args.length === 0) return new Map();
  return args[0] instanceof Map ? args[0] : wrong(name);
}

/** Protocols below 3 have no bytes and write them as a text that is encoded when it is read. */
function encode(name: string, args: readonly unknown[], { budget }: BuildContext): Uint8Array {
  const [source, encoding] = args;
  if (source instanceof Uint8Array) return source;
  if (typeof source !== 'string') return wrong(name);
  budget.charge(source.length);
  if (encoding === 'latin1' || encoding === 'latin-1') return encodeLatin1(source) ?? wrong(name);
  return (encoding === undefined || encoding === 'utf-8' ? encodeText(source) : null) ?? wrong(name);
}

function makeBytes(name: string, args: readonly unknown[], context: BuildContext): Uint8Array {
  return args.length === 0 ? new Uint8Array() : encode(name, args, context);
}

function makeComplex(name: string, args: readonly unknown[]): Complex {
  const [real, imag] = args;
  return typeof real === 'number' && typeof imag === 'number' ? new Complex(real, imag) : wrong(name);
}

type Maker = (name: string, args: readonly unknown[], context: BuildContext) => unknown;

const makers: Readonly<Record<string, Maker>> = {
  'collections.OrderedDict': makeDict,
  'collections.Counter': makeCounter,
  'builtins.set': makeSet,
  'builtins.frozenset': makeSet,
  'builtins.bytes': makeBytes,
  'builtins.bytearray': makeBytes,
  'builtins.complex': makeComplex,
  '_codecs.encode': encode,
};

/** Globals by name, from functions that also want to know their name. */
export function globalsFrom(table: Readonly<Record<string, Maker>>): [string, PickleGlobal][] {
  return Object.entries(table).map(([name, make]) => [
    name,
    new PickleGlobal(name, (args, context) => make(name, args, context)),
  ]);
}

/** The parts of Python's own library that data pickles name. */
export const builtinGlobals: ReadonlyMap<string, unknown> = new Map(globalsFrom(makers));

/** Names that Python or NumPy moved: the old module, and where it is now. */
const MOVED: Readonly<Record<string, string>> = {
  __builtin__: 'builtins',
  'numpy.core.multiarray': 'numpy._core.multiarray',
  'numpy.core.numeric': 'numpy._core.numeric',
  'torch.tensor': 'torch._tensor',
};

/** `module.name`, by the name that it has today. */
export function globalName(module: string, name: string): string {
  return `${Object.hasOwn(MOVED, module) ? MOVED[module] : module}.${name}`;
}
