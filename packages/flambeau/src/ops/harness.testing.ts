import { readFileSync } from 'node:fs';
import type { DType } from '../tensor/dtype.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { type Trial, tensorsIn } from './sampling.testing.js';

/** A result as PyTorch gave it. `strides` stand where it shares the first argument's memory. */
interface GoldenResult {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
  readonly strides?: readonly number[];
  readonly plain?: unknown;
}

/** What PyTorch makes of one trial. */
export interface Golden {
  readonly out?: readonly GoldenResult[];
  readonly grads?: readonly (readonly (number | string)[] | null)[];
  readonly error?: string;
}

/** The goldens of a family: op → one for each trial. */
export function readGoldens(family: string): Readonly<Record<string, readonly Golden[]>> {
  // The build keeps goldens where the sources are.
  const path = new URL(`../../src/ops/goldens/${family}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, readonly Golden[]>>;
}

/** The results of a call that are tensors, in order; a plain value stands for itself. */
export function resultsOf(value: unknown): unknown[] {
  if (isTensor(value) || typeof value !== 'object' || value === null) return [value];
  const tensors = tensorsIn(value);
  return tensors.length > 0 ? tensors : [value];
}

export const elements = (tensor: Tensor): number[] => Array.from(tensor.detach().toTypedArray(), Number);

/** The first difference of two lists of numbers as a sentence; null when they agree. NaN agrees with NaN. */
export function difference(
  found: readonly number[],
  expected: readonly (number | string)[],
  rtol: number,
  atol: number,
): string | null {
  if (found.length !== expected.length) return `${found.length} elements instead of ${expected.length}`;
  const wanted = expected.map((value) => Number(String(value).replace('inf', 'Infinity')));
  // Sums of large numbers may cancel: the floor is relative to the largest element.
  const largest = wanted.reduce((max, value) => (Number.isFinite(value) ? Math.max(max, Math.abs(value)) : max), 1);
  for (let i = 0; i < found.length; i++) {
    const want = wanted[i];
    if (Object.is(found[i], want) || found[i] === want) continue;
    if (Math.abs(found[i] - want) <= atol * largest + rtol * Math.abs(want)) continue;
    return `element ${i} is ${found[i]}, PyTorch's is ${want}`;
  }
  return null;
}

/** What is wrong with a result, compared with PyTorch's; null when nothing is. */
export function compare(found: unknown, golden: GoldenResult, trial: Trial, first: Tensor | undefined): string | null {
  if (!isTensor(found)) {
    const expected = 'plain' in golden ? golden.plain : golden.data;
    return JSON.stringify(found) === JSON.stringify(expected)
      ? null
      : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  }
  if (found.dtype !== golden.dtype) return `dtype ${found.dtype} instead of ${golden.dtype}`;
  if (found.shape.join() !== golden.shape.join()) return `shape [${found.shape}] instead of [${golden.shape}]`;
  const exact = !found.isFloatingPoint();
  const wrong = difference(
    elements(found),
    found.dtype === 'float32' ? golden.data.map(single) : golden.data,
    exact ? 0 : toleranceOf(found, trial),
    exact ? 0 : floorOf(found, trial),
  );
  if (wrong !== null) return wrong;
  const shares = first !== undefined && found.numel > 0 && found.storage === first.storage;
  if (shares !== (golden.strides !== undefined))
    return shares ? 'shares memory, PyTorch copies' : 'copies, PyTorch shares memory';
  if (shares && golden.strides?.some((step, i) => step !== found.strides[i] && found.shape[i] > 1))
    return `strides [${found.strides}] instead of [${golden.strides}]`;
  return null;
}

/** A golden's nine digits as the float32 that they stand for. */
const single = (value: number | string): number | string => (typeof value === 'number' ? Math.fround(value) : value);

export const toleranceOf = (tensor: Tensor, { tolerance }: Trial): number =>
  tensor.dtype === 'float64' ? Math.min(tolerance, 1e-9) : tolerance;
export const floorOf = (tensor: Tensor, { tolerance }: Trial): number =>
  Math.min(tolerance, tensor.dtype === 'float64' ? 1e-10 : 1e-6);

/** Different weights for different elements, so that no mistake hides behind a symmetry: cos(1), cos(2), … */
export function cotangent(output: Tensor): Tensor {
  const seed = output.detach().zerosLike();
  const flat = seed.view([-1]);
  for (let i = 0; i < flat.numel; i++) flat.select(0, i).fill_(Math.cos(i + 1));
  return seed;
}

/** Whether every floating-point element is a finite number: finite differences need that. */
export const allFinite = (tensors: readonly Tensor[]): boolean =>
  tensors.every((tensor) => !tensor.isFloatingPoint() || elements(tensor).every(Number.isFinite));
