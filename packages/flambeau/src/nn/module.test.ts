import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;

/** Made by tools/goldens/nn.py. */
const golden = JSON.parse(readFileSync(new URL('./goldens/nn.json', import.meta.url), 'utf8')) as { keys: string[] };

class Net extends nn.Module {
  hidden = new nn.Linear(3, 4);
  predict = new nn.Linear(4, 2);
  forward(x: fl.Tensor): fl.Tensor {
    return this.predict(this.hidden(x).relu());
  }
}

/** The net of the goldens: all containers, buffers and a parameter of its own. */
class Everything extends nn.Module {
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
    return this.conv(x);
  }
}

describe('a module', () => {
  it('is called like a function and is an instance of its class', () => {
    const net = new Net();
    expect(net(fl.ones(5, 3)).shape).toEqual([5, 2]);
    expect(net).toBeInstanceOf(Net);
    expect(net).toBeInstanceOf(nn.Module);
    expectTypeOf(net).toBeCallableWith(fl.ones(5, 3));
    expectTypeOf(net(fl.ones(5, 3))).toEqualTypeOf<fl.Tensor>();
  });

  it('takes the arguments that its type says', () => {
    class Add extends nn.Module<[fl.Tensor, number], fl.Tensor> {
      forward(x: fl.Tensor, y: number): fl.Tensor {
        return x.add(y);
      }
    }
    expect(new Add()(fl.ones(1), 2).item()).toBe(3);
  });

  it('names what its fields hold as PyTorch does', () => {
    expect([...new Net().namedParameters()].map(([name]) => name)).toEqual([
      'hidden.weight',
      'hidden.bias',
      'predict.weight',
      'predict.bias',
    ]);
    const keys = Object.keys(new Everything().stateDict());
    expect([...keys].sort()).toEqual([...golden.keys].sort());
  });

  it('counts a shared parameter once and saves it under both names', () => {
    class Tied extends nn.Module {
      a = new nn.Linear(2, 2, { bias: false });
      b = this.a;
      forward(x: fl.Tensor): fl.Tensor {
        return this.b(this.a(x));
      }
    }
    expect([...new Tied().parameters()]).toHaveLength(1);
    expect(Object.keys(new Tied().stateDict())).toEqual(['a.weight', 'b.weight']);
  });

  it('finds parts by their paths', () => {
    const net = new Everything();
    expect(net.getSubmodule('conv.1')).toBeInstanceOf(nn.BatchNorm2d);
    expect(net.getParameter('heads.2.weight')).toBe(net.heads.at(2).weight);
    expect(() => net.getParameter('heads.7.weight')).toThrow("Everything has no module 'heads.7'".slice(0, 24));
  });

  it('puts all parts into training or evaluation mode', () => {
    const net = new Everything().eval();
    expect([...net.modules()].some((module) => module.training)).toBe(false);
    expect([...net.train().modules()].every((module) => module.training)).toBe(true);
  });

  it('leaves buffers that are not persistent out of the state dict', () => {
    class Masked extends nn.Module {
      declare mask: fl.Tensor;
      constructor() {
        super();
        this.registerBuffer('mask', fl.ones(2), { persistent: false });
      }
      forward(x: fl.Tensor): fl.Tensor {
        return x.mul(this.mask);
      }
    }
    expect([...new Masked().buffers()]).toHaveLength(1);
    expect(new Masked().stateDict()).toEqual({});
  });

  it('runs hooks around forward until they are removed', () => {
    const net = new Net();
    const before = net.registerForwardPreHook((_module, [x]) => [x.mul(0)]);
    const after = net.registerForwardHook((_module, _args, out) => out.add(100));
    const zero = net.predict(net.hidden(fl.zeros(1, 3)).relu());
    expect(net(fl.ones(1, 3)).sub(zero).toArray()).toEqual([[100, 100]]);
    before();
    after();
    expect(net(fl.ones(1, 3)).max().item()).toBeLessThan(50);
  });

  it('refuses names that would hide its methods', () => {
    expect(() => new nn.Sequential({ forward: new nn.ReLU() })).toThrow("has a member 'forward' of its own");
    expect(() => new Net().registerBuffer('a.b', fl.ones(1))).toThrow("'a.b' is no name");
  });
});

