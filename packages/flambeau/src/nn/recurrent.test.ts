import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;
const { rnn } = nn.utils;
type PackedSequence = fl.nn.utils.rnn.PackedSequence;

interface Run {
  output: number[];
  states: number[][];
  grads: Record<string, number[]>;
}

/** Made by tools/goldens/sequences.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/recurrent.json', import.meta.url), 'utf8')) as {
  seeded: { state: Record<string, unknown>; next: number };
  runs: Record<string, Run>;
  cells: Record<string, number[][]>;
  packed: Record<'data' | 'batch_sizes' | 'sorted_indices' | 'unsorted_indices', unknown>;
  padded: [unknown, unknown];
  padSequence: unknown[];
  losses: number[];
  reprs: string[];
};

/** sin 1, sin 2, … */
const wave = (...shape: number[]): fl.Tensor =>
  fl
    .arange(1, 1 + shape.reduce((n, size) => n * size, 1))
    .float()
    .sin()
    .reshape(shape);
const packed = (): PackedSequence => rnn.packPaddedSequence(wave(4, 3, 2), [2, 4, 1], { enforceSorted: false });

function expectClose(actual: fl.Tensor, expected: unknown, what: string): void {
  const wanted = fl.tensor(expected as number[], { dtype: actual.dtype });
  expect(actual.shape, what).toEqual(wanted.shape);
  const scale = Math.max(1, wanted.abs().max().item());
  expect(actual.sub(wanted).abs().max().item(), what).toBeLessThan(2e-5 * scale);
}

type States = fl.Tensor | readonly fl.Tensor[];
type Net = fl.nn.AnyModule & ((input: never, hx?: never) => [fl.Tensor | PackedSequence, States]);

/** The same cases as in sequences.py. */
const runs: Record<string, [make: () => Net, input: fl.Tensor | PackedSequence, states?: States]> = {
  lstm: [() => new nn.LSTM(2, 3), wave(4, 2, 2)],
  'lstm states': [() => new nn.LSTM(2, 3, { batchFirst: true }), wave(2, 4, 2), [wave(1, 2, 3), wave(1, 2, 3)]],
  'lstm one sequence': [() => new nn.LSTM(2, 3, { bias: false }), wave(4, 2), [wave(1, 3), wave(1, 3)]],
  'lstm packed': [
    () => new nn.LSTM(2, 3, { numLayers: 2, bidirectional: true }),
    packed(),
    [wave(4, 3, 3), wave(4, 3, 3)],
  ],
  'lstm projected': [() => new nn.LSTM(2, 3, { numLayers: 2, bidirectional: true, projSize: 2 }), packed()],
  'lstm dropout': [() => new nn.LSTM(2, 8, { numLayers: 3, dropout: 0.4 }), wave(4, 2, 2)],
  'lstm dropout batch first': [
    () => new nn.LSTM(2, 8, { numLayers: 2, dropout: 0.4, bidirectional: true, batchFirst: true }),
    wave(2, 4, 2),
  ],
  gru: [() => new nn.GRU(2, 3, { numLayers: 2, bidirectional: true }), wave(4, 2, 2)],
  'gru packed': [() => new nn.GRU(2, 3, { bidirectional: true }), packed(), wave(2, 3, 3)],
  'gru one sequence': [() => new nn.GRU(2, 3), wave(4, 2), wave(1, 3)],
  rnn: [() => new nn.RNN(2, 3, { numLayers: 2 }), wave(4, 2, 2)],
  'rnn relu packed': [() => new nn.RNN(2, 3, { nonlinearity: 'relu', bidirectional: true }), packed()],
};

describe('seeded layers compute what PyTorch computes, with its gradients', () => {
  it('has all cases', () => expect(Object.keys(runs)).toEqual(Object.keys(golden.runs)));

  for (const [name, [make, input, states]] of Object.entries(runs)) {
    it(name, () => {
      fl.manualSeed(0);
      const net = make();
      const [output, last] = states === undefined ? net(input as never) : net(input as never, states as never);
      const rows = output instanceof rnn.PackedSequence ? output.data : output;
      const ends: readonly fl.Tensor[] = fl.isTensor(last) ? [last] : last;
      const wanted = golden.runs[name];
      expectClose(rows, wanted.output, 'output');
      ends.forEach((end, i) => {
        expectClose(end, wanted.states[i], `state ${i}`);
      });
      [rows, ...ends]
        .map((value) => value.square().sum())
        .reduce((sum, part) => sum.add(part))
        .backward();
      const grads = Object.fromEntries([...net.namedParameters()].map(([key, { grad }]) => [key, grad]));
      expect(Object.keys(grads)).toEqual(Object.keys(wanted.grads));
      for (const [key, grad] of Object.entries(grads)) expectClose(grad as fl.Tensor, wanted.grads[key], key);
    });
  }
});

