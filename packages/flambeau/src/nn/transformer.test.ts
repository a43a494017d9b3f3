import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;

interface Attention {
  output: number[];
  weights: number[] | null;
  grads: number[][];
}

interface Golden {
  states: Record<string, Record<string, number[]>>;
  attentions: Record<string, Attention>;
  layers: Record<string, { output: number[]; grad: number[] }>;
  translated: number[];
  losses: number[];
  reprs: string[];
}

/** Made by tools/goldens/transformer.py. */
const golden = JSON.parse(
  readFileSync(new URL('../../src/nn/goldens/transformer.json', import.meta.url), 'utf8'),
) as Golden;

function expectClose(actual: fl.Tensor | null | undefined, expected: number[], tolerance = 1e-5): void {
  const found = (actual as fl.Tensor).detach().flatten();
  expect(found.numel).toBe(expected.length);
  const wanted = fl.tensor(expected, { dtype: 'float32' });
  const largest = Math.max(1, wanted.abs().max().item());
  expect(found.sub(wanted).abs().max().item()).toBeLessThan(tolerance * largest);
}

describe('seeded initial values are those of PyTorch, bit for bit, in its order', () => {
  const makers: Record<string, () => fl.nn.AnyModule> = {
    attention: () => new nn.MultiheadAttention(4, 2),
    'attention of all kinds': () => new nn.MultiheadAttention(4, 2, { kdim: 3, vdim: 2, addBiasKv: true }),
    encoder: () => new nn.TransformerEncoder(new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 6 }), 2),
    transformer: () =>
      new nn.Transformer({
        dModel: 4,
        nhead: 2,
        numEncoderLayers: 1,
        numDecoderLayers: 2,
        dimFeedforward: 6,
        bias: false,
      }),
  };
  it.each(Object.keys(makers))('%s', (name) => {
    fl.manualSeed(0);
    const state = makers[name]().stateDict();
    expect(Object.keys(state)).toEqual(Object.keys(golden.states[name]));
    for (const [key, values] of Object.entries(golden.states[name]))
      expect([...state[key].flatten().toTypedArray()], key).toEqual([...Float32Array.from(values)]);
  });
});

const none = Number.NEGATIVE_INFINITY;
const causal = (): fl.Tensor =>
  fl.tensor(
    [
      [0, none, none],
      [0, 0, none],
      [0, 0, 0],
    ],
    { dtype: 'float32' },
  );
const padding = (): fl.Tensor =>
  fl.tensor([
    [false, false, true],
    [false, true, true],
  ]);
const alike: Shapes = [
  [3, 2, 6],
  [3, 2, 6],
  [3, 2, 6],
];
type Shapes = [number[], number[], number[]];

interface Case {
  options?: fl.nn.MultiheadAttentionOptions;
  call?: () => fl.nn.MultiheadAttentionCall;
  sizes?: Shapes;
  train?: boolean;
}

const first = [
  [2, 3, 6],
  [2, 3, 6],
  [2, 3, 6],
] as Shapes;
const cases: Record<string, Case> = {
  plain: {},
  blocked: { call: () => ({ needWeights: false }) },
  'other keys': {
    options: { bias: false },
    call: () => ({ averageAttnWeights: false }),
    sizes: [
      [3, 2, 6],
      [4, 2, 6],
      [4, 2, 6],
    ],
  },
  'widths of their own': {
    options: { kdim: 4, vdim: 5 },
    call: () => ({ needWeights: false }),
    sizes: [
      [3, 2, 6],
      [4, 2, 4],
      [4, 2, 5],
    ],
  },
  'further keys': {
    options: { addBiasKv: true, addZeroAttn: true },
    call: () => ({ needWeights: false, attnMask: causal() }),
  },
  'further keys, padded': {
    options: { addBiasKv: true, batchFirst: true },
    call: () => ({ keyPaddingMask: fl.tensor([false, false, true]).expand([3, 3]) }),
    sizes: [
      [3, 3, 6],
      [3, 3, 6],
      [3, 3, 6],
    ],
  },
  padding: { call: () => ({ needWeights: false, keyPaddingMask: padding() }) },
  'both masks': {
    options: { batchFirst: true },
    call: () => ({ needWeights: false, keyPaddingMask: padding(), attnMask: causal() }),
    sizes: first,
  },
  causal: {
    options: { batchFirst: true },
    call: () => ({ needWeights: false, isCausal: true, attnMask: causal() }),
    sizes: first,
  },
  'mask a head': {
    call: () => ({
      attnMask: fl
        .eye(3)
        .bool()
        .at(fl.tensor([0, 1, 2, 0]))
        .unsqueeze(1)
        .expand([4, 3, 3]),
    }),
  },
  'one sequence': {
    call: () => ({ keyPaddingMask: fl.tensor([false, true, false]) }),
    sizes: [
      [3, 6],
      [3, 6],
      [3, 6],
    ],
  },
  dropout: { options: { dropout: 0.4 }, train: true },
  'dropout, blocked': {
    options: { dropout: 0.4, batchFirst: true },
    call: () => ({ needWeights: false }),
    sizes: first,
    train: true,
  },
};

