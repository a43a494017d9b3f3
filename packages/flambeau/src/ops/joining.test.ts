import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';

const F = fl.nn.functional;

describe('cat', () => {
  test('tensors of another dtype, with gaps, and empty ones', () => {
    const a = fl.tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'int64' },
    );
    const b = fl
      .tensor([
        [5, 6],
        [7, 8],
      ])
      .t();
    expect(fl.cat([a, fl.zeros(0), b]).toArray()).toEqual([
      [1, 2],
      [3, 4],
      [5, 7],
      [6, 8],
    ]);
    expect(fl.cat([a.gt(2), a.lt(2)], 1).toArray()).toEqual([
      [false, false, true, false],
      [true, true, false, false],
    ]);
  });

  test('more tensors than the argument block lists at once', () => {
    const numbers = Array.from({ length: 9000 }, (_, i) => i + 1);
    const rows = numbers.map((i) => fl.tensor([[i], [-i]]));
    expect(fl.cat(rows, 1).toArray()).toEqual([numbers, numbers.map((i) => -i)]);
  });

  test('results of convolutions are joined as they lie, and so are their gradients', () => {
    fl.manualSeed(0);
    const x = fl.randn(2, 3, 9, 9);
    const weights = [4, 1, 6].map((channels) => fl.randn(channels, 3, 3, 3));
    const grad = fl.randn(2, 11, 9, 9);
    /** The branches joined, and what comes back to each weight; `order` is applied to every branch. */
    const run = (order: (branch: fl.Tensor) => fl.Tensor) => {
      const leaves = weights.map((weight, i) => weight.detach().requiresGrad_(i !== 1));
      const joined = fl.cat(
        leaves.map((weight) => order(F.conv2d(x, weight, { padding: 1 }))),
        1,
      );
      const lies = joined.storage.channels;
      const wanted = leaves.filter((leaf) => leaf.requiresGrad);
      const behind = F.conv2d(joined, fl.ones(1, 11, 1, 1)); // its gradient lies channels-last
      const grads = fl.autograd.grad(behind, wanted, { gradOutputs: grad.narrow(1, 0, 1).contiguous() });
      return { lies, numbers: [joined, ...grads].map((each) => each.detach().clone()) };
    };
    const last = run((branch) => branch);
    const first = run((branch) => branch.reshape(-1).reshape(branch.shape)); // a view, which lies in row-major order
    expect([last.lies, first.lies]).toEqual([{ n: 2, c: 11, p: 81 }, null]);
    last.numbers.forEach((each, i) => {
      expect(each.sub(first.numbers[i]).abs().max().item()).toBeLessThan(1e-4);
    });
  });
});
