import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../index.js';
import * as fl from '../index.js';

type Golden = Record<string, { out: number[]; first: number[]; second: number[] }>;
const golden = JSON.parse(readFileSync(new URL('./goldens/views.json', import.meta.url), 'utf8')) as Golden;

const FLOAT64 = { dtype: 'float64' } as const;
const W = fl.linspace(0.5, 1.5, 4, FLOAT64);
const zeros = (...shape: number[]): Tensor => fl.zeros(shape, FLOAT64);

/** What tools/goldens/views.py computes, under the same names. */
const programs: Record<string, (x: Tensor) => Tensor> = {
  part_of_product(x) {
    const y = x.mul(x);
    y.select(0, 0).fill_(1);
    return y.mul(x);
  },
  scaled_row(x) {
    const y = x.sin();
    y.select(0, 1).mul_(x.select(0, 0));
    return y;
  },
  strided_part(x) {
    const y = x.sin();
    y.slice(1, { start: 1, end: 4, step: 2 })
      .mul_(x.narrow(1, 0, 2))
      .add_(1);
    return y;
  },
  view_of_view(x) {
    const y = x.mul(2);
    y.t().narrow(0, 1, 2).narrow(1, 0, 2).pow_(3);
    return y;
  },
  earlier_view_of_changed_base(x) {
    const y = x.mul(2);
    const row = y.select(0, 2);
    y.mul_(x);
    return row.mul(W);
  },
  sibling_view(x) {
    const y = x.mul(x);
    const [column, row] = [y.select(1, 1), y.select(0, 1)];
    row.mul_(3);
    column.mul_(x.select(1, 0));
    return fl.cat([column, row, y.flatten()]);
  },
  rows_into_zeros(x) {
    const out = zeros(3, 4);
    for (let i = 0; i < 3; i++) out.select(0, i).copy_(x.select(0, i).mul(x.select(0, (i + 1) % 3)));
    return out;
  },
  view_keeps_following(x) {
    const out = zeros(2, 4);
    out.select(0, 0).copy_(x.select(0, 0).sin());
    const row = out.select(0, 1);
    row.copy_(x.select(0, 1).mul(x.select(0, 2)));
    row.mul_(2);
    return row.mul(out.select(0, 0));
  },
  out_of_place_within(x) {
    const y = x.mul(1);
    y.narrow(1, 1, 3).cumsum_(1);
    return y.mul(x);
  },
  reshaped(x) {
    const y = x.cos();
    y.view(2, 6)
      .select(0, 0)
      .sub_(x.view(-1).narrow(0, 6, 6));
    return y;
  },
  diagonal(x) {
    const y = x.mul(x);
    y.diagonal().mul_(x.select(1, 3));
    return y;
  },
  squeezed_and_expanded(x) {
    const y = x.sum(1, { keepdim: true });
    y.squeeze(1).mul_(2);
    return y.expand(3, 4).mul(x);
  },
  saved_result(x) {
    const y = x.mul(2);
    y.select(0, 0).sigmoid_();
    return y.narrow(1, 1, 2);
  },
};

const leaf = (): Tensor => fl.arange(12, FLOAT64).view(3, 4).mul(0.17).sub(0.6).requiresGrad_();

function expectClose(actual: Tensor, wanted: readonly number[]): void {
  const values = actual.detach().flatten().toArray() as number[];
  expect(values.length).toBe(wanted.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i], 10);
  });
}

describe('views changed in place', () => {
  it.each(Object.keys(golden))('%s: result, gradient and second gradient are PyTorch’s', (name) => {
    const x = leaf();
    const out = programs[name](x);
    const [first] = fl.autograd.grad(out.square().sum(), [x], { createGraph: true });
    const [second] = fl.autograd.grad(first.square().sum(), [x]);
    expectClose(out, golden[name].out);
    expectClose(first, golden[name].first);
    expectClose(second, golden[name].second);
  });

  it('are named as PyTorch names them', () => {
    const y = leaf().mul(2);
    const row = y.select(0, 0);
    row.mul_(3);
    expect(String(y.gradFn)).toBe('<CopySlices>');
    y.add_(1);
    expect(String(y.gradFn)).toBe('<AddBackward0>');
    expect(row.requiresGrad).toBe(true);
  });

  it('make a base require its gradient', () => {
    const out = fl.zeros(2, 3);
    const row = out.select(0, 0);
    expect(out.requiresGrad).toBe(false);
    row.copy_(fl.ones(3).requiresGrad_());
    expect(out.requiresGrad).toBe(true);
    expect(out.select(0, 1).requiresGrad).toBe(true);
  });

  it('share the count of changes, detached or not', () => {
    const x = fl.rand(4).requiresGrad_();
    const y = x.mul(2);
    const loss = y.mul(y).sum();
    y.detach().mul_(2);
    expect(() => loss.backward()).toThrow('changed in place');
    const z = x.exp();
    z.narrow(0, 0, 1).fill_(0);
    expect(() => z.sum().backward()).toThrow('ExpBackward0: a tensor of shape [4] that the gradient needs was changed');
  });

  it('keep the gradient that was asked for', () => {
    const y = leaf().mul(2);
    y.retainGrad();
    y.select(0, 0).mul_(3);
    y.sum().backward();
    expect(y.grad?.sum().item()).toBe(12);
  });

  it.each([
    ['a leaf', () => leaf().add_(1), 'a leaf that requires its gradient cannot be changed in place'],
    ['of a leaf', () => leaf().select(0, 0).fill_(1), 'a view of a leaf that requires its gradient cannot be changed'],
    ['made under noGrad', () => fl.noGrad(() => leafProduct.narrow(0, 0, 2)).mul_(2), 'a view made under noGrad'],
    ['expanded', () => fl.rand(1).expand(3).add_(1), 'several elements of an expanded tensor are one number'],
  ])('%s: refused', (_, change, message) => {
    expect(change).toThrow(message);
  });
  const leafProduct = leaf().mul(2);

  it('made under noGrad: refused after the base was changed', () => {
    const y = leaf().mul(2);
    const row = fl.noGrad(() => y.select(0, 0));
    expect(row.requiresGrad).toBe(false);
    y.mul_(2);
    expect(() => row.mul(2)).toThrow('made under noGrad');
  });

  it('change under noGrad without a trace in the graph', () => {
    const x = leaf();
    const y = x.mul(2);
    fl.noGrad(() => y.select(0, 0).fill_(7));
    expect(String(y.gradFn)).toBe('<MulBackward0>');
    y.sum().backward();
    expect(x.grad?.sum().item()).toBe(24);
    fl.noGrad(() => x.view(-1).zero_());
    expect(x.isLeaf).toBe(true);
  });
});
