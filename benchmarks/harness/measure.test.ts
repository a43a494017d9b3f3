import * as fl from 'flambeau';
import { describe, expect, it } from 'vitest';
import { workloads } from '../workloads/index.js';
import { difference, digest } from './digest.js';
import { normal } from './inputs.js';
import { machine } from './machine.js';
import { measure } from './measure.js';
import { op } from './op.js';
import { formatSeconds, ratioOf } from './report.js';
import { type Run, withSection } from './results.js';
import { quantile } from './timing.js';

const tiny = {
  group: 'test',
  ...op('multiply', {
    inputs: { a: normal(4, 3), b: normal(3, 2) },
    ours: ({ a, b }) => a.matmul(b),
    theirs: 'a @ b',
    grads: ['a', 'b'],
    flops: 48,
  }),
};

describe('a workload', () => {
  it('is timed without PyTorch', async () => {
    const row = await measure(tiny, null, { rounds: 3, sample: 0.001, compile: false });
    expect(row.ours.samples).toHaveLength(3);
    expect(row.ours.median).toBeGreaterThan(0);
    expect(row.ours.low).toBeLessThanOrEqual(row.ours.median);
    expect(row.theirs).toBeNull();
    expect(ratioOf(row)).toBeNull();
  });

  it('is the same on both sides: the Python is made of the same inputs', () => {
    expect(tiny.theirs).toEqual({
      setup:
        'torch.manual_seed(0)\na = torch.randn([4, 3])\nb = torch.randn([3, 2])\na.requires_grad_()\nb.requires_grad_()\n' +
        'out = a @ b\ngrad = torch.randn(out.shape)',
      body: 'torch.autograd.grad(a @ b, [a, b], grad)',
      check: '[out, *torch.autograd.grad(a @ b, [a, b], grad)]',
    });
  });

  it('has a name of its own', () => {
    const names = workloads.map(({ group, name }) => `${group}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the comparison before timing', () => {
  const of = (...values: number[]) => digest(fl.tensor(values, { dtype: 'float32' }));

  it('lets rounding pass', () => {
    expect(difference([of(1, 2, 3)], [of(1, 2, 3.000001)])).toBeNull();
  });

  it('sees other numbers, another order, another count and NaN', () => {
    expect(difference([of(1, 2, 3)], [of(1, 2, 4)])).toContain('tensor 1 of 1');
    expect(difference([of(1, -2, 3)], [of(3, -2, 1)])).toContain('tensor 1 of 1');
    expect(difference([of(1)], [])).toBe('1 tensors here, 0 in PyTorch');
    expect(difference([of(Number.NaN)], [of(1)])).toContain('tensor 1 of 1');
  });
});

describe('the numbers of the table', () => {
  it('are quartiles between the samples', () => {
    expect([0.25, 0.5, 0.75].map((share) => quantile([1, 2, 3, 4], share))).toEqual([1.75, 2.5, 3.25]);
  });

  it('have three digits and a unit', () => {
    expect([2, 0.0123456, 1.5e-5, 3.21e-7].map(formatSeconds)).toEqual(['2 s', '12.3 ms', '15 µs', '321 ns']);
  });
});

describe('RESULTS.md', () => {
  const run = (cpu: string, median: number): Run => {
    const times = { median, low: median, high: median, samples: [median], repetitions: 1 };
    return {
      date: '2025-01-01',
      machine: { ...machine(null), cpu },
      peak: { flops: 1e9, bytes: 1e9 },
      rounds: 1,
      rows: [
        {
          group: 'gemm',
          name: 'square',
          ours: times,
          theirs: { ...times, median: 3 * median },
          compiled: null,
          flops: 1e6,
        },
      ],
    };
  };

  it('has the last run of each kind of machine', () => {
    const text = withSection(withSection(withSection('', run('A', 1)), run('B', 2)), run('A', 4));
    expect(text.match(/^## /gm)).toHaveLength(2);
    expect(text.match(/^\| square.*$/gm)).toEqual([
      '| square | 4 s ±0 % | 12 s ±0 % | 3.00 | 0.000250 GF/s | 0 % |',
      '| square | 2 s ±0 % | 6 s ±0 % | 3.00 | 0.000500 GF/s | 0 % |',
    ]);
  });
});
