import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as fl from '../index.js';

const { optim } = fl;

interface Golden {
  runs: { name: string; options: object; result: unknown[]; repr: string }[];
  checkpoint: { file: string; result: unknown[] };
  schedules: Record<ScheduleName, number[]>;
}

type ScheduleName =
  | 'StepLR'
  | 'MultiStepLR'
  | 'ExponentialLR'
  | 'CosineAnnealingLR'
  | 'LambdaLR'
  | 'LinearLR'
  | 'ReduceLROnPlateau';

/** Made by tools/goldens/nn.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/optim.json', import.meta.url), 'utf8')) as Golden;
type Kind = 'SGD' | 'Adam' | 'AdamW';
type AnyOptimizer = fl.optim.SGD | fl.optim.Adam;

const start = (): fl.Tensor[] => [
  fl.linspace(-1, 1, 6).reshape(2, 3).requiresGrad_(),
  fl.tensor([0.5, -0.5], { requiresGrad: true }),
];

/** Steps with gradients that need no net: p / 2 + t / 8 − 1. */
function drive(params: readonly fl.Tensor[], optimizer: AnyOptimizer, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    for (const param of params)
      param.grad = param
        .detach()
        .mul(0.5)
        .add(t * 0.125 - 1);
    optimizer.step();
  }
}

const camel = (options: object): object =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name === 'weight_decay' ? 'weightDecay' : name, value]),
  );

function expectClose(params: readonly fl.Tensor[], expected: readonly unknown[]): void {
  params.forEach((param, i) => {
    const wanted = fl.tensor(expected[i] as number[]);
    expect(param.detach().allclose(wanted, { rtol: 1e-5, atol: 1e-6 }), String(param.toArray())).toBe(true);
  });
}

describe('twenty steps end where PyTorch ends', () => {
  for (const { name, options, result, repr } of golden.runs) {
    it(`${name} ${JSON.stringify(options)}`, () => {
      const params = start();
      const optimizer = new optim[name as Kind](params, camel(options));
      drive(params, optimizer, 0, 20);
      expectClose(params, result);
      expect(String(optimizer)).toBe(repr);
    });
  }

  it('also for a parameter that does not lie in row-major order, and one of float64', () => {
    for (const lie of [
      (param: fl.Tensor) => param.detach().t().contiguous().t().requiresGrad_(),
      (param: fl.Tensor) => param.detach().double().requiresGrad_(),
    ]) {
      const params = start().map((param) => (param.ndim === 2 ? lie(param) : param));
      drive(params, new optim.SGD(params, { lr: 0.1, momentum: 0.9 }), 0, 20);
      expectClose(
        params.map((param) => param.detach().float()),
        golden.runs[1].result,
      );
    }
  });

  it('and for more parameters than one call of the kernel takes', () => {
    const params = Array.from({ length: 3000 }, () => fl.ones([1], { requiresGrad: true }));
    for (const param of params) param.grad = fl.ones(1);
    new optim.SGD(params, { lr: 0.5 }).step();
    expect(params.every((param) => param.item() === 0.5)).toBe(true);
  });
});

describe('a checkpoint of PyTorch', () => {
  const { file, result } = golden.checkpoint;
  interface Checkpoint {
    model: fl.StateDict;
    optimizer: fl.optim.OptimizerState;
  }
  const read = (bytes: Uint8Array): { params: fl.Tensor[]; optimizer: fl.optim.AdamW } => {
    const { model, optimizer: saved } = fl.load(bytes) as Checkpoint;
    const params = [model.w, model.b].map((tensor) => tensor.requiresGrad_());
    const optimizer = new optim.AdamW(params);
    optimizer.loadStateDict(saved);
    return { params, optimizer };
  };
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));

  it('goes on with the same numbers', () => {
    const { params, optimizer } = read(bytes);
    expect(optimizer.paramGroups[0].amsgrad).toBe(true);
    drive(params, optimizer, 5, 10);
    expectClose(params, result);
  });

  it('is written with the same keys, and read back', () => {
    const { params, optimizer } = read(bytes);
    const state = optimizer.stateDict();
    const theirs = (fl.load(bytes) as Checkpoint).optimizer;
    expect(Object.keys(state.param_groups[0]).sort()).toEqual(Object.keys(theirs.param_groups[0]).sort());
    expect(Object.keys(state.state.get(0) ?? {}).sort()).toEqual(Object.keys(theirs.state.get(0) ?? {}).sort());
    const again = read(fl.serialize({ model: { w: params[0].detach(), b: params[1].detach() }, optimizer: state }));
    drive(again.params, again.optimizer, 5, 10);
    expectClose(again.params, result);
  });

  it('that does not fit changes nothing', () => {
    const theirs = (fl.load(bytes) as Checkpoint).optimizer;
    const swapped = new optim.AdamW(start().reverse(), { lr: 7 });
    expect(() => swapped.loadStateDict(theirs)).toThrow('exp_avg does not fit its parameter of shape [2]');
    expect(swapped.paramGroups[0].lr).toBe(7);
    expect(() => new optim.AdamW(start().slice(1)).loadStateDict(theirs)).toThrow('the saved groups have [2]');
  });
});