describe('MultiheadAttention gives what PyTorch gives, and its gradients', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    const { options, call, sizes = alike, train = false } = cases[name];
    fl.manualSeed(1);
    const attention = new nn.MultiheadAttention(6, 2, options).train(train);
    for (const parameter of attention.parameters()) nn.init.uniform_(parameter, -0.5, 0.5);
    const [q, k, v] = sizes.map((size) => fl.randn(size));
    q.requiresGrad_();
    const { attnOutput, attnOutputWeights } = attention(q, k, v, call?.());
    const wanted = golden.attentions[name];
    expectClose(attnOutput, wanted.output);
    if (wanted.weights === null) expect(attnOutputWeights).toBe(null);
    else expectClose(attnOutputWeights, wanted.weights);
    attnOutput.square().sum().backward();
    [q, ...attention.parameters()].forEach((tensor, i) => {
      expectClose(tensor.grad, wanted.grads[i]);
    });
  });

  it('one tensor for all three is projected once, with the same result', () => {
    const attention = new nn.MultiheadAttention(6, 2, { batchFirst: true });
    const x = fl.randn(2, 5, 6);
    const apart = attention(x, x.clone(), x.clone()).attnOutput;
    for (const call of [{}, { needWeights: false }]) {
      expectClose(attention(x, x, x, call).attnOutput, [...apart.flatten().toTypedArray()].map(Number));
      const shared = x.clone();
      expectClose(attention(x, shared, shared, call).attnOutput, [...apart.flatten().toTypedArray()].map(Number));
    }
  });

  it('errors name the sizes', () => {
    const attention = new nn.MultiheadAttention(6, 2);
    const x = fl.ones(3, 2, 6);
    expect(() => new nn.MultiheadAttention(6, 4)).toThrow('6 numbers do not fall into 4 heads');
    expect(() => attention(x, x, fl.ones(4, 2, 6))).toThrow('as many values as keys (got [3, 2, 6] and [4, 2, 6])');
    expect(() => attention(x, x, x, { isCausal: true })).toThrow('give the mask');
    expect(() => attention(x, x, x, { attnMask: fl.ones(2, 2).bool() })).toThrow(
      'attnMask must be [3, 3] or [4, 3, 3]',
    );
  });
});

