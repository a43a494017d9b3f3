import { describe, expect, test } from 'vitest';
import { Budget } from '../budget.js';
import { describeValue, expected, golden } from '../goldens.testing.js';
import { isLegacy, readLegacyPth } from './legacy.js';
import { readPth } from './read.js';

function read(bytes: Uint8Array): unknown {
  const budget = new Budget(bytes.length);
  return isLegacy(bytes)
    ? readLegacyPth(bytes, (record) => record, budget)
    : readPth(bytes, (record) => record, budget);
}

describe('files that PyTorch wrote', () => {
  test.each(Object.keys(expected).filter((name) => name.endsWith('.pth')))('%s', (name) => {
    expect(describeValue(read(golden(name)))).toEqual(expected[name]);
  });
});

describe('files that hold more than data', () => {
  test.each([
    ['whole-net.pth', /names "__main__\.Bare".*torch\.save\(net\.state_dict\(\), path\)/],
    ['whole-net-legacy.pth', /names "__main__\.Bare".*torch\.save\(net\.state_dict\(\), path\)/],
    ['script.pth', /TorchScript program/],
    ['sparse.pth', /holds a sparse tensor/],
    ['complex.pth', /holds a complex tensor/],
    ['uint16.pth', /holds a tensor of a rare dtype/],
    ['compressed.pth', /is compressed \(method 8\): store it instead/],
  ])('%s is refused with the way out', (name, message) => {
    expect(() => read(golden(name))).toThrow(
      expect.objectContaining({ name: 'FormatError', message: expect.stringMatching(message) }),
    );
  });
});
