import { DTypeError, ShapeError } from '../errors.js';
import { sameShape } from '../tensor/shape.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { gemmWeight } from './gemm.js';

/** x · weightᵀ + bias: x (…, in), weight (out, in), bias (out). */
export function linear(input: Tensor, weight: Tensor, bias?: Tensor | null | { bias?: Tensor | null }): Tensor {
  const offset = bias === undefined || bias === null ? null : isTensor(bias) ? bias : (bias.bias ?? null);
  if (weight.ndim !== 2) throw new ShapeError('linear', 'the weight must be (out, in)', weight.shape);
  if (input.ndim === 0 || input.shape[input.ndim - 1] !== weight.shape[1]) {
    throw new ShapeError(
      'linear',
      `the input's last size must be ${weight.shape[1]}, the weight's second`,
      input.shape,
      weight.shape,
    );
  }
  if (input.dtype !== weight.dtype)
    throw new DTypeError('linear', `input and weight must have one dtype, not ${input.dtype} and ${weight.dtype}`);
  if (offset !== null) checkBias(offset, weight);
  if (input.ndim !== 2)
    return linear(input.reshape([-1, weight.shape[1]]), weight, offset).reshape([
      ...input.shape.slice(0, -1),
      weight.shape[0],
    ]);
  return affine(input, weight, offset);
}

function checkBias(bias: Tensor, weight: Tensor): void {
  if (bias.ndim !== 1 || bias.shape[0] !== weight.shape[0])
    throw new ShapeError('linear', `the bias must be [${weight.shape[0]}], the weight's first size`, bias.shape);
  if (bias.dtype !== weight.dtype)
    throw new DTypeError('linear', `weight and bias must have one dtype, not ${weight.dtype} and ${bias.dtype}`);
}

/** The primitive behind `linear`: matrices only, the bias added while the product is in registers. */
function affine(input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  return apply(affine, [input, weight, bias], {
    shape: [input.shape[0], weight.shape[0]],
    dtype: input.dtype,
    kernel: (out, x, w, b) => gemmWeight('linear', out, x, w, b),
    save: (_out, x, w, b) => [x, w, b !== null] as const,
    vjp: (grad, [x, w, hasBias], needs) => [
      needs[0] ? grad.mm(w) : null,
      needs[1] ? grad.t().mm(x) : null,
      ...(hasBias ? [needs[2] ? grad.sum(0) : null] : []),
    ],
  });
}

/** For each output a bilinear form of two inputs, x1ᵀ A x2 + bias: x1 (…, in1), x2 (…, in2), weight (out, in1, in2), bias (out). */
export function bilinear(x1: Tensor, x2: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  if (weight.ndim !== 3) throw new ShapeError('bilinear', 'the weight must be (out, in1, in2)', weight.shape);
  const [out, in1, in2] = weight.shape;
  const lead = x1.shape.slice(0, -1);
  if (x1.ndim === 0 || x1.shape.at(-1) !== in1 || !sameShape(x2.shape, [...lead, in2]))
    throw new ShapeError('bilinear', `the inputs must be (…, ${in1}) and (…, ${in2})`, x1.shape, x2.shape);
  if (x1.dtype !== weight.dtype || x2.dtype !== weight.dtype)
    throw new DTypeError(
      'bilinear',
      `inputs and weight must have one dtype, not ${x1.dtype}, ${x2.dtype} and ${weight.dtype}`,
    );
  // Every output's A x2 for all rows by one product, then the sums with x1.
  const products = x2
    .reshape([-1, in2])
    .mm(weight.reshape([out * in1, in2]).t())
    .view([-1, out, in1]);
  const result = products
    .mul(x1.reshape([-1, 1, in1]))
    .sum(-1)
    .reshape([...lead, out]);
  return bias === null ? result : result.add(bias);
}
