import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;

interface BatchNormGolden {
  outputs: unknown[];
  state: Record<'running_mean' | 'running_var', unknown>;
}

interface Golden {
  linear: unknown;
  bilinear: unknown;
  conv: unknown;
  conv1d: unknown;
  convTranspose: unknown;
  padded: { mode: fl.nn.PaddingMode; padding: 'same' | number; output: unknown }[];
  outputSize: unknown;
  rrelu: unknown;
  instanceNorm: BatchNormGolden;
  init: Record<string, unknown>;
  batchNorm: BatchNormGolden;
  cumulative: BatchNormGolden;
  dropout2d: unknown;
  reprs: string[];
}

/** Made by tools/goldens/nn.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/nn.json', import.meta.url), 'utf8')) as Golden;

function stateOf(make: () => fl.nn.AnyModule): Record<string, unknown> {
  fl.manualSeed(0);
  return Object.fromEntries(Object.entries(make().stateDict()).map(([name, tensor]) => [name, tensor.toArray()]));
}

function expectClose(actual: fl.Tensor, expected: unknown): void {
  const wanted = fl.tensor(expected as number[], { dtype: actual.dtype });
  expect(actual.shape).toEqual(wanted.shape);
  expect(actual.sub(wanted).abs().max().item()).toBeLessThan(1e-5);
}

describe('seeded initial values are those of PyTorch, bit for bit', () => {
  it('Linear', () => expect(stateOf(() => new nn.Linear(3, 2))).toEqual(golden.linear));
  it('Bilinear', () => expect(stateOf(() => new nn.Bilinear(2, 3, 2))).toEqual(golden.bilinear));
  it('Conv2d', () => expect(stateOf(() => new nn.Conv2d(2, 4, 3, { groups: 2 }))).toEqual(golden.conv));
  it('Conv1d', () => expect(stateOf(() => new nn.Conv1d(2, 4, 3, { groups: 2 }))).toEqual(golden.conv1d));
  it('ConvTranspose2d', () =>
    expect(stateOf(() => new nn.ConvTranspose2d(4, 2, [2, 3], { groups: 2 }))).toEqual(golden.convTranspose));
});

describe('init draws the numbers of PyTorch', () => {
  const { init } = nn;
  for (const name of ['xavierUniform_', 'xavierNormal_', 'kaimingUniform_', 'kaimingNormal_'] as const) {
    it(name, () => {
      fl.manualSeed(0);
      expectClose(init[name](fl.empty(3, 7)), golden.init[name]);
    });
  }

  it('orthogonal_, wide and tall', () => {
    fl.manualSeed(0);
    const wide = init.orthogonal_(fl.empty(3, 5));
    expectClose(wide, golden.init.orthogonal_);
    expectClose(wide.mm(wide.t()), fl.eye(3).toArray());
    fl.manualSeed(0);
    expectClose(init.orthogonal_(fl.empty(4, 3, 1), { gain: 2 }), golden.init.orthogonalTall);
    expect(() => init.orthogonal_(fl.empty(3))).toThrow('only matrices and larger tensors are orthogonal');
  });

  it('truncNormal_, around the middle and in the tail', () => {
    fl.manualSeed(0);
    expectClose(init.truncNormal_(fl.empty(5, 9)), golden.init.truncNormal_);
    fl.manualSeed(0);
    expectClose(init.truncNormal_(fl.empty(5, 9), { a: 1, b: 3 }), golden.init.truncTail);
  });

  it('works on parameters, and from a generator of its own', () => {
    const weight = new nn.Parameter(fl.empty(2, 2));
    init.eye_(weight);
    expect(weight.toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    const draw = (): unknown =>
      init.xavierUniform_(weight, { gain: 2, generator: new fl.Generator().manualSeed(3) }).toArray();
    expect(draw()).toEqual(draw());
  });
});

describe('batch norm', () => {
  for (const [name, options] of [
    ['batchNorm', {}],
    ['cumulative', { momentum: null }],
  ] as const) {
    it(`${name}: outputs and statistics of three batches and one in evaluation`, () => {
      fl.manualSeed(0);
      const norm = new nn.BatchNorm2d(2, options);
      const { outputs, state } = golden[name];
      outputs.forEach((expected, i) => {
        if (i === 3) norm.eval();
        expectClose(norm(fl.randn(3, 2, 2, 2)), expected);
      });
      expectClose(norm.running_mean as fl.Tensor, state.running_mean);
      expectClose(norm.running_var as fl.Tensor, state.running_var);
      expect(norm.num_batches_tracked?.item()).toBe(3);
    });
  }
});

it('instance norm: outputs and statistics of three batches and one in evaluation', () => {
  fl.manualSeed(0);
  const norm = new nn.InstanceNorm2d(2, { affine: true, trackRunningStats: true });
  const { outputs, state } = golden.instanceNorm;
  outputs.forEach((expected, i) => {
    if (i === 3) norm.eval();
    expectClose(norm(fl.randn(3, 2, 2, 2)), expected);
  });
  expectClose(norm.running_mean as fl.Tensor, state.running_mean);
  expectClose(norm.running_var as fl.Tensor, state.running_var);
  expect(norm.num_batches_tracked?.item()).toBe(0);
});

it('what lies around a convolved picture', () => {
  for (const { mode, padding, output } of golden.padded) {
    fl.manualSeed(0);
    const conv = new nn.Conv2d(1, 2, [2, 3], { padding, paddingMode: mode, dilation: [1, 2] });
    expectClose(conv(fl.randn(1, 1, 5, 6)), output);
  }
});

it('a transposed convolution takes the size of its result', () => {
  fl.manualSeed(0);
  const conv = new nn.ConvTranspose2d(1, 1, 3, { stride: 2, padding: 1 });
  expectClose(conv(fl.randn(1, 1, 2, 3), [4, 5]), golden.outputSize);
  expect(() => conv(fl.ones(1, 1, 2, 3), [4, 7])).toThrow('outputSize 7 cannot be reached: from 3 come 5 to 6');
});

it('pools answer with the places of the winners, and take them back', () => {
  const x = fl.arange(16).float().reshape(1, 1, 4, 4);
  const { values, indices } = new nn.MaxPool2d(2, { returnIndices: true })(x);
  expect(indices.flatten().toArray()).toEqual([5, 7, 13, 15]);
  const back = new nn.MaxUnpool2d(2)(values, indices);
  expect(back.sum().item()).toBe(40);
  expect(new nn.MaxPool2d(2)(back).equal(values)).toBe(true);
  expect(new nn.AdaptiveMaxPool1d(1)(fl.tensor([[1, 3.5, 2]])).toArray()).toEqual([[3.5]]);
});

it('RReLU draws the slopes that PyTorch draws', () => {
  fl.manualSeed(0);
  expectClose(new nn.RReLU()(fl.linspace(-2, 2, 7)), golden.rrelu);
});

it('Dropout2d drops the channels that PyTorch drops', () => {
  fl.manualSeed(0);
  expectClose(new nn.Dropout2d(0.4)(fl.ones(2, 8, 1, 1)).flatten(), golden.dropout2d);
  expect(() => new nn.Dropout({ p: 2 })).toThrow('a probability lies between 0 and 1');
});

it('an unknown option is named', () => {
  expect(() => new nn.Linear(2, 2, { biass: false } as never)).toThrow("unknown option 'biass'; did you mean 'bias'?");
  expect(() => new nn.Conv2d(1, 1, 1, { paddingMode: 'mirror' as never })).toThrow(
    "Conv2d: paddingMode is 'zeros', 'reflect', 'replicate', 'circular', not 'mirror'",
  );
});

class Net extends nn.Module {
  conv = new nn.Sequential(
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
  );
  heads = new nn.ModuleList([new nn.Linear(4, 2), new nn.Linear(4, 2), new nn.Linear(4, 3)]);
  named = new nn.ModuleDict({ a: new nn.Identity() });
  scale = new nn.Parameter(fl.ones(1));
  forward(x: fl.Tensor): fl.Tensor {
    return x;
  }
}

/** In the order of the goldens. */
const printed = [
  new nn.Linear(13, 100),
  new nn.Linear(2, 3, { bias: false }),
  new nn.Conv2d(1, 32, 5, { padding: 2 }),
  new nn.Conv2d(4, 8, [3, 1], { stride: 2, dilation: 2, groups: 2, bias: false }),
  new nn.Conv2d(1, 2, 3, { padding: 'same' }),
  new nn.BatchNorm2d(3),
  new nn.BatchNorm1d(3, { momentum: null, affine: false }),
  new nn.LayerNorm([3, 4]),
  new nn.LayerNorm(4, { bias: false }),
  new nn.ReLU(),
  new nn.ReLU({ inplace: true }),
  new nn.ReLU6(),
  new nn.LeakyReLU(),
  new nn.ELU(),
  new nn.SiLU(),
  new nn.GELU(),
  new nn.Sigmoid(),
  new nn.Tanh(),
  new nn.Softplus(),
  new nn.LogSigmoid(),
  new nn.Softmax({ dim: 1 }),
  new nn.LogSoftmax(1),
  new nn.Hardtanh(),
  new nn.MaxPool2d(2),
  new nn.MaxPool2d([2, 3], { stride: 1 }),
  new nn.AvgPool2d(2),
  new nn.AdaptiveAvgPool2d([1, 1]),
  new nn.AdaptiveAvgPool2d(1),
  new nn.Dropout(0.25),
  new nn.Dropout2d(),
  new nn.Flatten(),
  new nn.Unflatten(1, [2, 3]),
  new nn.Identity(),
  new nn.MSELoss(),
  new nn.CrossEntropyLoss(),
  new nn.Sequential(),
  new Net(),
  new nn.ParameterList([new nn.Parameter(fl.ones(2, 3))]),
  new nn.Conv1d(2, 4, 3, { padding: 1, paddingMode: 'reflect' }),
  new nn.ConvTranspose2d(2, 4, 3, { stride: 2, outputPadding: 1, groups: 2 }),
  new nn.ConvTranspose1d(2, 4, 3, { stride: 2, outputPadding: 1, bias: false }),
  new nn.GroupNorm(2, 4),
  new nn.InstanceNorm2d(3),
  new nn.InstanceNorm1d(3, { affine: true, trackRunningStats: true }),
  new nn.LocalResponseNorm(2),
  new nn.AvgPool1d(2),
  new nn.MaxPool1d(2),
  new nn.AdaptiveAvgPool1d(2),
  new nn.AdaptiveMaxPool2d([2, null]),
  new nn.MaxUnpool2d(2),
  new nn.LPPool2d(2, 3),
  new nn.PixelShuffle(2),
  new nn.PixelUnshuffle(2),
  new nn.Upsample({ scaleFactor: 2 }),
  new nn.Upsample({ size: [3, 4], mode: 'bilinear' }),
  new nn.UpsamplingBilinear2d({ scaleFactor: 2 }),
  new nn.Hardswish({ inplace: true }),
  new nn.Mish(),
  new nn.CELU(),
  new nn.SELU({ inplace: true }),
  new nn.GLU(),
  new nn.PReLU(),
  new nn.Softsign(),
  new nn.Tanhshrink(),
  new nn.Softshrink(),
  new nn.Hardshrink(0.25),
  new nn.RReLU(),
  new nn.Threshold(1, 2),
  new nn.Hardsigmoid(),
  new nn.Softmin(1),
  new nn.Softmax2d(),
  new nn.ZeroPad2d(1),
  new nn.ReflectionPad1d([1, 2]),
  new nn.ConstantPad2d(2, 1.5),
];

it('layers are printed as PyTorch prints them', () => {
  expect(printed.map(String)).toEqual(golden.reprs);
});

it('activations that may overwrite their input do so', () => {
  const x = fl.tensor([-2, 0.5, 9]);
  for (const layer of [new nn.ReLU6({ inplace: true }), new nn.Hardtanh({ inplace: true })]) layer(x);
  expect(x.toArray()).toEqual([0, 0.5, 1]);
});
