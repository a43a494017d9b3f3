import { isTensor } from '../tensor/tensor.js';
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

type Args = readonly unknown[];

const stems: Readonly<Record<string, string>> = {
  affine: 'Addmm',
  confine: 'Hardtanh',
  convolve: 'Convolution',
  copied: 'Copy',
  filled: 'Fill',
  log1p: 'Log1P',
  normalizeBatch: 'NativeBatchNorm',
  normalizeGroups: 'NativeGroupNorm',
  normalizeRows: 'NativeLayerNorm',
  padConstant: 'ConstantPadNd',
  pick: 'NllLoss',
  poolAverage: 'AvgPool2D',
  poolMax: 'MaxPool2DWithIndices',
  square: 'Pow',
  to: 'ToCopy',
  transposed: 'Convolution',
};

/** PyTorch numbers the overloads of an op: a reduction along `dim`, an operand that is a tensor. */
const alongDim = ([, dim]: Args): number => (dim === undefined ? 0 : 1);
const withTensor = (args: Args): number => (args.slice(1).every(isTensor) ? 1 : 0);
const overloads: Readonly<Record<string, (args: Args) => number>> = {
  clamp: () => 1,
  fmod: withTensor,
  lerp: withTensor,
  mean: alongDim,
  pow: withTensor,
  prod: alongDim,
  remainder: withTensor,
  sum: alongDim,
};

/** What the names of an op's gradients are made of, and those made so far: every recorded call asks for one. */
interface GradNames {
  readonly stem: string;
  readonly overload: (args: Args) => number;
  readonly made: string[];
}
const gradNames = new Map<Op, GradNames>();

/** The name of an op's gradient, as PyTorch prints it: `AddBackward0`. */
export function gradNameOf(op: Op, args: Args = []): string {
  const { stem, overload, made } = gradNames.get(op) ?? beginNames(op);
  const number = overload(args);
  made[number] ??= `${stem}Backward${number}`;
  return made[number];
}

function beginNames(op: Op): GradNames {
  const name = nameOf(op);
  const stem = stems[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const names = { stem, overload: overloads[name] ?? (() => 0), made: [] };
  gradNames.set(op, names);
  return names;
}