it('seeded weights are those of PyTorch, bit for bit, under its names', () => {
  fl.manualSeed(0);
  const lstm = new nn.LSTM(2, 3, { numLayers: 2, bidirectional: true, projSize: 1 });
  const state = Object.entries(lstm.stateDict()).map(([name, weight]) => [name, weight.toArray()]);
  expect(Object.fromEntries(state)).toEqual(golden.seeded.state);
  expect(state.map(([name]) => name)).toEqual(Object.keys(golden.seeded.state));
  expect(fl.rand(1).item()).toBe(golden.seeded.next);
});

it('a state dict brings a layer to another', () => {
  const options = { numLayers: 2, bidirectional: true };
  const [from, to] = [new nn.GRU(3, 4, options), new nn.GRU(3, 4, options)];
  to.loadStateDict(from.stateDict());
  expect(to(wave(5, 2, 3))[0].equal(from(wave(5, 2, 3))[0])).toBe(true);
  expect(from.weight_hh_l1_reverse.shape).toEqual([12, 4]);
});

it('cells take one step', () => {
  const seeded = <Cell>(make: () => Cell): Cell => {
    fl.manualSeed(0);
    return make();
  };
  const input = wave(2, 3);
  const found = {
    lstm: seeded(() => new nn.LSTMCell(3, 4))(input, [wave(2, 4), wave(2, 4)]),
    gru: [seeded(() => new nn.GRUCell(3, 4))(input, wave(2, 4))],
    rnn: [seeded(() => new nn.RNNCell(3, 4, { bias: false }))(input, wave(2, 4))],
    relu: [seeded(() => new nn.RNNCell(3, 4, { nonlinearity: 'relu' }))(input)],
  };
  for (const [name, values] of Object.entries(found))
    values.forEach((value, i) => {
      expectClose(value, golden.cells[name][i], name);
    });
  const cell = new nn.LSTMCell(3, 4);
  expect(cell(wave(3))[1].shape).toEqual([4]);
  expect(cell(fl.empty(0, 3))[0].shape).toEqual([0, 4]);
});

it('a cell that walks along a sequence is the layer of its weights', () => {
  const [cell, layer] = [new nn.LSTMCell(3, 4), new nn.LSTM(3, 4)];
  layer.loadStateDict(
    Object.fromEntries(Object.entries(cell.stateDict()).map(([name, weight]) => [`${name}_l0`, weight])),
  );
  const x = wave(5, 2, 3);
  const steps: fl.Tensor[] = [];
  let state: fl.nn.LstmStates | null = null;
  for (const row of x) {
    state = cell(row, state);
    steps.push(state[0]);
  }
  const [output, [hn]] = layer(x);
  expectClose(fl.stack(steps), output.toArray(), 'steps');
  expectClose((state as fl.nn.LstmStates)[0], hn.at(0).toArray(), 'the last one');
});

it('layers are printed as PyTorch prints them', () => {
  const layers = [
    new nn.LSTM(4, 5),
    new nn.LSTM(4, 5, {
      numLayers: 2,
      bias: false,
      batchFirst: true,
      dropout: 0.5,
      bidirectional: true,
      projSize: 2,
    }),
    new nn.GRU(4, 5, { numLayers: 3 }),
    new nn.RNN(4, 5, { nonlinearity: 'relu' }),
    new nn.LSTMCell(4, 5),
    new nn.GRUCell(4, 5, { bias: false }),
    new nn.RNNCell(4, 5, { nonlinearity: 'relu' }),
  ];
  expect(layers.map(String)).toEqual(golden.reprs);
});

class Classifier extends nn.Module<[fl.Tensor, fl.Tensor]> {
  embedding = new nn.Embedding(50, 8, { paddingIdx: 0 });
  lstm = new nn.LSTM(8, 12, { numLayers: 2, bidirectional: true, dropout: 0.2, batchFirst: true });
  classify = new nn.Linear(24, 3);
  forward(words: fl.Tensor, lengths: fl.Tensor): fl.Tensor {
    const options = { batchFirst: true, enforceSorted: false };
    const [, [hidden]] = this.lstm(rnn.packPaddedSequence(this.embedding(words), lengths, options));
    return this.classify(fl.cat([hidden.at(-2), hidden.at(-1)], 1));
  }
}

it('a classifier of packed sequences has the first losses that PyTorch has', () => {
  fl.manualSeed(0);
  const net = new Classifier();
  const optimizer = new fl.optim.Adam(net.parameters(), { lr: 0.01 });
  const words = fl.randint(1, 50, [16, 10]);
  const lengths = fl.randint(1, 11, [16]);
  const target = fl.randint(0, 3, [16]);
  for (const wanted of golden.losses) {
    const loss = nn.functional.crossEntropy(net(words, lengths), target);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    expect(Math.abs(loss.item() - wanted)).toBeLessThan(1e-4);
  }
});

