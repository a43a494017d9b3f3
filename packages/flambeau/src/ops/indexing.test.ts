import { describe, expect, test } from 'vitest';
import * as fl from '../index.js';
import { expectGradients, leaf } from './gradients.testing.js';

const box = () => fl.arange(24).reshape(2, 3, 4);

describe('at', () => {
  test('numbers, slices, ellipsis and new dimensions give views', () => {
    const x = box();
    const part = x.at(1, '...', '1:3');
    expect(part.toArray()).toEqual([
      [13, 14],
      [17, 18],
      [21, 22],
    ]);
    part.fill_(0);
    expect(x.at(1, 0, 1).item()).toBe(0);
    expect(box().at('...', -1).shape).toEqual([2, 3]);
    expect(box().at(null, ':', '::2').shape).toEqual([1, 2, 2, 4]);
    expect(box().at(0, '-2:', ':-1').toArray()).toEqual([
      [4, 5, 6],
      [8, 9, 10],
    ]);
  });

  test('tensors and lists choose entries', () => {
    expect(box().at([1, 0], ':', [0, -1]).toArray()).toEqual([
      [12, 16, 20],
      [3, 7, 11],
    ]);
    expect(box().at(':', [[0], [2]], '::3').shape).toEqual([2, 2, 1, 2]);
    expect(box().at(0, ':', [1, 2]).shape).toEqual([3, 2]);
    expect(box().at(fl.tensor(1), 2).toArray()).toEqual([20, 21, 22, 23]);
  });

  test('masks of one or more dimensions', () => {
    const x = box();
    expect(x.at(x.gt(21)).toArray()).toEqual([22, 23]);
    expect(x.at(':', [true, false, true]).shape).toEqual([2, 2, 4]);
    expect(x.at(x.lt(0)).shape).toEqual([0]);
  });

  test('gradients', () => {
    expectGradients((x) => x.at(0, ':', '1:3'), leaf(2, 4, 3));
    expectGradients((x) => x.at([1, 0, 1], ':', [0, 2, 2]), leaf(2, 4, 3));
    expectGradients(
      (x) =>
        x.at(
          ':',
          [
            [0, -1],
            [2, 2],
          ],
          '::2',
        ),
      leaf(2, 4, 3),
    );
  });

  test('errors name dimension and size', () => {
    expect(() => box().at(0, 3)).toThrow('index 3 is outside dimension 0 of size 3');
    expect(() => box().at([0, 2])).toThrow('at: index 2 is outside a dimension of size 2');
    expect(() => box().at(0, 0, 0, 0)).toThrow('at: 4 indices for a tensor of 3 dimensions (shape [2, 3, 4])');
    expect(() => box().at('1-3')).toThrow("at: '1-3' is no slice");
    expect(() => box().at(fl.ones(2))).toThrow(fl.DTypeError);
    expect(() => box().at([true])).toThrow('a mask of shape [1] does not fit dimensions 0 to 0 of sizes [2]');
  });
});

describe('setAt', () => {
  test('numbers and values that broadcast', () => {
    const x = fl.zeros(2, 3);
    x.setAt([0, '1:'], 1).setAt([':', 0], fl.tensor([5, 6]));
    expect(x.toArray()).toEqual([
      [5, 1, 1],
      [6, 0, 0],
    ]);
    x.setAt(x.gt(4), -1);
    expect(x.toArray()).toEqual([
      [-1, 1, 1],
      [-1, 0, 0],
    ]);
    x.setAt(
      [':', [2, 0]],
      fl.tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(x.toArray()).toEqual([
      [2, 1, 1],
      [4, 0, 3],
    ]);
  });

  test('through a view, and from the tensor’s own memory', () => {
    const x = fl.arange(6).reshape(2, 3);
    x.t().setAt([[0, 2]], x.t().at(':2'));
    expect(x.toArray()).toEqual([
      [0, 1, 1],
      [3, 4, 4],
    ]);
  });

  test('is seen by the graph', () => {
    expectGradients((x, v) => x.mul(1).setAt([0, ':', '1:3'], v), leaf(2, 4, 3), leaf(4, 2));
    expectGradients((x, v) => x.mul(1).setAt([':', [0, 3]], v), leaf(2, 4, 3), leaf(3));
    const x = fl.ones([3], { requiresGrad: true });
    const y = x.mul(2);
    y.setAt(1, 5);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual([2, 0, 2]);
    expect(() => x.setAt(0, 1)).toThrow(fl.AutogradError);
  });

  test('a value that does not fit', () => {
    expect(() => fl.zeros(2, 3).setAt(0, fl.ones(2))).toThrow(fl.ShapeError);
  });
});

test('indexPut_ adds up repeated indices when asked to', () => {
  const x = fl.zeros(3);
  x.indexPut_([fl.tensor([0, 0, 2])], fl.ones(3), { accumulate: true });
  expect(x.toArray()).toEqual([2, 0, 1]);
  expectGradients(
    (a, v) => a.mul(1).indexPut_([fl.tensor([0, 0, 1])], v, { accumulate: true }),
    leaf(2, 3),
    leaf(3, 3),
  );
});

test('indexAdd, indexCopy, indexFill', () => {
  const index = fl.tensor([0, 2]);
  expect(
    fl
      .ones(3)
      .indexAdd(0, index, fl.tensor([1, 2], { dtype: 'float32' }), { alpha: 2 })
      .toArray(),
  ).toEqual([3, 1, 5]);
  expect(
    fl
      .ones(3)
      .indexCopy(0, index, fl.tensor([7, 8], { dtype: 'float32' }))
      .toArray(),
  ).toEqual([7, 1, 8]);
  expect(fl.ones(3).indexFill_(0, index, 9).toArray()).toEqual([9, 1, 9]);
  expectGradients((a, b) => a.indexAdd(1, fl.tensor([0, 0]), b, { alpha: 2 }), leaf(2, 3), leaf(2, 2));
});

test('take and takeAlongDim', () => {
  const x = fl.tensor([
    [4, 3],
    [1, 2],
  ]);
  expect(x.take(fl.tensor([0, -1])).toArray()).toEqual([4, 2]);
  expect(x.takeAlongDim(x.argsort(1), 1).toArray()).toEqual([
    [3, 4],
    [1, 2],
  ]);
});

test('nonzero lists coordinates, maskedSelect the elements', () => {
  const x = fl.zeros(2, 3, 2);
  x.setAt([0, 2, 1], 5).setAt([1, 0, 0], Number.NaN).setAt([1, 2, 1], -1).setAt([1, 1, 1], -0);
  expect(x.nonzero().toArray()).toEqual([
    [0, 2, 1],
    [1, 0, 0],
    [1, 2, 1],
  ]);
  expect(x.maskedSelect(x.ne(0)).toArray()).toEqual([5, Number.NaN, -1]);
  expect(fl.zeros(2, 3).nonzero().shape).toEqual([0, 2]);
});

test('an index that is outside leaves the tensor as it was', () => {
  const x = fl.ones(40, 30);
  const index = fl.zeros([40, 30], { dtype: 'int64' });
  index.setAt([39, 29], 30);
  expect(() => x.scatterAdd_(1, index, fl.ones(40, 30))).toThrow(
    'scatterAdd: index 30 is outside a dimension of size 30',
  );
  expect(() => x.indexAdd_(0, fl.tensor([0, 40]), fl.ones(2, 30))).toThrow(
    'index 40 is outside a dimension of size 40',
  );
  expect(x.sum().item()).toBe(1200);
});
