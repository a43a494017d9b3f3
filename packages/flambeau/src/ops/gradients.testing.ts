import { expect } from 'vitest';
import * as fl from '../index.js';

/** A float64 leaf of numbers that are spread without a pattern and lie well apart, so that finite differences cross no kink. */
export function leaf(...shape: number[]): fl.Tensor {
  const count = shape.reduce((n, size) => n * size, 1);
  const values = Array.from({ length: count }, (_, i) => (((i * 37 + shape.length * 11) % 101) - 50) / 31 + i * 1e-3);
  return fl.tensor(values, { dtype: 'float64' }).reshape(shape).requiresGrad_();
}

/** First and second derivatives against finite differences. */
export function expectGradients(fn: (...inputs: fl.Tensor[]) => fl.Tensor, ...inputs: fl.Tensor[]): void {
  expect(fl.autograd.gradcheck(fn, inputs)).toBe(true);
  expect(fl.autograd.gradgradcheck(fn, inputs)).toBe(true);
}
