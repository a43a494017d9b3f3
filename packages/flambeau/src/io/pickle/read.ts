import { Machine, type PickleOptions } from './machine.js';
import { decodeLong, parseFloat64, parseInteger } from './numbers.js';
import { OP } from './opcodes.js';
import { parseQuoted, parseRawUnicode, text, textOrBytes } from './strings.js';

export type { PickleOptions } from './machine.js';

const HIGHEST_PROTOCOL = 5;

type Step = (m: Machine) => void;

const index = (m: Machine): number => Number(parseInteger(text(m.cursor.line())));

/** Integers of protocol 0; 00 and 01 are its booleans. */
function readInt(m: Machine): boolean | number | bigint {
  const line = text(m.cursor.line());
  return line === '00' ? false : line === '01' ? true : parseInteger(line);
}

function readProtocol(m: Machine): void {
  const protocol = m.cursor.uint8();
  if (protocol > HIGHEST_PROTOCOL) m.fail(`protocol ${protocol} is newer than ${HIGHEST_PROTOCOL}`);
}

/** The items above the last mark, moved into a new container of the same kind. */
function container(m: Machine, empty: unknown, fill: (items: readonly unknown[]) => void): void {
  const items = m.popMark();
  m.push(empty);
  fill(items);
}

function frozenSet(m: Machine): void {
  container(m, new Set(), (items) => m.addToSet(items));
}

function stackGlobal(m: Machine): void {
  const name = m.pop();
  m.global(m.pop(), name);
}

function setItem(m: Machine): void {
  const value = m.pop();
  m.setItems([m.pop(), value]);
}

/** What each instruction does. Those of the old classes (INST, OBJ), of extensions and of out-of-band buffers are not here. */
const steps: Readonly<Record<number, Step>> = {
  [OP.PROTO]: readProtocol,
  [OP.FRAME]: (m) => void m.cursor.uint64(),
  [OP.MARK]: (m) => m.mark(),
  [OP.POP]: (m) => void m.pop(),
  [OP.POP_MARK]: (m) => void m.popMark(),
  [OP.DUP]: (m) => m.push(m.top()),

  [OP.NONE]: (m) => m.push(null),
  [OP.NEWTRUE]: (m) => m.push(true),
  [OP.NEWFALSE]: (m) => m.push(false),
  [OP.INT]: (m) => m.push(readInt(m)),
  [OP.LONG]: (m) => m.push(parseInteger(text(m.cursor.line()).replace(/L$/, ''))),
  [OP.BININT]: (m) => m.push(m.cursor.int32()),
  [OP.BININT1]: (m) => m.push(m.cursor.uint8()),
  [OP.BININT2]: (m) => m.push(m.cursor.uint16()),
  [OP.LONG1]: (m) => m.push(decodeLong(m.cursor.take(m.cursor.uint8()))),
  [OP.LONG4]: (m) => m.push(decodeLong(m.cursor.take(m.cursor.uint32()))),
  [OP.FLOAT]: (m) => m.push(parseFloat64(text(m.cursor.line()))),
  [OP.BINFLOAT]: (m) => m.push(m.cursor.float64()),

  [OP.STRING]: (m) => m.push(parseQuoted(m.cursor.line())),
  [OP.BINSTRING]: (m) => m.push(textOrBytes(m.cursor.take(m.cursor.uint32()))),
  [OP.SHORT_BINSTRING]: (m) => m.push(textOrBytes(m.cursor.take(m.cursor.uint8()))),
  [OP.UNICODE]: (m) => m.push(parseRawUnicode(m.cursor.line())),
  [OP.SHORT_BINUNICODE]: (m) => m.push(text(m.cursor.take(m.cursor.uint8()))),
  [OP.BINUNICODE]: (m) => m.push(text(m.cursor.take(m.cursor.uint32()))),
  [OP.BINUNICODE8]: (m) => m.push(text(m.cursor.take(m.cursor.uint64()))),
  [OP.SHORT_BINBYTES]: (m) => m.push(m.cursor.take(m.cursor.uint8())),
  [OP.BINBYTES]: (m) => m.push(m.cursor.take(m.cursor.uint32())),
  [OP.BINBYTES8]: (m) => m.push(m.cursor.take(m.cursor.uint64())),
  [OP.BYTEARRAY8]: (m) => m.push(m.cursor.take(m.cursor.uint64())),

  [OP.EMPTY_TUPLE]: (m) => m.tuple(0),
  [OP.TUPLE1]: (m) => m.tuple(1),
  [OP.TUPLE2]: (m) => m.tuple(2),
  [OP.TUPLE3]: (m) => m.tuple(3),
  [OP.TUPLE]: (m) => m.push(Object.freeze(m.popMark())),
  [OP.EMPTY_LIST]: (m) => m.push([]),
  [OP.LIST]: (m) => m.push(m.popMark()),
  [OP.APPEND]: (m) => m.append([m.pop()]),
  [OP.APPENDS]: (m) => m.append(m.popMark()),
  [OP.EMPTY_DICT]: (m) => m.push(new Map()),
  [OP.DICT]: (m) => container(m, new Map(), (items) => m.setItems(items)),
  [OP.SETITEM]: setItem,
  [OP.SETITEMS]: (m) => m.setItems(m.popMark()),
  [OP.EMPTY_SET]: (m) => m.push(new Set()),
  [OP.ADDITEMS]: (m) => m.addToSet(m.popMark()),
  [OP.FROZENSET]: frozenSet,

  [OP.PUT]: (m) => m.put(index(m)),
  [OP.BINPUT]: (m) => m.put(m.cursor.uint8()),
  [OP.LONG_BINPUT]: (m) => m.put(m.cursor.uint32()),
  [OP.MEMOIZE]: (m) => m.memoize(),
  [OP.GET]: (m) => m.get(index(m)),
  [OP.BINGET]: (m) => m.get(m.cursor.uint8()),
  [OP.LONG_BINGET]: (m) => m.get(m.cursor.uint32()),

  [OP.GLOBAL]: (m) => m.global(text(m.cursor.line()), text(m.cursor.line())),
  [OP.STACK_GLOBAL]: stackGlobal,
  [OP.REDUCE]: (m) => m.reduce(),
  [OP.NEWOBJ]: (m) => m.newObject(false),
  [OP.NEWOBJ_EX]: (m) => m.newObject(true),
  [OP.BUILD]: (m) => m.build(),
  [OP.BINPERSID]: (m) => m.persistent(),
};

/**
 * Reads one pickle from `at` on. Instructions are looked up in a table and classes in the caller's; no code of the file is
 * run. Time and objects are linear in the file's length: every instruction takes at least one byte.
 * @returns the object, as `values.ts` tells, and where the pickle ends
 * @throws FormatError
 */
export function readPickle(bytes: Uint8Array, at: number, options: PickleOptions): { value: unknown; end: number } {
  const machine = new Machine(bytes, at, options);
  for (;;) {
    const code = machine.cursor.uint8();
    if (code === OP.STOP) return { value: machine.pop(), end: machine.cursor.at };
    const step = steps[code];
    if (step === undefined)
      machine.fail(`instruction 0x${code.toString(16).padStart(2, '0')} is unknown or not allowed`);
    step(machine);
  }
}
