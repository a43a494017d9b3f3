import { expect, test } from 'vitest';
import { crc32 as portable } from './crc32.browser.js';
import { crc32 as native } from './crc32.node.js';

test.each([
  ['', 0],
  ['123456789', 0xcbf43926],
])('the checksum of %j is that of the standard', (text, sum) => {
  const bytes = new TextEncoder().encode(text);
  expect(portable(bytes)).toBe(sum);
  expect(native(bytes)).toBe(sum);
});

test('both say the same of any length and alignment', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => (i * 151) & 255);
  for (let start = 0; start < 5; start++) {
    for (let end = start; end < bytes.length; end++) {
      const part = bytes.subarray(start, end);
      expect(portable(part)).toBe(native(part));
    }
  }
});
