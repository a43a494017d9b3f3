import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { zeros } from './creation.js';
import { checkOptions, withPositional } from './options.js';

export interface EmbeddingOptions {
  /** The row that no gradient reaches; negative counts from the end. Default: none. */
  paddingIdx?: number | null;
}

/** The rows of `weight` (words, size) that `input` lists: shape (…input, size). */
export function embedding(input: Tensor, weight: Tensor, options?: EmbeddingOptions): Tensor {
  checkOptions('embedding', options, ['paddingIdx']);
  if (input.dtype !== 'int64' && input.dtype !== 'int32')
    throw new DTypeError('embedding', `the input holds row numbers in int64 or int32, not ${input.dtype}`);
  if (weight.ndim !== 2) throw new ShapeError('embedding', 'the weight must be (rows, size)', weight.shape);
  const index = input.to('int64').flatten();
  const width = weight.shape[1];
  const rows = weight.gather(0, index.unsqueeze(1).expand([index.numel, width])).reshape([...input.shape, width]);
  const padding = options?.paddingIdx ?? null;
  if (padding === null || !rows.requiresGrad) return rows;
  const isPadding = input.eq(padding < 0 ? padding + weight.shape[0] : padding).unsqueeze(-1);
  return isPadding.where(rows.detach(), rows);
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
  return zeros([...self.shape, classes], { dtype: 'int64' }).scatter(-1, self.unsqueeze(-1), 1);
}
