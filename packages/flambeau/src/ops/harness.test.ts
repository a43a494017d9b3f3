import { describe, expect, it } from 'vitest';
import { grad } from '../autograd/grad.js';
import { gradcheck, gradgradcheck } from '../autograd/gradcheck.js';
import '../index.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import type { Op } from './apply.js';
import * as functional from './functional.js';
import * as functions from './functions.js';
import { manualSeed } from './generator.js';
import {
  allFinite,
  compare,
  cotangent,
  difference,
  elements,
  floorOf,
  type Golden,
  readGoldens,
  resultsOf,
  toleranceOf,
} from './harness.testing.js';
import * as inPlace from './in-place.js';
import * as methods from './index.js';
import { families, refusals } from './samples.testing.js';
import { type Check, mapTensors, strided, type Trial, tensorsIn } from './sampling.testing.js';

/** Calls an op where the stream of seed 0 begins, so that one that draws gives the same whenever it is called. */
function call(op: Op, args: readonly unknown[]): unknown {
  manualSeed(0);
  return op(...(args as never[]));
}

/** Runs a check on all trials of an op and says of each that fails which and why. */
function forAll(
  trials: readonly Trial[],
  check: Check,
  body: (trial: Trial, index: number) => string | null | undefined,
): void {
  const wrong: string[] = [];
  trials.forEach((trial, i) => {
    if (trial.skip[check] !== undefined) return;
    let problem: string | null | undefined;
    try {
      problem = body(trial, i);
    } catch (error) {
      problem =
        error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error);
    }
    if (problem) wrong.push(`sample ${i} (${describeArgs(trial.args)}): ${problem}`);
  });
  expect(wrong).toEqual([]);
}

const describeArgs = (args: readonly unknown[]): string =>
  args
    .map((arg) =>
      isTensor(arg)
        ? `${arg.dtype}[${arg.shape}]`
        : Array.isArray(arg)
          ? `(${describeArgs(arg)})`
          : JSON.stringify(arg),
    )
    .join(', ');

/** The trial's arguments as fresh leaves that ask for gradients, and those leaves. */
function withGradients(trial: Trial): { args: readonly unknown[]; leaves: Tensor[] } {
  const leaves: Tensor[] = [];
  let place = 0;
  const args = mapTensors(trial.args, (tensor) => {
    if (!tensor.isFloatingPoint() || trial.constant.includes(place++)) return tensor;
    const leaf = tensor.detach().requiresGrad_();
    leaves.push(leaf);
    return leaf;
  });
  return { args, leaves };
}

/** Gradients of the leaves for the harness's cotangents. */
function gradients(outputs: readonly Tensor[], leaves: readonly Tensor[]): (Tensor | null)[] {
  return grad(outputs, leaves, { gradOutputs: outputs.map(cotangent), allowUnused: true });
}

const differentiable = (result: unknown): Tensor[] =>
  resultsOf(result).filter((output): output is Tensor => isTensor(output) && output.requiresGrad);

function checkGradients(
  found: readonly (Tensor | null)[],
  leaves: readonly Tensor[],
  golden: Golden,
  trial: Trial,
): string | null {
  const grads = golden.grads ?? [];
  for (let i = 0; i < leaves.length; i++) {
    const expected = grads[i] ?? null;
    const mine = found[i];
    // No gradient and a gradient of zeros are the same for those who use it.
    if (expected === null && (mine === null || elements(mine).every((value) => value === 0))) continue;
    if (expected !== null && mine === null && expected.every((value) => value === 0)) continue;
    if (expected === null || mine === null)
      return `argument ${i}: ${mine === null ? 'no gradient' : 'a gradient'}, unlike PyTorch`;
    if (mine.shape.join() !== leaves[i].shape.join()) return `argument ${i}: gradient of shape [${mine.shape}]`;
    const wrong = difference(elements(mine), expected, 10 * toleranceOf(mine, trial), 10 * floorOf(mine, trial));
    if (wrong !== null) return `gradient of argument ${i}: ${wrong}`;
  }
  return null;
}

