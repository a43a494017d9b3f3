import { describe, expect, test } from 'vitest';
import * as fl from '../../index.js';
import { describeValue, expected, golden } from '../goldens.testing.js';
import { joined } from '../save.js';
import { parseJson } from './json.js';
import { readSafetensors } from './read.js';
import { writeSafetensors } from './write.js';

const { deserialize, serialize } = fl.safetensors;

describe('the file of the reference implementation', () => {
  const bytes = golden('model.safetensors');
  const file = readSafetensors(bytes);

  test('is read', () => {
    const byName = new Map(
      (describeValue(new Map(file.tensors)).value as { dict: [string, Record<string, unknown>][] }).dict,
    );
    const { value, storages } = expected['model.safetensors']!;
    for (const [name, want] of (value as { dict: [string, Record<string, unknown>][] }).dict) {
      const record = file.tensors.get(name)!;
      expect({ ...byName.get(name), storage: null }).toEqual({ ...want, storage: null });
      expect(Buffer.from(record.storage.bytes()).toString('hex')).toBe(storages[want.storage as number]);
    }
    expect(file.tensors.size).toBe(byName.size);
    expect(Object.fromEntries(file.metadata)).toEqual({ format: 'pt' });
  });

  test('is written again byte for byte', () => {
    expect(joined(writeSafetensors(file.tensors, { format: 'pt' }))).toEqual(bytes);
  });
});

/** A file from its header's text. */
function fileOf(header: string, data: number, length = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

const tensor = (offsets: string, shape = '[2]', dtype = '"F32"'): string =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;

describe('hostile files', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'a file of 0 bytes is too short'],
    ['a header longer than the file', fileOf('{}', 0, 1000), 'a header of 1000 bytes is announced (file of 10)'],
    ['a header of 2⁶⁴ bytes', new Uint8Array(100).fill(255), 'a header of 18446744073709552000 bytes is announced'],
    ['no object', fileOf('[1]', 0), 'the header is no JSON object'],
    ['a hole', fileOf(`{"a":${tensor('[4,12]')}}`, 12), 'tensor "a" begins at byte 4 of the data, where 0 was due'],
    [
      'an overlap',
      fileOf(`{"a":${tensor('[0,8]')},"b":${tensor('[4,12]')}}`, 12),
      'tensor "b" begins at byte 4 of the data, where 8 was due',
    ],
    [
      'the same data twice',
      fileOf(`{"a":${tensor('[0,8]')},"b":${tensor('[0,8]')}}`, 8),
      'tensor "b" begins at byte 0 of the data, where 8 was due',
    ],
    ['more data than tensors', fileOf(`{"a":${tensor('[0,8]')}}`, 9), 'the tensors cover 8 bytes, the file has 9'],
    ['less data than tensors', fileOf(`{"a":${tensor('[0,8]')}}`, 7), 'the tensors cover 8 bytes, the file has 7'],
    [
      'a shape that does not fit',
      fileOf(`{"a":${tensor('[0,8]', '[3]')}}`, 8),
      'needs 12 bytes, its offsets are [0, 8]',
    ],
    [
      'a shape past all numbers',
      fileOf(`{"a":${tensor('[0,8]', '[9007199254740991,9007199254740991]')}}`, 8),
      'its offsets are [0, 8]',
    ],
    ['a negative size', fileOf(`{"a":${tensor('[0,8]', '[-2]')}}`, 8), 'its shape must be at most 64 integers from 0'],
    ['half a size', fileOf(`{"a":${tensor('[0,8]', '[2.5]')}}`, 8), 'its shape must be at most 64 integers from 0'],
    ['one offset', fileOf(`{"a":${tensor('[0]')}}`, 8), 'its offsets are [0]'],
    [
      'an unknown dtype',
      fileOf(`{"a":${tensor('[0,8]', '[2]', '"F8_E4M3"')}}`, 8),
      'has dtype "F8_E4M3", which cannot be read',
    ],
    [
      'a dtype that is none',
      fileOf(`{"a":${tensor('[0,8]', '[2]', '"toString"')}}`, 8),
      'has dtype "toString", which cannot be read',
    ],
    ['no dtype', fileOf('{"a":7}', 0), 'tensor "a" has no dtype'],
    ['metadata that are numbers', fileOf('{"__metadata__":{"a":1}}', 0), 'the metadata "a" is no string'],
    [
      'the same name twice',
      fileOf(`{"a":${tensor('[0,8]')},"\\u0061":${tensor('[8,16]')}}`, 16),
      'the key "a" stands there twice',
    ],
  ])('%s', (_name, bytes, message) => {
    expect(() => deserialize(bytes)).toThrow(
      expect.objectContaining({ name: 'FormatError', message: expect.stringContaining(message) }),
    );
  });
});

describe('the header is JSON, and strictly so', () => {
  test.each(['{"a": [1, -2.5e3, true, null, "\\n\\"\\\\"], "b": {}}', '[]', ' "x" ', '"\\\\\\\\"'])(
    '%s is read as JSON.parse does',
    (text) => {
      const plain = (value: unknown): unknown =>
        value instanceof Map
          ? Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]))
          : Array.isArray(value)
            ? value.map(plain)
            : value;
      expect(plain(parseJson(text))).toEqual(JSON.parse(text));
    },
  );

  test.each([
    '',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '[1,]',
    '[1 2]',
    '01',
    '+1',
    '.5',
    'nul',
    '"a',
    '"\\x"',
    '"\n"',
    '{} {}',
    '{"a":1,"a":2}',
    "{'a':1}",
    '[[[[[[1]]]]]]',
  ])('%j is not', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: 'FormatError' }));
  });

  test('a long string does not overflow the stack', () => {
    const text = '\\"'.repeat(1_000_000);
    expect(parseJson(`"${text}"`)).toHaveLength(1_000_000);
  });
});

describe('tensors', () => {
  test('come back with values, shapes and names', () => {
    const tensors = {
      w: fl.arange(6, { dtype: 'float32' }).reshape(2, 3),
      n: fl.tensor(5),
      flags: fl.tensor([true, false]),
      none: fl.zeros([0, 2]),
    };
    const again = deserialize(serialize(tensors, { note: 'Ä' }));
    expect(Object.keys(again).sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, value] of Object.entries(tensors)) {
      expect(again[name]!.dtype).toBe(value.dtype);
      expect(again[name]!.shape).toEqual(value.shape);
      expect(again[name]!.toArray()).toEqual(value.toArray());
    }
    expect(fl.safetensors.metadata(serialize(tensors, { note: 'Ä' }))).toEqual({ note: 'Ä' });
  });

  test('a part of a tensor is saved without the rest', () => {
    const rows = fl.arange(6, { dtype: 'float32' }).reshape(3, 2);
    const bytes = serialize({ first: rows.at(0), last: rows.at(2) });
    expect(deserialize(bytes).last!.toArray()).toEqual([4, 5]);
    expect(bytes.length).toBeLessThan(200);
  });

  test('that share memory or have gaps are refused', () => {
    const rows = fl.arange(6, { dtype: 'float32' }).reshape(3, 2);
    expect(() => serialize({ rows, first: rows.at(0) })).toThrow(
      'safetensors: tensors "first" and "rows" share memory: save one of them, or a clone()',
    );
    expect(() => serialize({ rows: rows.t() })).toThrow(
      'safetensors: tensor "rows" is a view that is not contiguous: save its contiguous()',
    );
    expect(() => serialize({ __metadata__: rows })).toThrow("a tensor cannot be named '__metadata__'");
  });
});
