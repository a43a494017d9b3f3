import { ArgumentError } from '../errors.js';
import type { Tensor } from '../tensor/tensor.js';

/** The edit distance of two words, to name the key that was meant. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

/**
 * Refuses option keys that the op does not know: a misspelt option must not silently mean its default.
 * @throws TypeError that names the nearest key
 */
export function checkOptions(op: string, options: object | undefined, known: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${op}: options must be an object, not ${String(options)}`);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const snake = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const nearest = known.reduce(
      (best, name) => (distance(snake, name) < distance(snake, best) ? name : best),
      known[0] ?? '',
    );
    throw new TypeError(
      `${op}: unknown option '${key}'${nearest === '' ? '; it takes none' : `; did you mean '${nearest}'? (it takes ${known.join(', ')})`}`,
    );
  }
}

/**
 * The comfort of API rule 2: an option that may also stand positionally before the options object.
 * `x.sum(1, { keepdim: true })` and `x.sum({ dim: 1, keepdim: true })` are the same call.
 */
export function withPositional<Options extends object, Key extends keyof Options>(
  op: string,
  known: readonly (keyof Options & string)[],
  key: Key,
  first: Options[Key] | Options | undefined,
  rest: Options | undefined,
): Options {
  const isOptions =
    typeof first === 'object' &&
    first !== null &&
    !Array.isArray(first) &&
    Object.getPrototypeOf(first) === Object.prototype;
  const options = (isOptions ? first : (rest ?? {})) as Options;
  checkOptions(op, options, known);
  return isOptions || first === undefined ? options : { ...options, [key]: first };
}

/** What the options of every new tensor ask for beside its dtype: a device that is there, and gradients. */
export function finish(
  op: string,
  out: Tensor,
  options: { device?: string; requiresGrad?: boolean } | undefined,
): Tensor {
  if (options?.device !== undefined && options.device !== 'cpu')
    throw new ArgumentError(op, `device '${String(options.device)}' is not available; there is 'cpu'`);
  return options?.requiresGrad === true ? out.requiresGrad_() : out;
}