describe.each(Object.entries(families))('%s', (family, ops) => {
  const goldens = readGoldens(family);
  describe.each(Object.entries(ops))('%s', (name, trials) => {
    const golden = goldens[name] ?? [];

    it('gives what PyTorch gives', () => {
      expect(golden.length, 'the goldens are stale: run tools/goldens/ops.py').toBe(trials.length);
      forAll(trials, 'value', (trial, i) => {
        const { out, error } = golden[i];
        if (error !== undefined) {
          expect(() => call(trial.op, trial.args), `PyTorch refuses this: ${error}`).toThrow();
          return null;
        }
        const results = resultsOf(call(trial.op, trial.args));
        if (results.length !== out?.length) return `${results.length} results instead of ${out?.length}`;
        const [first] = tensorsIn(trial.args);
        return results.map((result, k) => compare(result, out[k], trial, first)).find((problem) => problem !== null);
      });
    });

    const sound = trials.filter((_, i) => golden[i]?.error === undefined);
    if ((methods as Record<string, unknown>)[name] === trials[0].op) {
      it('is a method too', () => {
        forAll(sound, 'value', ({ op, args }) => {
          const [self, ...rest] = args as [Tensor, ...unknown[]];
          const method = (self as unknown as Record<string, (...rest: unknown[]) => unknown>)[name];
          return sameResults(call(method.bind(self), rest), call(op, args));
        });
      });
    }

    it('reads memory with gaps', () => {
      forAll(sound, 'strided', ({ op, args }) =>
        sameResults(call(op, mapTensors(args, strided)), call(op, args), 1e-6),
      );
    });

    if ((inPlace as Record<string, unknown>)[name] === trials[0].op) {
      it('has an in-place form with the same result and gradient', () => {
        forAll(sound, 'inPlace', (trial) => checkInPlace(name, trial, golden[trials.indexOf(trial)]));
      });
    }

    it('has the gradients that PyTorch has', () => {
      forAll(trials, 'gradient', (trial, i) => {
        if (golden[i].error !== undefined) return null;
        const { args, leaves } = withGradients(trial);
        if (leaves.length === 0) return null;
        const outputs = differentiable(call(trial.op, args));
        if (outputs.length === 0)
          return golden[i].grads?.some((g) => g?.some((x) => x !== 0)) ? 'no gradient at all' : null;
        return checkGradients(gradients(outputs, leaves), leaves, golden[i], trial);
      });
    });

    it('agrees with finite differences, in the first and second derivative', () => {
      forAll(sound, 'differences', (trial) => {
        const { args, leaves } = withGradients(trial);
        const size = leaves.reduce((n, leaf) => n + leaf.numel, 0);
        if (!trial.double || size === 0 || size > 64 || trial.skip.gradient !== undefined || !allFinite(leaves)) return;
        const outputs = differentiable(call(trial.op, args));
        if (outputs.length === 0 || !allFinite(outputs)) return;
        if (outputs.some((output) => output.dtype !== 'float64')) return; // too coarse for differences
        const compute = (...inputs: Tensor[]): Tensor[] => {
          let next = 0;
          return differentiable(
            call(
              trial.op,
              mapTensors(args, (tensor) => (tensor.requiresGrad ? inputs[next++] : tensor)),
            ),
          );
        };
        gradcheck(compute, leaves);
        if (trial.skip.second === undefined) gradgradcheck(compute, leaves, { atol: 1e-4 });
        return null;
      });
    });
  });
});

describe.each(Object.entries(refusals))('%s refuses', (_, ops) => {
  it.each(Object.entries(ops))('what %s cannot do, by name and with the way out', (__, { op, samples }) => {
    for (const [args, name, message] of samples) {
      const versions = tensorsIn(args).map((tensor) => tensor.storage.version);
      expect(() => op(...(args as never[]))).toThrow(expect.objectContaining({ name, message }));
      const after = tensorsIn(args).map((tensor) => tensor.storage.version);
      expect(after, `a refused call changed an argument: ${message}`).toEqual(versions);
    }
  });
});

