import { engine } from '@flambeau/kernels';
import { describe, expect, test, vi } from 'vitest';
import * as fl from '../index.js';

const { linear } = fl.nn.functional;

describe('linear', () => {
  test('inference keeps the packed weight until it changes', () => {
    const [weight, bias] = [fl.randn([70, 90]), fl.randn([70])];
    const inputs = [40, 3, 1, 200].map((rows) => fl.randn([rows, 90]));
    const wanted = () => inputs.map((x) => x.mm(weight.t()).add(bias));
    const answers = () => fl.noGrad(() => inputs.map((x) => linear(x, weight, bias)));
    const expectWanted = () => {
      const [all, expected] = [answers(), wanted()];
      for (const [i, answer] of all.entries()) expect(answer.allclose(expected[i], { atol: 1e-4 })).toBe(true);
    };
    expectWanted();
    expectWanted();
    expect(weight.storage.kept?.storage).not.toBe(null);
    expectWanted();
    weight.mul_(2);
    for (let call = 0; call < 3; call++) expectWanted();
  });

  test('a kernel that failed while it packed has kept nothing', () => {
    const [x, weight] = [fl.randn([40, 90]), fl.randn([70, 90])];
    const answer = () => fl.noGrad(() => linear(x, weight));
    const wanted = answer();
    const kernel = vi.spyOn(engine.kernels.linear, 'f32').mockImplementationOnce(() => {
      throw new Error('out of memory');
    });
    try {
      expect(answer).toThrow('out of memory');
      expect(answer().allclose(wanted, { atol: 1e-4 })).toBe(true);
      expect(kernel).toHaveBeenCalledTimes(2);
    } finally {
      kernel.mockRestore();
    }
  });

  test('while gradients are recorded nothing is kept', () => {
    const weight = fl.randn([70, 90], { requiresGrad: true });
    const x = fl.randn([40, 90]);
    for (let call = 0; call < 3; call++) linear(x, weight).sum().backward();
    expect(weight.storage.kept).toBe(null);
  });
});
