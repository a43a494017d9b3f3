/** Every error that Flambeau raises on purpose; `instanceof FlambeauError` tells a wrong call from a bug. */
export class FlambeauError extends Error {
  override name = 'FlambeauError';
}

const show = (shapes: readonly (readonly number[])[]): string => shapes.map((s) => `[${s.join(', ')}]`).join(' and ');

/** Shapes that do not fit an op. */
export class ShapeError extends FlambeauError {
  override name = 'ShapeError' as const;
  readonly op: string;
  readonly shapes: readonly (readonly number[])[];
  constructor(op: string, problem: string, ...shapes: readonly (readonly number[])[]) {
    super(`${op}: ${problem}${shapes.length > 0 ? ` (got ${show(shapes)})` : ''}`);
    this.op = op;
    this.shapes = shapes;
  }
}

/** A dtype that an op does not take. */
export class DTypeError extends FlambeauError {
  override name = 'DTypeError' as const;
  readonly op: string;
  constructor(op: string, problem: string) {
    super(`${op}: ${problem}`);
    this.op = op;
  }
}

/** An index or dimension out of range. */
export class IndexError extends FlambeauError {
  override name = 'IndexError' as const;
  readonly op: string;
  constructor(op: string, problem: string) {
    super(`${op}: ${problem}`);
    this.op = op;
  }
}

/** A wrong value among the arguments of an op, a module or an optimiser. */
export class ArgumentError extends FlambeauError {
  override name = 'ArgumentError' as const;
  readonly op: string;
  constructor(op: string, problem: string) {
    super(`${op}: ${problem}`);
    this.op = op;
  }
}

/**
 * Lets a composite speak for what its inner ops refuse: `argsort: dimension 2 …` rather than `sort: dimension 2 …`.
 * @internal
 */
export function inNameOf<T>(op: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof FlambeauError && 'op' in error) rename(error as FlambeauError & { op: string }, op);
    throw error;
  }
}

function rename(error: FlambeauError & { op: string }, op: string): void {
  const renamed = error.message.replace(`${error.op}: `, `${op}: `);
  // The stack repeats the message, and is what Node prints.
  error.stack = error.stack?.replace(error.message, renamed);
  Object.assign(error, { op, message: renamed });
}

/** A device that is not there or that an op does not support. */
export class DeviceError extends FlambeauError {
  override name = 'DeviceError' as const;
}

/** Gradients asked for in a way that cannot be answered. */
export class AutogradError extends FlambeauError {
  override name = 'AutogradError' as const;
}

/** A file that is not what it should be: cut off, damaged or hostile. */
export class FormatError extends FlambeauError {
  override name = 'FormatError' as const;
}
