import { describe, expect, it } from 'vitest';
import type { Grads } from '../autograd/node.js';
import * as fl from '../index.js';

const { nn } = fl;

/** 1 · x₀ + 2 · x₁ */
function weighted(): fl.nn.Linear {
  const linear = new nn.Linear(2, 1, { bias: false });
  fl.noGrad(() => linear.weight.copy_(fl.tensor([[1, 2]])));
  return linear;
}

class Two extends nn.Module<[fl.Tensor, number, fl.Tensor], [fl.Tensor, fl.Tensor, string]> {
  forward(a: fl.Tensor, k: number, b: fl.Tensor): [fl.Tensor, fl.Tensor, string] {
    return [a.mul(b), b.add(k), 'text'];
  }
}

const numbers = (grads: Grads): unknown[] => grads.map((grad) => grad?.toArray() ?? null);
const leaf = (value: number | number[][]): fl.Tensor => fl.tensor(value, { dtype: 'float32', requiresGrad: true });

describe('backward hooks of modules', () => {
  it('see and replace the gradients of results, then those of arguments', () => {
    const linear = weighted();
    const seen: unknown[] = [];
    linear.registerFullBackwardPreHook((_, gradOutput) => {
      seen.push(numbers(gradOutput));
      return [(gradOutput[0] as fl.Tensor).mul(10)];
    });
    linear.registerFullBackwardHook((module, gradInput, gradOutput) => {
      expect(module).toBe(linear);
      seen.push(numbers(gradInput), numbers(gradOutput));
      return [(gradInput[0] as fl.Tensor).add(1)];
    });
    const x = leaf([[3, 4]]);
    linear(x).sum().backward();
    expect(seen).toEqual([[[[1]]], [[[10, 20]]], [[[10]]]]);
    expect(x.grad?.toArray()).toEqual([[11, 21]]);
    expect(linear.weight.grad?.toArray()).toEqual([[30, 40]]);
  });

  it('have a place for every argument and result', () => {
    const two = new Two();
    const seen: unknown[] = [];
    const remove = two.registerFullBackwardHook((_, gradInput, gradOutput) => {
      seen.push(numbers(gradInput), numbers(gradOutput));
    });
    const [a, b] = [leaf(2), leaf(5)];
    two(a, 7, b)[0].backward();
    expect(seen.splice(0)).toEqual([
      [5, null, 2],
      [1, null, null],
    ]);
    const [product, sum] = two(a, 7, b);
    product.add(sum).backward();
    expect(seen.splice(0)).toEqual([
      [5, null, 3],
      [1, 1, null],
    ]);
    remove();
    two(a, 7, b)[0].backward();
    expect(seen).toEqual([]);
  });

  it('run from the result to the arguments through a net', () => {
    const net = new nn.Sequential(new nn.Linear(2, 2), new nn.Tanh(), new nn.Linear(2, 1));
    const order: string[] = [];
    for (const [name, module] of net.namedModules()) {
      module.registerFullBackwardPreHook(() => void order.push(`before ${name}`));
      module.registerFullBackwardHook(() => void order.push(name));
    }
    net(leaf([[1, 1]]))
      .sum()
      .backward();
    expect(order).toEqual(['before ', 'before 2', '2', 'before 1', '1', 'before 0', '0', '']);
  });

  it('are called without gradients of arguments where none requires one', () => {
    const linear = weighted();
    const seen: unknown[] = [];
    linear.registerFullBackwardHook((_, gradInput, gradOutput) => void seen.push(gradInput, numbers(gradOutput)));
    linear(fl.ones(1, 2)).sum().backward();
    expect(seen).toEqual([[null], [[[1]]]]);
    fl.noGrad(() => linear(fl.ones(1, 2)));
    expect(seen.length).toBe(2);
  });

  it('pass second derivatives', () => {
    const square = new (class extends nn.Module {
      forward(x: fl.Tensor): fl.Tensor {
        return x.pow(3);
      }
    })();
    square.registerFullBackwardHook((_, [grad]) => [(grad as fl.Tensor).mul(2)]);
    const x = leaf(2);
    const [first] = fl.autograd.grad(square(x), x, { createGraph: true });
    const [second] = fl.autograd.grad(first, x);
    expect([first.item(), second.item()]).toEqual([24, 24]);
  });

  it('must return as many gradients as there are', () => {
    const two = new Two();
    two.registerFullBackwardHook(() => [null]);
    expect(() => two(leaf(1), 2, leaf(3))[0].backward()).toThrow('returned 1 gradients in place of 3');
    const linear = weighted();
    linear.registerFullBackwardPreHook((_, [grad]) => [grad, grad]);
    expect(() => linear(fl.ones(1, 2)).sum().backward()).toThrow('returned 2 gradients in place of 1');
    const other = weighted();
    other.registerFullBackwardHook(() => [fl.ones(1, 2)]);
    expect(() => other(fl.ones(1, 2)).sum().backward()).toThrow('no argument of the module requires a gradient');
  });
});