function sameResults(found: unknown, expected: unknown, rtol = 0): string | null {
  const [a, b] = [resultsOf(found), resultsOf(expected)];
  if (a.length !== b.length) return `${a.length} results instead of ${b.length}`;
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a[i], b[i]];
    if (!isTensor(left) || !isTensor(right)) {
      if (JSON.stringify(left) !== JSON.stringify(right)) return `${left} instead of ${right}`;
      continue;
    }
    if (left.dtype !== right.dtype || left.shape.join() !== right.shape.join())
      return `${left.dtype}[${left.shape}] instead of ${right.dtype}[${right.shape}]`;
    const wrong = difference(elements(left), elements(right), rtol, rtol);
    if (wrong !== null) return wrong.replace("PyTorch's", 'the other');
  }
  return null;
}

function checkInPlace(name: string, trial: Trial, golden: Golden): string | null {
  const [self, ...rest] = trial.args as [Tensor, ...unknown[]];
  const expected = call(trial.op, trial.args) as Tensor;
  if (expected.dtype !== self.dtype || expected.shape.join() !== self.shape.join()) return null;
  type InPlace = Record<string, (...rest: unknown[]) => Tensor>;
  const target = self.clone();
  const { storage } = target;
  const result = (target as unknown as InPlace)[`${name}_`](...rest);
  if (result !== target || target.storage !== storage) return 'the result is another tensor';
  const wrong = sameResults(target, expected, 1e-6);
  if (wrong !== null || golden.grads === undefined || trial.skip.gradient !== undefined) return wrong;
  const { args, leaves } = withGradients(trial);
  const [leaf, ...others] = args as [Tensor, ...unknown[]];
  const changed = (leaf.clone() as unknown as InPlace)[`${name}_`](...others);
  if (!changed.requiresGrad) return null;
  return checkGradients(gradients([changed], leaves), leaves, golden, trial);
}

/** Exported ops without samples, each with the reason. */
const excused: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['backward', 'retainGrad', 'registerHook'].map((name) => [
      name,
      'of the graph, not of values: tested with autograd',
    ]),
  ),
  ...Object.fromEntries(
    ['toArray', 'tolist', 'toTypedArray'].map((name) => [name, 'reads: every check here rests on it']),
  ),
  ...Object.fromEntries(
    ['copy_', 'fill_', 'zero_', 'setAt', 'indexPut_'].map((name) => [
      name,
      'changes its argument: tested in edge.test.ts',
    ]),
  ),
  ...Object.fromEntries(
    ['Generator', 'getRngState', 'setRngState', 'initialSeed', 'manualSeed', 'seed'].map((name) => [
      name,
      'the generator',
    ]),
  ),
  ...Object.fromEntries(['empty', 'emptyLike'].map((name) => [name, 'memory as it was left'])),
  ...Object.fromEntries(
    ['fromTypedArray', 'asTensor'].map((name) => [name, 'PyTorch has none: tested in edge.test.ts']),
  ),
  rrelu: 'draws while training: compared with PyTorch among the layers',
};

describe('the harness', () => {
  const tried = new Set(Object.values(families).flatMap((ops) => Object.values(ops).map(([trial]) => trial.op)));

  it.each(Object.entries({ methods, functions, functional }))('knows every op of %s', (_, barrel) => {
    const missing = Object.entries(barrel).filter(
      ([name, op]) => typeof op === 'function' && !tried.has(op as never) && excused[name] === undefined,
    );
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('knows of every family what it refuses', () => {
    const silent = Object.keys(families).filter((family) => Object.keys(refusals[family]).length === 0);
    expect(silent).toEqual([]);
  });

  it('excuses only what is there and has no samples', () => {
    const all: Record<string, unknown> = { ...methods, ...functions, ...functional };
    expect(Object.keys(excused).filter((name) => !(name in all) || tried.has(all[name] as never))).toEqual([]);
  });

  it('has a gradient, or a word why not, for every op that has one in PyTorch', () => {
    const without = Object.entries(families).flatMap(([family, ops]) => {
      const goldens = readGoldens(family);
      return Object.entries(ops).filter(([name, trials]) => {
        const differentiated = trials.filter(
          (trial, i) => goldens[name][i].grads?.some((g) => g !== null) && trial.skip.gradient === undefined,
        );
        const explained = trials.some((trial) => trial.skip.gradient !== undefined);
        return !explained && differentiated.length === 0 && trials.some((_, i) => goldens[name][i].grads !== undefined);
      });
    });
    expect(without.map(([name]) => name)).toEqual([]);
  });
});
