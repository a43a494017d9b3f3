import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const { batchNorm, conv2d, layerNorm, maxPool2d } = fl.nn.functional;

describe('batchNorm', () => {
  test('normalises each channel and moves the running statistics', () => {
    const x = fl.tensor(
      [
        [1, 10],
        [3, 30],
        [5, 20],
      ],
      { dtype: 'float32' },
    );
    const [mean, variance] = [fl.zeros(2), fl.ones(2)];
    const y = batchNorm(x, mean, variance, { training: true });
    expect(y.at(0, 0).item()).toBeCloseTo(-1.2247, 4);
    expect(mean.at(1).item()).toBeCloseTo(2, 5);
    expect(variance.at(1).item()).toBeCloseTo(10.9, 5);
  });

  test('channels-last and row-major data give the same', () => {
    const x = fl.arange(48).float().sin().reshape(2, 3, 2, 4);
    const identity = fl.eye(3).reshape(3, 3, 1, 1);
    const plain = batchNorm(x, null, null, { training: true });
    const last = batchNorm(conv2d(x, identity), null, null, { training: true });
    expect(last.sub(plain).abs().max().item()).toBeLessThan(1e-5);
  });

  test.each([[[4, 3]], [[3, 2, 4]], [[2, 3, 2, 3]]])('gradients for %j', (shape) => {
    const c = shape[1];
    expectGradients(
      (x, weight, bias) => batchNorm(x, null, null, { weight, bias, training: true }),
      leaf(...shape),
      leaf(c),
      leaf(c),
    );
    const [mean, variance] = [fl.zeros([c], { dtype: 'float64' }), fl.ones([c], { dtype: 'float64' })];
    expectGradients((x, weight) => batchNorm(x, mean, variance, { weight }), leaf(...shape), leaf(c));
  });

  test('gradients through a block of a convolutional net', () => {
    expectGradients(
      (x, w, weight, bias) =>
        maxPool2d(batchNorm(conv2d(x, w, { padding: 1 }), null, null, { weight, bias, training: true }).relu(), 2),
      leaf(2, 2, 4, 4),
      leaf(3, 2, 3, 3),
      leaf(3),
      leaf(3),
    );
  });

  test('refuses what has no statistics', () => {
    expect(() => batchNorm(fl.ones(1, 3), null, null, { training: true })).toThrow(
      'batchNorm: training needs more than one value per channel (got [1, 3])',
    );
    expect(() => batchNorm(fl.ones(2, 3), null, null)).toThrow('the running statistics are needed');
    expect(() => batchNorm(fl.ones(2, 3), fl.zeros(2), fl.ones(3))).toThrow('runningMean must be [3]');
  });
});

describe('layerNorm', () => {
  test('normalises rows', () => {
    const y = layerNorm(
      fl.tensor(
        [
          [1, 10],
          [3, 30],
        ],
        { dtype: 'float64' },
      ),
      [2],
    );
    expect(y.round().toArray()).toEqual([
      [-1, 1],
      [-1, 1],
    ]);
  });

  test('keeps its precision far from zero', () => {
    const x = fl.arange(96).float().cos().reshape(6, 16);
    const exact = layerNorm(x.double().add(1e4), 16);
    expect(layerNorm(x.add(1e4), 16).double().sub(exact).abs().max().item()).toBeLessThan(5e-3);
  });

  test('gradients', () => {
    expectGradients((x, weight, bias) => layerNorm(x, [3, 4], { weight, bias }), leaf(2, 3, 4), leaf(3, 4), leaf(3, 4));
    expectGradients((x) => layerNorm(x, 4), leaf(2, 3, 4));
  });
});