it('packed in, packed out, to the type', () => {
  const lstm = new nn.LSTM(2, 3);
  expectTypeOf(lstm(wave(4, 2, 2))).toEqualTypeOf<[fl.Tensor, fl.nn.LstmStates]>();
  expectTypeOf(lstm(packed())).toEqualTypeOf<[PackedSequence, fl.nn.LstmStates]>();
  expectTypeOf(new nn.GRU(2, 3)(packed())).toEqualTypeOf<[PackedSequence, fl.Tensor]>();
  expect(lstm(packed())[0]).toBeInstanceOf(rnn.PackedSequence);
});

it('what does not fit is refused by name', () => {
  const lstm = new nn.LSTM(2, 3);
  expect(() => lstm(wave(4, 2, 3))).toThrow("LSTM: the input's last size must be 2 (got [4, 2, 3])");
  expect(() => lstm(wave(4, 2, 2).double())).toThrow('the input is float64, the weights are float32');
  expect(() => lstm(wave(4, 2, 2), [wave(1, 3, 3), wave(1, 3, 3)])).toThrow('the hidden state must be [1, 2, 3]');
  expect(() => lstm(wave(4, 2), [wave(1, 1, 3), wave(1, 1, 3)])).toThrow('the states must have 2 dimensions');
  expect(() => lstm(fl.empty(0, 2, 2))).toThrow('a sequence needs one step at least');
  expect(() => new nn.LSTM(2, 3, { projSize: 3 })).toThrow('projSize 3 must be less than hiddenSize 3');
  expect(() => new nn.GRU(2, 3, { projSize: 1 } as never)).toThrow("unknown option 'projSize'");
  expect(() => new nn.RNN(2, 3, { nonlinearity: 'selu' as never })).toThrow("nonlinearity must be 'tanh' or 'relu'");
});

describe('packed sequences', () => {
  it('are those of PyTorch', () => {
    const { data, batchSizes, sortedIndices, unsortedIndices } = packed();
    expectClose(data, golden.packed.data, 'data');
    expect(batchSizes.toArray()).toEqual(golden.packed.batch_sizes);
    expect(sortedIndices?.toArray()).toEqual(golden.packed.sorted_indices);
    expect(unsortedIndices?.toArray()).toEqual(golden.packed.unsorted_indices);
    const [padded, lengths] = rnn.padPackedSequence(packed(), { batchFirst: true, paddingValue: -1, totalLength: 5 });
    expectClose(padded, golden.padded[0], 'padded');
    expect(lengths.toArray()).toEqual(golden.padded[1]);
  });

  const sequences = [wave(2, 2), wave(3, 2), wave(1, 2)];

  it('are padded, packed and brought back', () => {
    expectClose(rnn.padSequence(sequences, { batchFirst: true, paddingValue: 9 }), golden.padSequence[0], 'right');
    expectClose(rnn.padSequence(sequences, { paddingSide: 'left' }), golden.padSequence[1], 'left');
    const back = rnn.unpackSequence(rnn.packSequence(sequences, { enforceSorted: false }));
    expect(back.map((each, i) => each.equal(sequences[i]))).toEqual([true, true, true]);
    const ids = rnn.packSequence([fl.tensor([1, 2, 3]), fl.tensor([4])]);
    expect(ids.data.toArray()).toEqual([1, 4, 2, 3]);
  });

  it('hand gradients on to where each step came from, and none to the padding', () => {
    const x = fl.ones(3, 2, 1).requiresGrad_();
    const [rows] = rnn.padPackedSequence(rnn.packPaddedSequence(x, [3, 1]));
    rows
      .mul(
        fl.tensor([
          [[1], [2]],
          [[3], [4]],
          [[5], [6]],
        ]),
      )
      .sum()
      .backward();
    expect(x.grad?.squeeze(-1).toArray()).toEqual([
      [1, 2],
      [3, 0],
      [5, 0],
    ]);
  });

  it('refuse lengths that cannot be', () => {
    expect(() => rnn.packPaddedSequence(wave(4, 2, 1), [2, 4])).toThrow('pass { enforceSorted: false }');
    expect(() => rnn.packPaddedSequence(wave(4, 2, 1), [5, 4])).toThrow('between 1 and 4, but one is 5');
    expect(() => rnn.packPaddedSequence(wave(4, 2, 1), [4, 0])).toThrow('between 1 and 4, but one is 0');
    expect(() => rnn.packPaddedSequence(wave(4, 2, 1), [4])).toThrow('1 lengths for 2 sequences');
    expect(() => rnn.padPackedSequence(packed(), { totalLength: 3 })).toThrow('totalLength 3 is less than the longest');
  });
});
