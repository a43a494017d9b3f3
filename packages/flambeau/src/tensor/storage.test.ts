import { engine, type Place } from '@flambeau/kernels';
import { describe, expect, it } from 'vitest';
import { beginScope, endScope, Storage } from './storage.js';

describe('temporaries of a scope', () => {
  /** Makes storages full of `value`, of which nothing but the addresses is left when this returns. */
  function fill(count: number, bytes: number, value: number): Place[] {
    return Array.from({ length: count }, () => {
      const { place } = new Storage(bytes, 'u8');
      engine.write(place, new Uint8Array(bytes).fill(value));
      return place;
    });
  }

  it.each([64, 1024, 4096])('of %i bytes outlive a collection while a kernel holds their addresses', (bytes) => {
    const mark = beginScope();
    const places = fill(1000, bytes, 1);
    engine.collect();
    fill(1000, bytes, 2); // would lie where the first had been
    const content = new Uint8Array(bytes);
    for (const place of places) {
      engine.read(place, content);
      expect(content.every((value) => value === 1)).toBe(true);
    }
    endScope(mark);
  });
});