describe('layers give what PyTorch gives', () => {
  const { TransformerEncoderLayer, TransformerDecoderLayer } = nn;
  const padded =
    (...row: boolean[]) =>
    (rows: number) =>
      fl.tensor(row).expand([rows, row.length]);
  const seeded = (make: () => fl.nn.AnyModule, train: boolean, ...call: unknown[]) => ({ make, train, call });
  const table: Record<string, ReturnType<typeof seeded>> = {
    encoder: seeded(() => new TransformerEncoderLayer(4, 2, { dimFeedforward: 8 }), true),
    'encoder, normalised first': seeded(
      () => new TransformerEncoderLayer(4, 2, { dimFeedforward: 8, normFirst: true, activation: 'gelu', bias: false }),
      false,
      { srcMask: causal() },
    ),
    'encoder, padded': seeded(
      () =>
        new TransformerEncoderLayer(4, 2, {
          dimFeedforward: 8,
          activation: (x) => x.silu(),
          batchFirst: true,
        }),
      false,
      { srcKeyPaddingMask: padded(false, true)(3) },
    ),
    decoder: seeded(() => new TransformerDecoderLayer(4, 2, { dimFeedforward: 8 }), true, {
      tgtMask: causal(),
      tgtIsCausal: true,
    }),
    'decoder, normalised first': seeded(
      () => new TransformerDecoderLayer(4, 2, { dimFeedforward: 8, normFirst: true }),
      false,
      { memoryKeyPaddingMask: padded(false, false, true)(2) },
    ),
  };
  it.each(Object.keys(table))('%s', (name) => {
    const { make, train, call } = table[name];
    fl.manualSeed(2);
    const layer = make().train(train);
    const x = fl.randn(3, 2, 4).requiresGrad_();
    const memory = fl.randn(3, 2, 4);
    const out = (name.startsWith('encoder') ? layer(x, ...call) : layer(x, memory, ...call)) as fl.Tensor;
    expectClose(out, golden.layers[name].output);
    out.square().sum().backward();
    expectClose(x.grad, golden.layers[name].grad);
  });
});

it('Transformer gives what PyTorch gives', () => {
  fl.manualSeed(3);
  const model = new nn.Transformer({
    dModel: 4,
    nhead: 2,
    numEncoderLayers: 2,
    numDecoderLayers: 1,
    dimFeedforward: 8,
  }).eval();
  const [src, tgt] = [fl.randn(3, 2, 4), fl.randn(2, 2, 4)];
  const out = model(src, tgt, {
    tgtMask: nn.Transformer.generateSquareSubsequentMask(2),
    srcKeyPaddingMask: fl.tensor([false, false, true]).expand([2, 3]),
  });
  expectClose(out, golden.translated);
});

class Classifier extends nn.Module {
  encoder = new nn.TransformerEncoder(
    new nn.TransformerEncoderLayer(16, 4, { dimFeedforward: 32, batchFirst: true }),
    2,
    { norm: new nn.LayerNorm(16) },
  );
  head = new nn.Linear(16, 3);
  forward(x: fl.Tensor): fl.Tensor {
    return this.head(this.encoder(x).mean(1));
  }
}

it('a seeded net with dropout learns as in PyTorch: twenty losses', () => {
  fl.manualSeed(4);
  const net = new Classifier();
  const optimizer = new fl.optim.Adam(net.parameters(), { lr: 0.003 });
  const [x, y] = [fl.randn(8, 10, 16), fl.randint(0, 3, [8])];
  const losses = golden.losses.map(() => {
    const loss = nn.functional.crossEntropy(net(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  losses.forEach((loss, i) => {
    expect(Math.abs(loss - golden.losses[i]), `step ${i}`).toBeLessThan(1e-4);
  });
});

it('nets are printed as PyTorch prints them', () => {
  const layer = new nn.TransformerEncoderLayer(8, 2, {
    dimFeedforward: 16,
    activation: new nn.GELU(),
    batchFirst: true,
  });
  const encoder = new nn.TransformerEncoder(layer, 2, { norm: new nn.LayerNorm(8) });
  const sizes = { dModel: 8, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 16 };
  expect([encoder, new nn.Transformer(sizes)].map(String)).toEqual(golden.reprs);
});

it('a copy of a module shares nothing with it', () => {
  const net = new nn.Sequential(new nn.Linear(2, 2), new nn.BatchNorm1d(2), new nn.ModuleList([new nn.ReLU()])).eval();
  const copy = net.deepcopy();
  expect(String(copy)).toBe(String(net));
  expect(copy.training).toBe(false);
  expect(Object.keys(copy.stateDict())).toEqual(Object.keys(net.stateDict()));
  fl.noGrad(() => [...copy.parameters()].map((parameter) => parameter.zero_()));
  expect((net.at(0) as fl.nn.Linear).weight.abs().sum().item()).toBeGreaterThan(0);
});
