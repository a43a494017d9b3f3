import { describe, expect, it } from 'vitest';
import * as fl from '../index.js';

const F = fl.nn.functional;

/** Large enough that writing is put off. */
const SHAPE = [8, 16, 16, 16];

function inputs() {
  fl.manualSeed(1);
  // From a convolution, so that it lies channels-last, as in a net.
  const x = F.conv2d(fl.randn(SHAPE), fl.randn([16, 16, 1, 1])).detach();
  const weight = fl.randn([16]);
  const bias = fl.randn([16]);
  return { x, weight, bias, residual: F.conv2d(fl.randn(SHAPE), fl.randn([16, 16, 1, 1])).detach() };
}

const normalize = (x: fl.Tensor, weight: fl.Tensor, bias: fl.Tensor) =>
  F.batchNorm(x, null, null, { training: true, weight, bias });

/** Has the pending numbers written, as any reader does. */
const settled = (tensor: fl.Tensor): fl.Tensor => {
  tensor.toTypedArray();
  return tensor;
};

const numbers = (tensor: fl.Tensor) => Array.from(tensor.toTypedArray() as Float32Array);

describe('passes joined with a batch norm', () => {
  it('give the numbers of the separate passes, bit for bit', () => {
    const { x, weight, bias, residual } = inputs();
    const apart = settled(normalize(x, weight, bias));
    const joined = () => normalize(x, weight, bias);
    expect(joined().storage.deferred).not.toBeNull();
    expect(numbers(joined().relu())).toEqual(numbers(apart.relu()));
    expect(numbers(joined().add(residual))).toEqual(numbers(apart.add(residual)));
    expect(numbers(residual.add(joined()).relu())).toEqual(numbers(apart.add(residual).relu()));
    expect(numbers(joined().add_(residual).relu_())).toEqual(numbers(apart.add(residual).relu()));
    expect(numbers(joined().add(joined()))).toEqual(numbers(apart.mul(2)));
    expect(numbers(joined().add(residual, { alpha: 2 }))).toEqual(numbers(apart.add(residual, { alpha: 2 })));
  });

  it('leave what they were joined to readable', () => {
    const { x, weight, bias } = inputs();
    const y = normalize(x, weight, bias);
    const z = y.relu();
    expect(numbers(z).some((v) => v < 0)).toBe(false);
    expect(numbers(y).some((v) => v < 0)).toBe(true);
  });

  it('see their input as it was, whatever becomes of it', () => {
    const { x, weight, bias } = inputs();
    const want = numbers(normalize(x, weight, bias).relu());
    const changes: ((x: fl.Tensor) => void)[] = [
      (t) => t.add_(1),
      (t) => t.setAt([0, ':'], 0),
      (t) => t.fill_(3),
      (t) => t.relu_(),
      (t) => (t.data as Float32Array).fill(0),
    ];
    for (const change of changes) {
      const own = x.clone();
      const z = normalize(own, weight, bias).relu();
      change(own);
      expect(numbers(z)).toEqual(want);
    }
    const moved = weight.clone();
    const z = normalize(x, moved, bias).relu();
    moved.zero_();
    expect(numbers(z)).toEqual(want);
  });

  it('are overtaken by changes of their own result', () => {
    const { x, weight, bias } = inputs();
    const want = numbers(
      settled(normalize(x, weight, bias))
        .relu()
        .mul(2),
    );
    expect(numbers(normalize(x, weight, bias).relu().mul_(2))).toEqual(want);
  });

  it('let gradients through as the separate passes do', () => {
    const { x, weight, bias, residual } = inputs();
    const grads = (
      look: (t: fl.Tensor) => fl.Tensor,
      tail: (y: fl.Tensor, look: (t: fl.Tensor) => fl.Tensor) => fl.Tensor,
    ) => {
      const leaves = [x, weight, bias].map((t) => t.clone().requiresGrad_());
      const [input, w, b] = leaves;
      const y = normalize(input.mul(1), w, b);
      fl.manualSeed(2);
      tail(look(y), look).mul(fl.randn(SHAPE)).sum().backward();
      return leaves.map((leaf) => leaf.grad as fl.Tensor);
    };
    const tails = [
      (y: fl.Tensor) => y.relu(),
      (y: fl.Tensor) => y.clone().relu_(),
      (y: fl.Tensor, look: (t: fl.Tensor) => fl.Tensor) => look(y.add(residual)).relu(),
      // The relu's gradient also meets another one, which must not be masked.
      (y: fl.Tensor, look: (t: fl.Tensor) => fl.Tensor) => look(y.relu()).add(y),
    ];
    for (const tail of tails) {
      const apart = grads(settled, tail);
      for (const [i, grad] of grads((t) => t, tail).entries())
        expect(fl.allclose(grad, apart[i], { rtol: 1e-4, atol: 1e-4 })).toBe(true);
    }
  });

  it('hand a relu its gradient when somebody asks for it', () => {
    const { x, weight, bias } = inputs();
    const input = x.clone().requiresGrad_();
    const y = normalize(input, weight, bias);
    y.retainGrad();
    const z = y.relu();
    z.sum().backward();
    expect(numbers(y.grad as fl.Tensor)).toEqual(numbers(z.gt(0).to('float32')));
  });
});

describe('a maximum over windows', () => {
  const windows: [
    size: number,
    options?: { stride?: number; padding?: number; ceilMode?: boolean; dilation?: number },
  ][] = [
    [2],
    [3],
    [2, { padding: 1 }],
    [2, { stride: 3 }],
    [3, { ceilMode: true }],
    [3, { stride: 2 }],
    [2, { dilation: 2 }],
  ];

  /** The maximum and the gradients of all leaves; `look` sees the relu's result before the maximum does. */
  function run(look: (t: fl.Tensor) => fl.Tensor, pool: (t: fl.Tensor) => fl.Tensor) {
    const { x, weight, bias } = inputs();
    const leaves = [x, weight, bias].map((t) => t.clone().requiresGrad_());
    const [input, w, b] = leaves;
    const y = pool(look(normalize(input.mul(1), w, b).relu()));
    fl.manualSeed(2);
    y.mul(fl.randn(y.shape)).sum().backward();
    return [y, ...leaves.map((leaf) => leaf.grad as fl.Tensor)].map(numbers);
  }

  it.each(windows)('of %j is taken with the norm and the relu before it, bit for bit', (size, options) => {
    const pool = (t: fl.Tensor) => F.maxPool2d(t, size, options);
    expect(run((t) => t, pool)).toEqual(run(settled, pool));
  });

  it('leaves the numbers before it unwritten, and readable', () => {
    const { x, weight, bias } = inputs();
    const y = normalize(x, weight, bias).relu();
    const best = F.maxPool2d(y, 2);
    expect(y.storage.deferred).not.toBeNull();
    expect(numbers(best)).toEqual(numbers(F.maxPool2d(settled(y), 2)));
  });

  it('of another view of the numbers sees them as they are', () => {
    const view = (t: fl.Tensor) => F.maxPool2d(t.view(8, 32, 8, 16), 2);
    expect(run((t) => t, view)).toEqual(run(settled, view));
  });

  it('hands its gradient to whoever asks for it', () => {
    const { x, weight, bias } = inputs();
    const y = normalize(x, weight, bias).requiresGrad_().relu();
    y.retainGrad();
    F.maxPool2d(y, 2).sum().backward();
    expect((y.grad as fl.Tensor).sum().item()).toBe(8 * 16 * 8 * 8);
  });
});
