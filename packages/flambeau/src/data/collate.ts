import { ArgumentError, DTypeError } from '../errors.js';
import { tensor } from '../ops/creation.js';
import { stack } from '../ops/joining.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';

/**
 * Samples as a batch: tensors are stacked, numbers become a tensor, arrays and objects are collated member by member, strings stay a
 * list. Numbers with fractions become float32, the dtype that nets compute in.
 */
export function defaultCollate(samples: readonly unknown[]): unknown {
  const [first] = samples;
  if (isTensor(first)) return stack(samples as Tensor[]);
  if (typeof first === 'number')
    return tensor(
      samples as number[],
      Number.isInteger(first) ? { dtype: samples.every(Number.isInteger) ? 'int64' : 'float32' } : { dtype: 'float32' },
    );
  if (typeof first === 'boolean') return tensor(samples as boolean[]);
  if (typeof first === 'string') return samples;
  if (Array.isArray(first)) {
    if (samples.some((sample) => (sample as unknown[]).length !== first.length))
      throw new ArgumentError('defaultCollate', 'arrays of different lengths cannot be put together; give a collateFn');
    return first.map((_, i) => defaultCollate(samples.map((sample) => (sample as unknown[])[i])));
  }
  if (typeof first === 'object' && first !== null) {
    return Object.fromEntries(
      Object.keys(first).map((name) => [
        name,
        defaultCollate(samples.map((sample) => (sample as Record<string, unknown>)[name])),
      ]),
    );
  }
  throw new DTypeError('defaultCollate', `samples of ${typeof first} cannot be put together; give a collateFn`);
}
