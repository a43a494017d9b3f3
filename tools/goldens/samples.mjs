/** Writes all samples of the ops as JSON to stdout, for ops.py. Needs a build. */
import '../../packages/flambeau/dist/index.js';
import { families } from '../../packages/flambeau/dist/ops/samples.testing.js';
import { isTensor } from '../../packages/flambeau/dist/tensor/tensor.js';

const number = (value) =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : { number: Object.is(value, -0) ? '-0.0' : String(value) };
const element = (value) => (typeof value === 'bigint' ? Number(value) : number(value));

function encode(value) {
  if (isTensor(value)) {
    const { dtype, shape, strides } = value;
    return { tensor: dtype, shape, strides, data: Array.from(value.toTypedArray(), element) };
  }
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return value.map(encode);
  if (value === undefined) return null;
  if (typeof value === 'object' && value !== null)
    return { options: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)])) };
  return value;
}

const out = {};
for (const [family, ops] of Object.entries(families)) {
  out[family] = {};
  for (const [name, trials] of Object.entries(ops))
    out[family][name] = trials.map(({ args, constant }) => ({ args: encode([...args]), constant }));
}
process.stdout.write(JSON.stringify(out));
