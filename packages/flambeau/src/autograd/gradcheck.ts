import { AutogradError, DTypeError } from '../errors.js';
import { fromTypedArray } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import type { Tensor } from '../tensor/tensor.js';
import { grad } from './grad.js';

export interface GradcheckOptions {
  /** Step of the finite differences. Default 1e-6. */
  eps?: number;
  /** Absolute tolerance. Default 1e-5. */
  atol?: number;
  /** Relative tolerance. Default 1e-3. */
  rtol?: number;
  /** Throw an error that says which element is wrong, instead of answering false. Default true. */
  raiseException?: boolean;
}

type Differentiable = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

const outputsOf = (fn: Differentiable, inputs: readonly Tensor[]): Tensor[] => {
  const out = fn(...inputs);
  return (Array.isArray(out) ? [...out] : [out as Tensor]).filter((tensor) => tensor.isFloatingPoint());
};

/**
 * Compares the gradients of a function with finite differences, one element of the inputs at a time.
 * @param inputs float64 tensors; those that require gradients are checked
 */
export function gradcheck(fn: Differentiable, inputs: readonly Tensor[], options: GradcheckOptions = {}): boolean {
  checkOptions('gradcheck', options, ['eps', 'atol', 'rtol', 'raiseException']);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, raiseException = true } = options;
  const checked = inputs.filter((input) => input.requiresGrad);
  if (checked.length === 0) throw new AutogradError('gradcheck: no input requires a gradient');
  const single = checked.find((input) => input.dtype !== 'float64');
  if (single !== undefined)
    throw new DTypeError('gradcheck', `finite differences need float64 inputs, not ${single.dtype}`);
  const outputs = outputsOf(fn, inputs);
  for (let o = 0; o < outputs.length; o++) {
    if (!outputs[o].requiresGrad) continue;
    const analytic = analyticJacobian(outputs[o], checked);
    for (let i = 0; i < checked.length; i++) {
      const wrong = firstDifference(analytic[i], numericJacobian(fn, inputs, checked[i], o, eps), atol, rtol);
      if (wrong === null) continue;
      if (!raiseException) return false;
      const { row, column, expected, found } = wrong;
      throw new AutogradError(
        `gradcheck: the gradient of output ${o} (element ${row}) with respect to input ${i} (element ${column}) is ${found}, but finite differences give ${expected}`,
      );
    }
  }
  return true;
}

/** Checks the second derivatives: the gradients of the gradient. */
export function gradgradcheck(fn: Differentiable, inputs: readonly Tensor[], options: GradcheckOptions = {}): boolean {
  const first = (...args: Tensor[]): Tensor[] => {
    const wanted = args.filter((arg) => arg.requiresGrad);
    const outputs = outputsOf(fn, args).filter((output) => output.requiresGrad);
    // Seeds that differ from element to element, so that no mistake hides behind a symmetry.
    const seeds = outputs.map((output) =>
      fromTypedArray(
        Float64Array.from({ length: output.numel }, (_, i) => Math.cos(i + 1)),
        output.shape,
      ),
    );
    const grads = grad(outputs, wanted, { gradOutputs: seeds, createGraph: true, allowUnused: true });
    return grads.filter((tensor): tensor is Tensor => tensor?.requiresGrad === true);
  };
  if (first(...inputs).length === 0) return true; // linear: the second derivative is zero
  return gradcheck(first, inputs, options);
}

/** One row of d output / d input for each element of the output. */
function analyticJacobian(output: Tensor, inputs: readonly Tensor[]): Float64Array[][] {
  const rows: Float64Array[][] = inputs.map(() => []);
  for (let row = 0; row < output.numel; row++) {
    const seed = new Float64Array(output.numel);
    seed[row] = 1;
    const grads = grad(output, inputs, {
      gradOutputs: [fromTypedArray(seed, output.shape)],
      retainGraph: true,
      allowUnused: true,
    });
    grads.forEach((tensor, i) => {
      rows[i].push(tensor === null ? new Float64Array(inputs[i].numel) : (tensor.toTypedArray() as Float64Array));
    });
  }
  return rows;
}

/** The same by central differences: one column per element of the input. */
function numericJacobian(
  fn: Differentiable,
  inputs: readonly Tensor[],
  input: Tensor,
  output: number,
  eps: number,
): (row: number, column: number) => number {
  const columns: Float64Array[] = [];
  const values = input.toTypedArray() as Float64Array;
  for (let column = 0; column < input.numel; column++) {
    const at = (step: number): Float64Array => {
      const moved = values.slice();
      moved[column] += step;
      const replaced = inputs.map((other) =>
        other === input ? fromTypedArray(moved, input.shape).requiresGrad_() : other,
      );
      return outputsOf(fn, replaced)[output].toTypedArray() as Float64Array;
    };
    const [up, down] = [at(eps), at(-eps)];
    columns.push(up.map((value, row) => (value - down[row]) / (2 * eps)));
  }
  return (row, column) => columns[column][row];
}

function firstDifference(
  analytic: readonly Float64Array[],
  numeric: (row: number, column: number) => number,
  atol: number,
  rtol: number,
): { row: number; column: number; expected: number; found: number } | null {
  for (let row = 0; row < analytic.length; row++) {
    for (let column = 0; column < analytic[row].length; column++) {
      const expected = numeric(row, column);
      const found = analytic[row][column];
      if (!(Math.abs(expected - found) <= atol + rtol * Math.abs(expected))) return { row, column, expected, found };
    }
  }
  return null;
}
