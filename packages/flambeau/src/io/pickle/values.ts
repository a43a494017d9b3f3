import { FormatError } from '../../errors.js';
import type { Budget } from '../budget.js';

/*
 * How Python's objects stand in JavaScript while a pickle is read: None, bool, str, int and float are primitives (an int past 2⁵³ a
 * bigint), list an array, tuple a frozen array, dict a Map, set and frozenset a Set, bytes and bytearray a Uint8Array. What else
 * a pickle may hold is made by an entry of the table of globals.
 */

/** What a builder may ask for. */
export interface BuildContext {
  readonly budget: Budget;
}

/** A class or function that a pickle may name, and what it means here. Nothing of Python is run. */
export class PickleGlobal {
  readonly name: string;
  readonly #build: ((args: readonly unknown[], context: BuildContext) => unknown) | null;

  constructor(name: string, build: ((args: readonly unknown[], context: BuildContext) => unknown) | null = null) {
    this.name = name;
    this.#build = build;
  }

  /** The object that calling it in Python gives. @throws FormatError */
  call(args: unknown, context: BuildContext): unknown {
    if (this.#build === null || !isTuple(args))
      throw new FormatError(
        `pickle: ${this.name} is called in a way that makes no object: the file is damaged or hostile`,
      );
    return this.#build(args, context);
  }
}

/** An object that is made in two steps: by a call, then by its state. */
export abstract class Stateful {
  abstract setState(state: unknown): void;
}

/** A complex number of Python. */
export class Complex {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}

export const isTuple = (value: unknown): value is readonly unknown[] => Array.isArray(value) && Object.isFrozen(value);

export const isList = (value: unknown): value is unknown[] => Array.isArray(value) && !Object.isFrozen(value);

/** Refuses what Python could not use as a key, or what would be no key in JavaScript. */
export function checkKey(key: unknown): void {
  const usable =
    key === null ||
    (typeof key !== 'object' && typeof key !== 'undefined') ||
    isTuple(key) ||
    key instanceof Uint8Array;
  if (!usable) throw new FormatError('pickle: a list, dict or object is used as a key: the file is damaged');
}
