import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as fl from '../index.js';

const { data } = fl;

/** Made by tools/goldens/nn.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/data.json', import.meta.url), 'utf8')) as Record<
  'split' | 'fractions' | 'generator' | 'replacement' | 'more' | 'weighted',
  unknown
> & {
  shuffle: { epochs: unknown; after: unknown };
};
const numbers = (n: number): fl.data.Dataset<[fl.Tensor]> => new data.TensorDataset(fl.arange(n));
const read = (loader: fl.data.DataLoader<[fl.Tensor]>): unknown[] => [...loader].map(([x]) => x.toArray());

/** Samples that are objects, one by one. */
class Words extends data.Dataset<{ word: string; size: number; place: [number, boolean] }> {
  readonly length = 3;
  get(i: number): { word: string; size: number; place: [number, boolean] } {
    return { word: 'abc'.slice(0, i + 1), size: i + 1, place: [i / 2, i > 0] };
  }
}

describe('orders are those of PyTorch from the same seed', () => {
  it('shuffle: two epochs, and the default generator is where PyTorch leaves it', () => {
    fl.manualSeed(0);
    const loader = new data.DataLoader(numbers(10), { batchSize: 4, shuffle: true });
    expect([read(loader), read(loader)]).toEqual(golden.shuffle.epochs);
    expect(fl.rand(2).toArray()).toEqual(golden.shuffle.after);
  });

  it('shuffle from a generator of its own', () => {
    const generator = new fl.Generator().manualSeed(7);
    const loader = new data.DataLoader(numbers(10), { batchSize: 4, shuffle: true, dropLast: true, generator });
    expect([read(loader), read(loader)]).toEqual(golden.generator);
    expect(loader.length).toBe(2);
  });

  it('randomSplit, by lengths and by fractions', () => {
    for (const [lengths, expected] of [
      [[6, 5], golden.split],
      [[0.5, 0.3, 0.2], golden.fractions],
    ] as const) {
      fl.manualSeed(0);
      expect(data.randomSplit(numbers(11), lengths).map(({ indices }) => indices)).toEqual(expected);
    }
    expect(() => data.randomSplit(numbers(11), [6, 6])).toThrow('do not sum to the 11 samples');
  });

  it('RandomSampler with replacement, and with more draws than samples', () => {
    fl.manualSeed(0);
    expect([...new data.RandomSampler(10, { replacement: true, numSamples: 40 })]).toEqual(golden.replacement);
    fl.manualSeed(0);
    expect([...new data.RandomSampler(10, { numSamples: 25 })]).toEqual(golden.more);
  });

  it('WeightedRandomSampler, which never draws what weighs nothing', () => {
    fl.manualSeed(0);
    const weights = [0.1, 0, 3, 1.5];
    expect([...new data.WeightedRandomSampler(weights, 30)]).toEqual(golden.weighted);
    const all = [...new data.WeightedRandomSampler(weights, 3, { replacement: false })];
    expect(all.sort()).toEqual([0, 2, 3]);
    expect(() => new data.WeightedRandomSampler(fl.ones(2, 2), 1)).toThrow('one for each sample');
  });
});

describe('DataLoader', () => {
  it('gives the same batches to `for` and `for await`, prepared ahead or not', async () => {
    for (const prefetch of [0, 2, 9]) {
      const loader = new data.DataLoader(numbers(7), { batchSize: 3, prefetch });
      const batches: unknown[] = [];
      for await (const [x] of loader) batches.push(x.toArray());
      expect(batches).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
      expect(read(loader)).toEqual(batches);
    }
  });

  it('lets other things happen between batches of `for await`', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    for await (const _ of new data.DataLoader(numbers(2000))) if (turns > 0) break;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('collates objects member by member', () => {
    const [batch] = new data.DataLoader(new Words(), { batchSize: 3 });
    expect(batch.word).toEqual(['a', 'ab', 'abc']);
    expect((batch.size as unknown as fl.Tensor).toArray()).toEqual([1, 2, 3]);
    expect((batch.place as unknown as fl.Tensor[]).map((tensor) => tensor.dtype)).toEqual(['float32', 'bool']);
  });

  it('takes a sampler, batches or a collating function of the user', () => {
    expect(
      read(
        new data.DataLoader(numbers(4), {
          sampler: {
            length: 2,
            *[Symbol.iterator]() {
              yield* [3, 1];
            },
          },
        }),
      ),
    ).toEqual([[3], [1]]);
    expect(read(new data.DataLoader(numbers(4), { batchSampler: [[0, 3], [1]] }))).toEqual([[0, 3], [1]]);
    expect([...new data.DataLoader(new Words(), { collateFn: (samples) => samples.length })]).toEqual([1, 1, 1]);
  });

  it('passes over batches that were trained on before', () => {
    const loader = new data.DataLoader(numbers(4), { skip: 3 });
    expect(read(loader)).toEqual([[3]]);
    expect(read(loader)).toHaveLength(4);
  });

  it('refuses what makes no sense', () => {
    expect(() => new data.DataLoader(numbers(4), { batchSize: 0 })).toThrow('batchSize 0');
    expect(() => new data.DataLoader(numbers(0), { shuffle: true })).toThrow('there must be samples to draw');
    expect(() => new data.DataLoader(numbers(4), { batchsize: 2 } as never)).toThrow("did you mean 'batchSize'?");
    expect(() => data.defaultCollate([[1, 2], [1]])).toThrow('arrays of different lengths');
  });
});

describe('data sets', () => {
  it('Subset and ConcatDataset hand samples on', () => {
    const both = new data.ConcatDataset([numbers(3), new data.Subset(numbers(9), [8, 7])]);
    expect(both.length).toBe(5);
    expect([0, 3, -1].map((i) => both.get(i)[0].item())).toEqual([0, 8, 7]);
    expect(() => both.get(5)).toThrow(fl.IndexError);
    expect(() => both.get(-6)).toThrow(fl.IndexError);
    expect(read(new data.DataLoader(both, { batchSize: 5 }))).toEqual([[0, 1, 2, 8, 7]]);
  });

  it('TensorDataset types its samples by its tensors', () => {
    const set = new data.TensorDataset(fl.ones(3, 2), fl.arange(3));
    expectTypeOf(set.get(0)).toEqualTypeOf<[fl.Tensor, fl.Tensor]>();
    expect(set.get(2).map((tensor) => tensor.shape)).toEqual([[2], []]);
    expect(() => new data.TensorDataset(fl.ones(3), fl.ones(2))).toThrow('the same number of rows');
  });
});
