import { beforeEach, describe, expect, test } from 'vitest';
import * as fl from '../index.js';

const f32 = (...values: number[]) => values.map(Math.fround);

describe('the stream of seed 0 is PyTorch’s', () => {
  beforeEach(() => {
    fl.manualSeed(0);
  });

  test('op after op', () => {
    expect(fl.rand(3).toArray()).toEqual(f32(0.49625658988952637, 0.7682217955589294, 0.08847743272781372));
    expect(fl.randn(2).toArray()).toEqual(f32(0.3643381893634796, 0.13439632952213287));
    const blocks = fl.randn(16).at(':2').toArray() as number[];
    expect(blocks[0]).toBeCloseTo(-2.1152193546295166, 5);
    expect(blocks[1]).toBeCloseTo(-0.35612836480140686, 5);
    expect(fl.randint(10, [5]).toArray()).toEqual([4, 4, 1, 9, 9]);
    expect(fl.randperm(6).toArray()).toEqual([3, 1, 0, 2, 5, 4]);
    expect(fl.zeros(6).bernoulli_(0.5).toArray()).toEqual([1, 1, 1, 0, 0, 1]);
    expect(fl.nn.functional.dropout(fl.ones(6), 0.5).toArray()).toEqual([0, 2, 0, 0, 0, 0]);
    const state = fl.getRngState();
    expect(state.shape).toEqual([5056]);
    expect(state.at(':24').toArray()).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 56, 2, 0, 0, 1, 0, 0, 0, 57, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(state.sum().item()).toBe(312064);
  });

  test('a state can be returned to, a waiting normal number included', () => {
    fl.randn(3);
    const state = fl.getRngState();
    const first = fl.randn(5).toArray();
    fl.setRngState(state);
    expect(fl.randn(5).toArray()).toEqual(first);
    expect(fl.initialSeed()).toBe(0);
    expect(() => fl.setRngState(fl.zeros([5056], { dtype: 'uint8' }))).toThrow('the state is damaged');
  });

  test('a generator of one’s own leaves the default one alone', () => {
    const generator = new fl.Generator().manualSeed(0);
    expect(fl.rand([1], { generator }).item()).toBe(fl.rand(1).item());
  });
});

describe('in place', () => {
  test('fills views too', () => {
    const x = fl.zeros(2, 3);
    x.at(':', 1).uniform_(5, 6);
    expect(x.gt(0).toArray()).toEqual([
      [false, true, false],
      [false, true, false],
    ]);
  });

  test('bounds', () => {
    const x = fl.zeros([1000], { dtype: 'int64' });
    x.random_(-3, 3);
    expect([x.min().item(), x.max().item()]).toEqual([-3, 2]);
    expect(x.random_().ge(0).all().item()).toBe(1);
    expect(() => x.random_(3, 3)).toThrow('random_: from 3 must be less than to 3');
  });

  test('a leaf that requires its gradient needs noGrad', () => {
    const x = fl.zeros([2], { requiresGrad: true });
    expect(() => x.normal_()).toThrow(fl.AutogradError);
    expect(() => fl.noGrad(() => x.normal_())).not.toThrow();
  });
});

describe('dropout', () => {
  test('keeps the expectation, and does nothing outside of training', () => {
    const x = fl.ones(10_000);
    expect(fl.nn.functional.dropout(x, 0.25).mean().item()).toBeCloseTo(1, 1);
    expect(fl.nn.functional.dropout(x, { p: 0.25, training: false })).toBe(x);
    expect(fl.nn.functional.dropout(x, 1).sum().item()).toBe(0);
    expect(() => fl.nn.functional.dropout(x, 1.5)).toThrow(fl.ArgumentError);
  });

  test('its gradient has the same holes', () => {
    const x = fl.ones([50], { requiresGrad: true });
    const y = fl.nn.functional.dropout(x);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual(y.toArray());
  });
});
