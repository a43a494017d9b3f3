import { ArgumentError, DTypeError, ShapeError } from '../errors.js';
import { isFloating } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { apply } from './apply.js';
import { tensor } from './creation.js';
import type { GeneratorOptions } from './drawing.js';
import { copyInto } from './elementwise.js';
import { checkOptions } from './options.js';
import { rand } from './random.js';

export interface MultinomialOptions extends GeneratorOptions {
  /** Draw with putting back. Default false. */
  replacement?: boolean;
}

/** Sums along the weights up to each, divided by the total, in the precision of `round`. */
function cumulative(weights: readonly number[], round: (x: number) => number): number[] {
  let sum = 0;
  const sums = weights.map((weight) => {
    sum = round(sum + weight);
    return sum;
  });
  return sums.map((each, i) => (i === sums.length - 1 ? 1 : round(each / sum)));
}

/** The first place at which the ascending numbers reach `value`. */
function firstReaching(sums: readonly number[], value: number): number {
  let [low, high] = [0, sums.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each uniform number falls into one weight's share. */
const withReplacement = (
  weights: readonly number[],
  draws: readonly number[],
  round: (x: number) => number,
): number[] => {
  const sums = cumulative(weights, round);
  return draws.map((draw) => firstReaching(sums, draw));
};

/** Every weight waits an exponential time, the shorter the larger it is; who comes first is drawn first (Efraimidis & Spirakis, 2006). */
const withoutReplacement = (weights: readonly number[], draws: readonly number[], count: number): number[] =>
  draws
    .map((draw, i) => ({ i, time: -Math.log1p(-draw) / weights[i] }))
    .sort((a, b) => a.time - b.time || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i);

function checkWeights(rows: readonly (readonly number[])[], count: number, replacement: boolean): void {
  for (const weights of rows) {
    const wrong = weights.find((weight) => !(weight >= 0 && Number.isFinite(weight)));
    if (wrong !== undefined)
      throw new ArgumentError('multinomial', `weights are finite and not negative, but one is ${wrong}`);
    const possible = weights.filter((weight) => weight > 0).length;
    if (possible === 0) throw new ArgumentError('multinomial', 'the sum of the weights must be positive');
    if (!replacement && possible < count)
      throw new ArgumentError(
        'multinomial',
        `only ${possible} weights are positive, but ${count} are to be drawn; pass { replacement: true }`,
      );
  }
}

/**
 * Indices drawn with the probabilities that the weights (n) or each row of (rows, n) stand for, which need not sum to 1: int64 (…, numSamples).
 * With replacement they are those that PyTorch draws; without, they are as likely but others.
 * @example probabilities.multinomial(1) // the next word
 */
export function multinomial(self: Tensor, numSamples: number, options: MultinomialOptions = {}): Tensor {
  checkOptions('multinomial', options, ['replacement', 'generator']);
  const { replacement = false, generator } = options;
  if (!isFloating(self.dtype)) throw new DTypeError('multinomial', `weights are floating-point, not ${self.dtype}`);
  if (self.ndim !== 1 && self.ndim !== 2)
    throw new ShapeError('multinomial', 'the weights must be (n) or (rows, n)', self.shape);
  if (!(Number.isInteger(numSamples) && numSamples > 0))
    throw new ArgumentError('multinomial', `numSamples must be a positive integer, but is ${numSamples}`);
  const flat = self.detach().toArray() as number[] | number[][];
  const rows = (self.ndim === 1 ? [flat] : flat) as number[][];
  checkWeights(rows, numSamples, replacement);
  return apply(multinomial, [self, numSamples, options], {
    shape: [...self.shape.slice(0, -1), numSamples],
    dtype: 'int64',
    kernel: (out) => {
      const round = self.dtype === 'float32' ? Math.fround : (x: number) => x;
      const drawn = rows.flatMap((weights) => {
        const count = replacement ? numSamples : weights.length;
        const draws = rand([count], { dtype: 'float64', generator: generator ?? undefined }).toArray() as number[];
        return replacement ? withReplacement(weights, draws, round) : withoutReplacement(weights, draws, numSamples);
      });
      copyInto(out, tensor(drawn, { dtype: 'int64' }).view(out.shape));
    },
  });
}
