import { describe, expect, test } from 'vitest';
import { Budget } from '../budget.js';
import { describeValue, expected, golden } from '../goldens.testing.js';
import { readData } from '../load.js';
import { elementBytes, type RecordDType, type TensorRecord } from '../records.js';

/** What a pickle holds, its arrays as lists of numbers with type and shape. */
function read(bytes: Uint8Array): unknown {
  return readData(bytes, showArray, new Budget(bytes.length));
}

const TYPES: Partial<Record<RecordDType, string>> = {
  float32: '<f4',
  float64: '<f8',
  int32: '<i4',
  int64: '<i8',
  uint8: '|u1',
  bool: '|b1',
};

function showArray(record: TensorRecord): unknown {
  const { dtype, shape, strides, storage } = record;
  const bytes = storage.bytes();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: number[] = [];
  const walk = (d: number, at: number): void => {
    if (d === shape.length) values.push(number(view, dtype, at));
    else for (let i = 0; i < shape[d]!; i++) walk(d + 1, at + i * strides[d]!);
  };
  walk(0, 0);
  return new Shown({ array: TYPES[dtype], shape: [...shape], values });
}

/** An array as it is shown, so that the describer leaves it alone. */
class Shown {
  readonly json: unknown;
  constructor(json: unknown) {
    this.json = json;
  }
}

function number(view: DataView, dtype: RecordDType, index: number): number {
  const at = index * elementBytes[dtype];
  if (dtype === 'float32') return view.getFloat32(at, true);
  if (dtype === 'float64') return view.getFloat64(at, true);
  if (dtype === 'int32') return view.getInt32(at, true);
  return dtype === 'int64' ? Number(view.getBigInt64(at, true)) : view.getUint8(at);
}

const describeData = (value: unknown): unknown =>
  describeValue(value, (object) => (object instanceof Shown ? object.json : undefined)).value;

describe('pickles that Python wrote', () => {
  test.each([0, 1, 2, 3, 4, 5])('protocol %i', (protocol) => {
    expect(describeData(read(golden(`protocol${protocol}.pickle`)))).toEqual(expected.protocols!.value);
  });

  test('Python 2: a str is text where it is UTF-8, else bytes', () => {
    expect(describeData(read(golden('python2.pickle')))).toEqual(expected['python2.pickle']!.value);
  });
});

/** A pickle from parts of text (Latin-1) and single bytes. */
function pickle(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((c) => c.charCodeAt(0)))),
  );
}

test('what was shared is shared, and a key __proto__ is a key', () => {
  const shared = read(pickle('(lp0\n0(g0\ng0\nl.')) as unknown[];
  expect(shared[0]).toBe(shared[1]);
  const dict = read(pickle("(dS'__proto__'\nI1\ns.")) as Record<string, unknown>;
  expect(Object.entries(dict)).toEqual([['__proto__', 1]]);
  expect(Object.getPrototypeOf(dict)).toBe(null);
});

test('dicts with other keys than strings are Maps', () => {
  expect(read(pickle('(dI1\nI2\ns.'))).toEqual(new Map([[1, 2]]));
});

describe('hostile pickles', () => {
  const repeated = (text: string, times: number): string => text.repeat(times);
  test.each<[string, Uint8Array, string]>([
    ['a command for the shell', pickle("cos\nsystem\n(S'true'\ntR."), 'names "os.system", which is no plain data'],
    ['the evaluator', pickle("cbuiltins\neval\n(S'1'\ntR."), 'names "builtins.eval"'],
    ['a name by way of the stack', pickle(0x80, 4, 0x8c, 2, 'os', 0x8c, 6, 'system', 0x93, ')R.'), 'names "os.system"'],
    ['a member of the prototype', pickle('c__proto__\nconstructor\n)R.'), 'names "__proto__.constructor"'],
    ['the old way to make objects', pickle('(ios\nsystem\n.'), 'instruction 0x69 is unknown or not allowed'],
    ['a call of a list', pickle('])R.'), 'something is called that is no function'],
    ['a class as a value', pickle('ccollections\nOrderedDict\n.'), 'a class or storage stands where a value should be'],
    ['an id that leads nowhere', pickle("S'a'\nQ."), 'the persistent id "a" leads nowhere'],
    ['state for a list', pickle(']}b.'), 'state is given to an object that takes none'],
    ['an empty stack', pickle('.'), 'taken from an empty stack'],
    ['values below a mark', pickle('](a.'), 'taken from an empty stack'],
    ['a mark that is not there', pickle('t.'), 'there is no mark'],
    ['a memo that is not there', pickle('h', 7, '.'), 'memo 7 is used before it is set'],
    ['no end', pickle(']'), '1 bytes are announced at 1, 0 are left'],
    ['a string of 4 GB', pickle('X', 255, 255, 255, 255, 'abc'), '4294967295 bytes are announced at 5, 3 are left'],
    ['bytes of 2⁶⁴', pickle(0x8e, ...Array<number>(8).fill(255)), 'are announced at 9, 0 are left'],
    ['text that is none', pickle('X', 1, 0, 0, 0, 255, '.'), 'a text is no UTF-8'],
    ['a list that holds itself', pickle(']q', 0, 'h', 0, 'a.'), 'a container holds itself'],
    ['a thousand lists in one another', pickle(repeated(']', 1000), repeated('a', 999), '.'), 'nested deeper than 256'],
    [
      'nesting through the memo',
      pickle(']q', 0, ...Array.from({ length: 300 }, () => ['(h', 0, 'lq', 0] as const).flat(), '(h', 0, 'l.'),
      'nested deeper than 256',
    ],
    [
      'one long list made into many sets',
      pickle('(', repeated('I1\n', 300), 'lp0\n0(', repeated('cbuiltins\nset\n(g0\ntR', 100), 'l.'),
      'more than 4 times its size',
    ],
    ['an integer of 100 000 digits', pickle('I', repeated('9', 100_000), '\n.'), 'should be an integer'],
    ['an integer of 64 KB', pickle(0x8b, 0, 0, 1, 0, repeated('x', 65_536), '.'), 'an integer of 65536 bytes'],
    ['a list as a key', pickle('}]Ns.'), 'used as a key'],
    ['protocol 6', pickle(0x80, 6, 'N.'), 'protocol 6 is newer than 5'],
  ])('%s', (_name, bytes, message) => {
    expect(() => read(bytes)).toThrow(
      expect.objectContaining({ name: 'FormatError', message: expect.stringContaining(message) }),
    );
  });
});
