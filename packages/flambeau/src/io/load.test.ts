import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { golden } from './goldens.testing.js';

const folder = mkdtempSync(join(tmpdir(), 'flambeau-io-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('files of PyTorch', () => {
  test('a state dict goes into a net', () => {
    class Net extends fl.nn.Module {
      conv = new fl.nn.Conv2d(1, 3, 3);
      bn = new fl.nn.BatchNorm2d(3);
      fc = new fl.nn.Linear(48, 5);
      forward(x: fl.Tensor): fl.Tensor {
        return this.fc(this.bn(this.conv(x)).flatten(1));
      }
    }
    const net = new Net();
    const weights = fl.load<fl.StateDict>(golden('state-dict.pth'));
    net.loadStateDict(weights);
    expect(net.fc.weight.toArray()).toEqual(weights['fc.weight']!.toArray());
  });

  test('views share their memory, and strides are kept', () => {
    const views = fl.load<Record<string, fl.Tensor>>(golden('views.pth'));
    expect(views.transposed!.toArray()).toEqual([
      [0, 4, 8],
      [1, 5, 9],
      [2, 6, 10],
      [3, 7, 11],
    ]);
    expect(views.channelsLast!.strides).toEqual([24, 1, 8, 2]);
    expect(views.expanded!.toArray()).toEqual([
      [7, 7, 7],
      [8, 8, 8],
    ]);
    views.base!.setAt([1, 0], 100);
    expect(views.row!.at(0).item()).toBe(100);
  });

  test('element types that tensors have not become wider ones', () => {
    const { float16, bfloat16, int16, int8, bool } = fl.load<Record<string, fl.Tensor>>(golden('dtypes.pth'));
    expect([float16!.dtype, bfloat16!.dtype, int16!.dtype, int8!.dtype]).toEqual([
      'float32',
      'float32',
      'int32',
      'int32',
    ]);
    expect(float16!.toArray()).toEqual([-1.5, 0, 65_504, Infinity, 17 * 2 ** -24]);
    expect(bfloat16!.toArray()).toEqual([-1.5, 0, 65_536, Infinity, 134 * 2 ** -27]);
    expect(int16!.toArray()).toEqual([-32_768, -1, 0, 32_767]);
    expect(int8!.toArray()).toEqual([-128, -1, 0, 127]);
    expect(bool!.toArray()).toEqual([true, false, true]);
  });

  test('parameters are parameters', () => {
    const { free, frozen, leaf } = fl.load<Record<string, fl.Tensor>>(golden('parameters.pth'));
    expect([free, frozen, leaf].map((t) => [t instanceof fl.nn.Parameter, t!.requiresGrad])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  test('a training that PyTorch began goes on here', () => {
    type Weights = Record<'weight' | 'bias', fl.Tensor>;
    const saved = fl.load<{ before: Weights; grads: fl.Tensor[]; after: Weights; optimizer: never }>(
      golden('training.pth'),
    );
    const net = new fl.nn.Linear(3, 2);
    const optimizer = new fl.optim.Adam(net.parameters());
    net.loadStateDict(saved.before);
    optimizer.loadStateDict(saved.optimizer);
    [...net.parameters()].forEach((param, i) => {
      param.grad = saved.grads[i]!;
    });
    optimizer.step();
    for (const name of ['weight', 'bias'] as const) {
      const error = net[name]!.sub(saved.after[name]).abs().max().item();
      expect(error).toBeLessThan(1e-6);
    }
  });

  test('batches of CIFAR-10 are read', () => {
    const batch = fl.loadPickle<{ data: fl.Tensor; labels: number[]; batch_label: string }>(golden('python2.pickle'));
    expect(batch.data.dtype).toBe('uint8');
    expect(batch.data.shape).toEqual([4, 300]);
    expect(batch.labels).toEqual([6, 9, 9, 4]);
    expect(batch.batch_label).toBe('training batch 1 of 5');
  });
});

describe('files of our own', () => {
  test('hold tensors that share their memory, and plain data', () => {
    const path = join(folder, 'checkpoint.pth');
    const base = fl.arange(6, { dtype: 'float32' }).reshape(2, 3);
    fl.save({ base, column: base.at(':', 1), epoch: 3, best: 0.25, names: ['a', 'b'], state: new Map([[0, 1]]) }, path);
    const loaded = fl.load<{ base: fl.Tensor; column: fl.Tensor; epoch: number; state: Map<number, number> }>(path);
    expect(loaded).toMatchObject({ epoch: 3, best: 0.25, names: ['a', 'b'], state: new Map([[0, 1]]) });
    loaded.base.setAt([0, 1], 50);
    expect(loaded.column.toArray()).toEqual([50, 4]);
  });

  test('keep tuples and shared objects', () => {
    const shared = { a: 1 };
    const loaded = fl.load<{ x: object; y: object; betas: number[] }>(
      fl.serialize({ x: shared, y: shared, betas: Object.freeze([0.9, 0.999]) }),
    );
    expect(loaded.x).toBe(loaded.y);
    expect(loaded.betas).toEqual([0.9, 0.999]);
    expect(Object.isFrozen(loaded.betas)).toBe(true);
  });

  test('a value that cannot be saved leaves the old file as it was', () => {
    const path = join(folder, 'kept.pth');
    fl.save({ a: 1 }, path);
    expect(() => fl.save({ a: () => 2 }, path)).toThrow('is a Function');
    expect(fl.load(path)).toEqual({ a: 1 });
    expect(readdirSync(folder).filter((name) => name.includes('kept'))).toEqual(['kept.pth']);
  });
});

describe('files of another kind', () => {
  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'it is empty'],
    ['safetensors', golden('model.safetensors'), 'use safetensors.loadFile'],
    ['a pickle', golden('protocol2.pickle'), 'use loadPickle'],
    ['something else', new Uint8Array(600), 'it begins with none of the marks of such files'],
  ])('%s', (_name, bytes, hint) => {
    expect(() => fl.load(bytes)).toThrow(
      expect.objectContaining({ name: 'FormatError', message: expect.stringContaining(hint) }),
    );
  });

  test('what is no Uint8Array is refused', () => {
    expect(() => fl.load(new ArrayBuffer(4) as never)).toThrow('load: a file is given by its path or as a Uint8Array');
  });

  test('the error names the file', () => {
    const path = join(folder, 'cut.pth');
    writeFileSync(path, golden('tensor.pth').subarray(0, 1000));
    expect(() => fl.load(path)).toThrow(`${path}: zip: the directory is missing (file of 1000 bytes)`);
  });
});
