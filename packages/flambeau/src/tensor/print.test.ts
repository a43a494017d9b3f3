import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import * as fl from '../index.js';

/** A tensor, given by its elements or as 0, 1, … divided by `over`, and PyTorch's text for it. */
interface Golden {
  readonly data?: fl.NestedArray;
  readonly shape?: number[];
  readonly over?: number;
  readonly dtype: fl.DType;
  readonly requiresGrad?: boolean;
  readonly options?: fl.PrintOptions;
  readonly text: string;
}
const goldens = JSON.parse(
  readFileSync(new URL('../../src/tensor/goldens/printing.json', import.meta.url), 'utf8'),
) as Golden[];
const defaults = fl.getPrintOptions();

const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity, '-0.0': -0 };
const numbersOf = (data: unknown): fl.NestedArray =>
  Array.isArray(data) ? data.map(numbersOf) : typeof data === 'string' ? special[data] : (data as number);

function tensorOf({ data, shape, over = 1, dtype, requiresGrad }: Golden): fl.Tensor {
  if (shape === undefined) return fl.tensor(numbersOf(data), { dtype, requiresGrad });
  const count = shape.reduce((n, size) => n * size, 1);
  return fl.arange(count, { dtype: 'float64' }).div(over).to(dtype).view(shape);
}

describe('printing', () => {
  afterEach(() => fl.setPrintOptions(defaults));

  it.each(goldens)('$dtype $data $shape $options', (golden) => {
    fl.setPrintOptions(golden.options ?? {});
    expect(String(tensorOf(golden))).toBe(golden.text);
  });

  it('is what console.log shows', () => {
    expect(inspect({ x: fl.tensor([1, 2]) })).toBe('{ x: tensor([1, 2]) }');
  });

  it('names the op that computed a tensor as PyTorch names it', () => {
    const x = fl.ones([2, 2], { requiresGrad: true });
    const names = {
      AddBackward0: x.add(1),
      MeanBackward0: x.mean(),
      MeanBackward1: x.mean(1),
      SumBackward0: x.sum(),
      SumBackward1: x.sum({ dim: 0 }),
      PowBackward0: x.pow(2),
      PowBackward1: x.pow(x),
      ClampBackward1: x.clamp(0, 1),
      ViewBackward0: x.view(4),
      MmBackward0: x.matmul(x),
      ToCopyBackward0: x.double(),
      Log1PBackward0: x.log1p(),
    };
    expect(Object.values(names).map(String)).toEqual(
      Object.entries(names).map(([name, tensor]) => `${String(tensor.detach()).slice(0, -1)}, grad_fn=<${name}>)`),
    );
  });

  it('refuses an unknown option', () => {
    expect(() => fl.setPrintOptions({ precison: 3 } as fl.PrintOptions)).toThrow(
      "setPrintOptions: unknown option 'precison'; did you mean 'precision'?",
    );
  });
});
