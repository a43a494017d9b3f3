import { engine } from '@flambeau/kernels';
import { describe, expect, it } from 'vitest';
import * as fl from '../index.js';
import * as F from './functional.js';

const { tensor } = fl;

describe('numbers at the edge', () => {
  it('softplus and logSigmoid do not overflow', () => {
    expect(
      F.softplus(tensor([100, -100]))
        .at(0)
        .item(),
    ).toBe(100);
    expect(F.softplus(tensor(-100)).item()).toBeCloseTo(0, 40);
    expect(
      F.logSigmoid(tensor([-100, 100]))
        .at(0)
        .item(),
    ).toBe(-100);
  });

  it('layerNorm keeps its digits near 10⁴', () => {
    const x = tensor([10000, 10001, 10002, 10003], { dtype: 'float32' });
    const exact = F.layerNorm(x.double(), [4]);
    expect(F.layerNorm(x, [4]).double().sub(exact).abs().max().item()).toBeLessThan(1e-5);
  });

  it('the sum of 2²⁵ ones is 2²⁵', () => {
    expect(
      fl
        .ones(2 ** 25)
        .sum()
        .item(),
    ).toBe(2 ** 25);
  });

  it('cat leaves out nothing but the empty', () => {
    expect(fl.cat([fl.zeros(0), tensor([[1.5, 2]])], 1).toArray()).toEqual([[1.5, 2]]);
    expect(fl.cat([fl.zeros(0, 3), fl.zeros(0, 3)]).shape).toEqual([0, 3]);
  });

  it('scalars reduce along their only, imagined dimension', () => {
    expect(tensor(2.5).sum(0).item()).toBe(2.5);
    expect(tensor(2.5).mean(-1).item()).toBe(2.5);
    expect(tensor(2.5).max(0).indices.item()).toBe(0);
  });

  it('NaN wins max and min and is sorted last', () => {
    const x = tensor([1.5, Number.NaN, 3]);
    expect(x.max().item()).toBeNaN();
    expect(x.min(0).indices.item()).toBe(1);
    expect(x.sort().values.toArray()).toEqual([1.5, 3, Number.NaN]);
  });

  it('denormals are not slow', () => {
    const time = (value: number): number => {
      const x = fl.full([1 << 18], value, { dtype: 'float32' });
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 20; i++) {
        const start = performance.now();
        x.mul(0.5).add(x);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    time(1.5);
    expect(time(1e-40)).toBeLessThan(20 * time(1.5) + 1);
  });
});

describe('the number of threads', () => {
  const x = fl.arange(200_000, { dtype: 'float32' }).sin().view(400, 500);
  it.each([
    ['sum', () => x.sum()],
    ['sum along a dimension', () => x.sum(0)],
    ['matmul', () => x.mm(x.t())],
    ['exp', () => x.exp()],
    ['softmax', () => x.softmax(1)],
    ['layerNorm', () => F.layerNorm(x, [500])],
    ['conv2d', () => F.conv2d(x.view(4, 5, 100, 100), x.view(-1).narrow(0, 0, 360).view(8, 5, 3, 3))],
  ])('does not change %s by one bit', (_, compute) => {
    const before = engine.threads;
    const bytes = [1, 2].map((threads) => {
      engine.setThreads(threads);
      return compute().toTypedArray();
    });
    engine.setThreads(before);
    expect(bytes[0]).toEqual(bytes[1]);
  });
});

describe('changing in place', () => {
  it('copy_, fill_ and zero_ write into the tensor and what shares its memory', () => {
    const x = fl.zeros(2, 3);
    const row = x.select(0, 1);
    row.copy_(tensor([1, 2, 3]));
    x.select(1, 0).fill_(7);
    expect(x.toArray()).toEqual([
      [7, 0, 0],
      [7, 2, 3],
    ]);
    expect(x.zero_().sum().item()).toBe(0);
    expect(row.toArray()).toEqual([0, 0, 0]);
  });

  it('setAt and indexPut_ write where at reads', () => {
    const x = fl.zeros(2, 3);
    x.setAt([0, '1:'], tensor([4, 5]));
    x.setAt(x.eq(0), -1);
    x.indexPut_([tensor([1, 1]), tensor([2, 2])], 1, { accumulate: true });
    expect(x.toArray()).toEqual([
      [-1, 4, 5],
      [-1, -1, 1],
    ]);
  });

  it('typed arrays and tensors become tensors', () => {
    expect(fl.fromTypedArray(new Int32Array([1, 2, 3, 4]), [2, 2]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const x = tensor([1.5]);
    expect(fl.asTensor(x)).toBe(x);
    expect(fl.asTensor([1.5]).dtype).toBe('float32');
  });
});

describe('what the graph cannot do is named, with the cure', () => {
  const leaf = (): fl.Tensor => tensor([1.5, 2], { requiresGrad: true });
  const twice = (): void => {
    const loss = leaf().exp().sum();
    loss.backward();
    loss.backward();
  };
  const savedChanged = (): void => {
    const y = leaf().mul(1);
    const z = y.square().sum();
    y.add_(1);
    z.backward();
  };

  it.each<[string, () => unknown, string, string]>([
    [
      'backward twice',
      twice,
      'AutogradError',
      'ExpBackward0: backward went through this graph before and its saved values are freed; pass { retainGraph: true } to the first backward',
    ],
    [
      'in place on a saved tensor',
      savedChanged,
      'AutogradError',
      'PowBackward0: a tensor of shape [2] that the gradient needs was changed in place (version 1, expected 0); change a `.clone()` of it',
    ],
    [
      'in place on a leaf',
      () => leaf().add_(1),
      'AutogradError',
      'AddBackward0: a leaf that requires its gradient cannot be changed in place; do it inside fl.noGrad(() => …)',
    ],
    [
      'gradients of integers',
      () => tensor([1, 2]).requiresGrad_(),
      'DTypeError',
      'requiresGrad_: only floating-point tensors have gradients, not int64',
    ],
    [
      'backward of many',
      () => leaf().exp().backward(),
      'ShapeError',
      'backward: the gradient can be left out only for a scalar: pass one, or call it on a sum or mean (got [2])',
    ],
  ])('%s', (_, call, name, message) => {
    expect(call).toThrow(expect.objectContaining({ name, message }));
  });
});
