import { ArgumentError, DTypeError, inNameOf } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { zeros } from './creation.js';
import { checkOptions, withPositional } from './options.js';
import { checkTable, limitRows, lookUp, type TableOptions } from './table.js';

export { type EmbeddingBagOptions, embeddingBag } from './embedding-bag.js';
export type EmbeddingOptions = TableOptions;

/**
 * The rows of `weight` (rows, size) that `input` lists: shape (…input, size).
 * @throws IndexError when a number in `input` is no row
 */
export function embedding(input: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  checkOptions('embedding', options, ['paddingIdx', 'maxNorm', 'normType', 'scaleGradByFreq', 'sparse']);
  const { index, padding } = checkTable('embedding', input, weight, options);
  limitRows(weight, index, options);
  return lookUp(weight, index, padding, options.scaleGradByFreq ?? false);
}

/** A 1 at each class index among zeros: shape (…self, numClasses), int64. Without `numClasses` as many as the largest index asks for. */
export function oneHot(self: Tensor, numClasses?: number | { numClasses?: number }): Tensor {
  const given = withPositional<{ numClasses?: number }, 'numClasses'>(
    'oneHot',
    ['numClasses'],
    'numClasses',
    numClasses,
    undefined,
  );
  if (isFloating(self.dtype) || self.dtype !== 'int64')
    throw new DTypeError('oneHot', `class indices are int64, not ${self.dtype}; convert with .long()`);
  const wanted = given.numClasses ?? -1;
  if (self.numel === 0 && wanted < 0)
    throw new ArgumentError('oneHot', 'cannot tell the number of classes from an empty tensor: pass numClasses');
  const classes = wanted >= 0 ? wanted : self.amax().item() + 1;
  return inNameOf('oneHot', () =>
    zeros([...self.shape, classes], { dtype: 'int64' }).scatter(-1, self.unsqueeze(-1), 1),
  );
}
