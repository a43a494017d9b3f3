import * as activation from './activation.js';
import { samples as activationSamples } from './activation.samples.js';
import type { Op } from './apply.js';
import * as arithmetic from './arithmetic.js';
import { samples as arithmeticSamples } from './arithmetic.samples.js';
import { type Trial, trialsOf } from './sampling.testing.js';
import * as unary from './unary.js';
import { samples as unarySamples } from './unary.samples.js';

/** A family of ops with its samples. */
const family = (ops: object, samples: object): Readonly<Record<string, readonly Trial[]>> =>
  Object.fromEntries(
    Object.entries(samples).map(([name, list]) => [name, trialsOf((ops as Record<string, Op>)[name], list)]),
  );

/** What the harness runs: family → op → trials. The goldens of a family lie in goldens/<family>.json. */
export const families: Readonly<Record<string, Readonly<Record<string, readonly Trial[]>>>> = {
  activation: family(activation, activationSamples),
  arithmetic: family(arithmetic, arithmeticSamples),
  unary: family(unary, unarySamples),
};
