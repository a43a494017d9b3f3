import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;

interface Seeded {
  state: Record<string, unknown>;
  next: number;
}

/** Made by tools/goldens/sequences.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/embedding.json', import.meta.url), 'utf8')) as {
  seeded: Seeded;
  pretrained: Seeded;
  reprs: string[];
};

function seeded(make: () => fl.nn.AnyModule): Seeded {
  fl.manualSeed(0);
  const state = Object.entries(make().stateDict()).map(([name, tensor]) => [name, tensor.toArray()]);
  return { state: Object.fromEntries(state), next: fl.rand(1).item() };
}

test('seeded tables are those of PyTorch, bit for bit; given ones draw nothing', () => {
  expect(seeded(() => new nn.Embedding(5, 3, { paddingIdx: -2 }))).toEqual(golden.seeded);
  expect(seeded(() => nn.EmbeddingBag.fromPretrained(fl.ones(2, 2)))).toEqual(golden.pretrained);
});

test('tables are printed as PyTorch prints them', () => {
  const layers = [
    new nn.Embedding(10, 3),
    new nn.Embedding(10, 3, { paddingIdx: -1, maxNorm: 2, normType: 1, scaleGradByFreq: true }),
    new nn.EmbeddingBag(10, 3),
    new nn.EmbeddingBag(10, 3, { mode: 'sum', paddingIdx: 0, maxNorm: 0.5 }),
  ];
  expect(layers.map(String)).toEqual(golden.reprs);
});

test('the padding row stays zero while the others learn', () => {
  const table = new nn.Embedding(4, 2, { paddingIdx: 0 });
  const before = table.weight.detach().clone();
  const optimizer = new fl.optim.SGD(table.parameters(), { lr: 0.1 });
  table(fl.tensor([0, 2, 2]))
    .sum()
    .backward();
  optimizer.step();
  const change = table.weight.detach().sub(before);
  expect(change.toArray()).toEqual([[0, 0], [0, 0], [-0.2, -0.2].map((x) => expect.closeTo(x, 5)), [0, 0]]);
  expect(table.weight.at(0).toArray()).toEqual([0, 0]);
});

test('given vectors share their memory and learn only when asked to', () => {
  const vectors = fl.arange(6).float().reshape(3, 2);
  expect(nn.Embedding.fromPretrained(vectors).weight.requiresGrad).toBe(false);
  const table = nn.Embedding.fromPretrained(vectors, { freeze: false });
  expect(table.weight.requiresGrad).toBe(true);
  vectors.fill_(7);
  expect(table(fl.tensor([2])).toArray()).toEqual([[7, 7]]);
  expect(() => nn.Embedding.fromPretrained(fl.ones(3))).toThrow('the vectors must be (rows, size)');
});

test('a bag takes offsets and weights of its rows', () => {
  const bag = nn.EmbeddingBag.fromPretrained(fl.arange(6).float().reshape(3, 2), { mode: 'sum' });
  expect(
    bag(
      fl.tensor([
        [0, 2],
        [1, 1],
      ]),
    ).toArray(),
  ).toEqual([
    [4, 6],
    [4, 6],
  ]);
  const weighted = bag(fl.tensor([0, 2, 1]), fl.tensor([0, 2]), fl.tensor([1, 0.5, 2]));
  expect(weighted.toArray()).toEqual([
    [2, 3.5],
    [4, 6],
  ]);
  expect(() => new nn.Embedding(3, 2, { paddingIdx: 3 })).toThrow('paddingIdx 3 is none of the 3 rows');
  expect(() => new nn.Embedding(3, 2, { spares: true } as never)).toThrow("did you mean 'sparse'?");
});