describe('an optimiser', () => {
  it('takes groups with options of their own, and skips parameters without gradients', () => {
    const [a, b] = start();
    const optimizer = new optim.SGD([{ params: [a], lr: 1 }, { params: [b] }], { lr: 0.1 });
    a.grad = fl.ones(2, 3);
    const before = b.toArray();
    optimizer.step();
    expect(a.select(0, 0).toArray()).toEqual([-2, expect.closeTo(-1.6, 6), expect.closeTo(-1.2, 6)]);
    expect(b.toArray()).toEqual(before);
    expect(optimizer.paramGroups.map(({ lr }) => lr)).toEqual([1, 0.1]);
  });

  it('forgets gradients, or sets them to zero', () => {
    const [a] = start();
    a.grad = fl.ones(2, 3);
    const optimizer = new optim.SGD([a]);
    optimizer.zeroGrad({ setToNone: false });
    expect(a.grad?.sum().item()).toBe(0);
    optimizer.zeroGrad();
    expect(a.grad).toBeNull();
  });

  it('counts as a change of its parameters', () => {
    const [a] = start();
    const loss = a.square().sum();
    a.grad = fl.ones(2, 3);
    new optim.SGD([a]).step();
    expect(() => loss.backward()).toThrow('was changed in place');
  });

  it('refuses what makes no sense', () => {
    expect(() => new optim.Adam(start(), { weightdecay: 1 } as never)).toThrow(
      "Adam: unknown option 'weightdecay'; did you mean 'weightDecay'?",
    );
    expect(() => new optim.Adam(start(), { lr: -1 })).toThrow('the learning rate -1');
    expect(() => new optim.SGD([])).toThrow('there are no parameters');
    const [a] = start();
    expect(() => new optim.SGD([{ params: [a] }, { params: [a] }])).toThrow('stands in two groups');
    a.grad = fl.ones(3);
    expect(() => new optim.SGD([a]).step()).toThrow('a gradient has another dtype or shape');
  });

  it('runs the closure with gradients and answers its loss', () => {
    const [, b] = start();
    const optimizer = new optim.SGD([b], { lr: 1 });
    const loss = fl.noGrad(() =>
      optimizer.step(() => {
        optimizer.zeroGrad();
        const sum = b.square().sum();
        sum.backward();
        return sum;
      }),
    );
    expect(loss.item()).toBe(0.5);
    expect(b.toArray()).toEqual([-0.5, 0.5]);
  });
});

describe('schedules give the rates of PyTorch', () => {
  const { lrScheduler } = optim;
  const metrics = [3, 2, 2.5, 2.4];
  const makers: Record<ScheduleName, (o: fl.optim.SGD) => { step(metric?: number): void }> = {
    StepLR: (o) => new lrScheduler.StepLR(o, 5),
    MultiStepLR: (o) => new lrScheduler.MultiStepLR(o, [3, 7, 7], { gamma: 0.5 }),
    ExponentialLR: (o) => new lrScheduler.ExponentialLR(o, 0.9),
    CosineAnnealingLR: (o) => new lrScheduler.CosineAnnealingLR(o, 6, { etaMin: 0.01 }),
    LambdaLR: (o) => new lrScheduler.LambdaLR(o, (epoch) => 1 / (1 + epoch)),
    LinearLR: (o) => new lrScheduler.LinearLR(o),
    ReduceLROnPlateau: (o) => {
      const plateau = new lrScheduler.ReduceLROnPlateau(o, { patience: 2, cooldown: 1 });
      return { step: (metric) => plateau.step(metric ?? 0) };
    },
  };
  for (const [name, make] of Object.entries(makers)) {
    it(name, () => {
      const optimizer = new optim.SGD(start(), { lr: 0.5 });
      const scheduler = make(optimizer);
      const rates = [optimizer.paramGroups[0].lr];
      for (let epoch = 0; epoch < 24; epoch++) {
        scheduler.step(metrics[epoch % 4]);
        rates.push(optimizer.paramGroups[0].lr);
      }
      golden.schedules[name as ScheduleName].forEach((expected, i) => {
        expect(rates[i]).toBeCloseTo(expected, 12);
      });
    });
  }

  it('go on from a state, with the optimiser that was saved beside it', () => {
    const optimizer = new optim.SGD(start(), { lr: 0.5 });
    const scheduler = new lrScheduler.CosineAnnealingLR(optimizer, 6);
    for (let i = 0; i < 3; i++) scheduler.step();
    const resumed = new optim.SGD(start(), { lr: 9 });
    resumed.loadStateDict(optimizer.stateDict());
    const goesOn = new lrScheduler.CosineAnnealingLR(resumed, 6);
    goesOn.loadStateDict(scheduler.stateDict());
    for (const each of [scheduler, goesOn]) each.step();
    expect(goesOn.getLastLr()).toEqual(scheduler.getLastLr());
  });
});