describe('loadStateDict', () => {
  it('copies the values into the same parameters', () => {
    const [from, to] = [new Net(), new Net()];
    const { weight } = to.hidden;
    to.loadStateDict(from.stateDict());
    expect(to.hidden.weight).toBe(weight);
    expect(weight.equal(from.hidden.weight)).toBe(true);
  });

  it('lists everything that does not fit and copies nothing', () => {
    const net = new Net();
    const before = net.hidden.bias?.toArray();
    const state = { 'hidden.weight': fl.ones(3, 4), 'hidden.bias': fl.ones(4), other: fl.ones(1) };
    expect(() => net.loadStateDict(state)).toThrow(
      'loadStateDict: the state dict does not fit Net:\n' +
        '\tMissing key(s) in state dict: "predict.weight", "predict.bias".\n' +
        '\tUnexpected key(s) in state dict: "other".\n' +
        '\tsize mismatch for hidden.weight: the state dict has [3, 4], the module [4, 3].',
    );
    expect(net.hidden.bias?.toArray()).toEqual(before);
  });

  it('loads what fits when it need not be strict', () => {
    const net = new Net();
    const { missingKeys, unexpectedKeys } = net.loadStateDict(
      { 'hidden.bias': fl.ones(4), other: fl.ones(1) },
      { strict: false },
    );
    expect(net.hidden.bias?.toArray()).toEqual([1, 1, 1, 1]);
    expect(missingKeys).toHaveLength(3);
    expect(unexpectedKeys).toEqual(['other']);
  });
});

describe('to', () => {
  it('converts parameters in place, so that optimisers still hold them', () => {
    const net = new Net();
    const optimizer = new fl.optim.SGD(net.parameters(), { lr: 1 });
    net.double();
    const before = net.hidden.weight.clone();
    net(fl.ones([2, 3], { dtype: 'float64' }))
      .sum()
      .backward();
    optimizer.step();
    expect(net.hidden.weight.dtype).toBe('float64');
    expect(net.hidden.weight.equal(before)).toBe(false);
  });

  it('leaves integers alone and refuses to become them', () => {
    const norm = new nn.BatchNorm1d(2).to('float64');
    expect(norm.num_batches_tracked?.dtype).toBe('int64');
    expect(norm.running_mean?.dtype).toBe('float64');
    expect(() => norm.to('int64')).toThrow(fl.DTypeError);
  });
});

describe('containers', () => {
  it('Sequential hands results on and is read like an array', () => {
    const net = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU());
    net.append(new nn.Linear(3, 1));
    expect(net(fl.ones(4, 2)).shape).toEqual([4, 1]);
    expect(net.length).toBe(3);
    expect(net.at(-1)).toBeInstanceOf(nn.Linear);
    expect(() => net.at(3)).toThrow(fl.IndexError);
    expect(Object.keys(new nn.Sequential({ first: new nn.Linear(2, 1) }).stateDict())).toEqual([
      'first.weight',
      'first.bias',
    ]);
  });

  it('ModuleDict is read by name', () => {
    const dict = new nn.ModuleDict({ a: new nn.Linear(1, 2) });
    dict.set('b', new nn.Linear(2, 3));
    expect(dict.keys()).toEqual(['a', 'b']);
    expect(dict.get('b').outFeatures).toBe(3);
    expect(() => dict.get('c')).toThrow("there is no module 'c'; there is a, b");
  });

  it('parameters in lists and dictionaries are learned', () => {
    const list = new nn.ParameterList([new nn.Parameter(fl.ones(2)), new nn.Parameter(fl.ones(3))]);
    expect([...list.parameters()]).toHaveLength(2);
    expect(list.at(-1).shape).toEqual([3]);
    expect(new nn.ParameterDict({ a: new nn.Parameter(fl.ones(2)) }).get('a').shape).toEqual([2]);
  });
});

it('summary lists layers, shapes and parameters, and leaves the modes alone', () => {
  const net = new Net();
  net.hidden.eval();
  expect(nn.summary(net, [3])).toBe(
    [
      'Layer             Output  Parameters',
      '------------------------------------',
      'Linear (hidden)   [1, 4]          16',
      'Linear (predict)  [1, 2]          10',
      '',
      '26 parameters, 26 of them trainable',
    ].join('\n'),
  );
  expect([net.training, net.hidden.training, net.predict.training]).toEqual([true, false, true]);
});

describe('utils', () => {
  it('clips the common norm of gradients', () => {
    const [a, b] = [new nn.Parameter(fl.zeros(1)), new nn.Parameter(fl.zeros(1))];
    a.grad = fl.full([1], 3, { dtype: 'float32' });
    b.grad = fl.full([1], 4, { dtype: 'float32' });
    expect(nn.utils.clipGradNorm_([a, b], 1).item()).toBe(5);
    expect(a.grad.item()).toBeCloseTo(0.6, 5);
    expect(nn.utils.clipGradNorm_([a, b], 10, { normType: Number.POSITIVE_INFINITY }).item()).toBeCloseTo(0.8, 5);
    a.grad = fl.full([1], Number.NaN);
    expect(() => nn.utils.clipGradNorm_([a], 1, { errorIfNonfinite: true })).toThrow(
      'the norm of the gradients is NaN',
    );
  });

  it('turns parameters into a vector and back', () => {
    const [from, to] = [new Net(), new Net()];
    nn.utils.vectorToParameters(nn.utils.parametersToVector(from.parameters()), to.parameters());
    expect(to.predict.weight.equal(from.predict.weight)).toBe(true);
    expect(() => nn.utils.vectorToParameters(fl.ones(3), to.parameters())).toThrow('need a vector of 26');
  });
});
