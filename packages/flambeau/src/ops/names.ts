import type { Op } from './apply.js';

const names = new Map<Op, string>();

/** Registers an op's public name; export keys survive minifying, `op.name` does not. */
export function nameOp(op: Op, name: string): void {
  names.set(op, name);
}

/** The public name of an op, in camelCase. */
export function nameOf(op: Op): string {
  return names.get(op) ?? op.name;
}

/** The name of an op's gradient, as PyTorch prints it: `AddBackward0`. */
export function gradNameOf(op: Op): string {
  const name = nameOf(op);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Backward0`;
}
