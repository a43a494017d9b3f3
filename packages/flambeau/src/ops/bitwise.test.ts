import { expect, test } from 'vitest';
import * as fl from '../index.js';

test('bits of integers, truth of booleans', () => {
  const x = fl.tensor([6, -1]);
  expect(x.bitwiseAnd(3).toArray()).toEqual([2, 3]);
  expect(x.bitwiseOr(1).toArray()).toEqual([7, -1]);
  expect(x.bitwiseXor(x).toArray()).toEqual([0, 0]);
  expect(x.bitwiseNot().toArray()).toEqual([-7, 0]);
  expect(fl.tensor([true, false]).bitwiseNot().toArray()).toEqual([false, true]);
  expect(() => fl.ones(1).bitwiseNot()).toThrow(fl.DTypeError);
});
