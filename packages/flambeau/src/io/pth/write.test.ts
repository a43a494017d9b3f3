import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as fl from '../../index.js';
import { Budget } from '../budget.js';
import { describeValue, expected, golden } from '../goldens.testing.js';
import { readTorch } from '../load.js';
import { TensorRecord } from '../records.js';
import { joined } from '../save.js';
import { written } from '../written.testing.js';
import { ZipArchive } from '../zip/read.js';
import { writePth } from './write.js';

const readRecords = (bytes: Uint8Array): unknown => readTorch(bytes, (record) => record, new Budget(bytes.length));
const writeRecords = (value: unknown): Uint8Array =>
  joined(writePth(value, (object) => (object instanceof TensorRecord ? object : null)));

test("a state dict's pickle is PyTorch's byte for byte", () => {
  const theirs = golden('ordered.pth');
  const ours = writeRecords(readRecords(theirs));
  expect(new ZipArchive(ours).read('archive/data.pkl')).toEqual(new ZipArchive(theirs).read('ordered/data.pkl'));
});

test.each(Object.keys(expected).filter((name) => name.endsWith('.pth')))(
  '%s is the same after writing and reading',
  (name) => {
    const again = readRecords(writeRecords(readRecords(golden(name))));
    expect(describeValue(again)).toEqual(expected[name]);
  },
);

test('the bytes are those that PyTorch was seen to read', () => {
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const ours = Object.entries(written()).map(([name, bytes]) => [name, digest(bytes)]);
  expect(Object.fromEntries(ours)).toEqual(JSON.parse(new TextDecoder().decode(golden('written.json'))));
});

describe('what no file can hold is named with its place', () => {
  class Net extends fl.nn.Module {
    fc = new fl.nn.Linear(1, 1);
    forward(x: fl.Tensor): fl.Tensor {
      return this.fc(x);
    }
  }
  const loop: unknown[] = [];
  loop.push({ again: loop });
  let deep: unknown = 1;
  for (let i = 0; i < 300; i++) deep = [deep];
  test.each<[string, unknown, string]>([
    ['a net', { model: new Net() }, 'save: the value["model"] is a Net: save its stateDict()'],
    ['undefined', { a: [1, undefined] }, 'save: the value["a"][1] is undefined, which no file can hold'],
    ['a function', [() => 1], 'save: the value[0] is a Function, which no file can hold'],
    ['a typed array', { x: new Float32Array(2) }, 'save: the value["x"] is a Float32Array: make a tensor of it first'],
    ['a date', new Date(0), 'save: the value is a Date, which no file can hold'],
    ['a loop', loop, 'save: the value[0]["again"] holds itself'],
    ['deep nesting', deep, 'is nested deeper than 256'],
    ['half a character', 'a\ud83d', 'save: the value holds half a surrogate pair'],
    ['an object as a key', new Map([[{}, 1]]), 'save: the value has an object as a key'],
  ])('%s', (_name, value, message) => {
    expect(() => fl.serialize(value)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', message: expect.stringContaining(message) }),
    );
  });
});
