import { describe, expect, test } from 'vitest';
import { BLOCK, OutOfMemoryError, type Owner, type Place } from './engine.js';
import { engines } from './engines.testing.js';

const newOwner = (): Owner => ({ page: null });
const MB = 1 << 20;

describe.each(engines)('memory of the $name engine', (engine) => {
  test('a block is 64-byte aligned and is handed out again after its release', () => {
    const first = engine.allocate(5000);
    expect(first % 64).toBe(0);
    engine.release(null, first);
    expect(engine.allocate(5000)).toBe(first);
    engine.release(null, first);
  });

  test('blocks in use do not overlap', () => {
    const sizes = [0, 1, 64, 65, 1000, 4096, 40_000, 100_000, MB];
    const places = sizes.map((bytes) => engine.allocate(bytes));
    sizes.forEach((bytes, i) => {
      engine.write(places[i]!, new Uint8Array(bytes).fill(i + 1));
    });
    sizes.forEach((bytes, i) => {
      const found = new Uint8Array(bytes);
      engine.read(places[i]!, found);
      expect(found.every((byte) => byte === i + 1)).toBe(true);
      engine.release(null, places[i]!);
    });
  });

  test('memory counts what is in use, and what was released as reserved', () => {
    engine.collect();
    const before = engine.memory();
    const place = engine.allocate(3 * MB);
    expect(engine.memory().live).toBe(before.live + 3 * MB);
    expect(engine.memory().blocks).toBe(before.blocks + 1);
    engine.release(null, place);
    expect(engine.memory()).toMatchObject({ live: before.live, blocks: before.blocks });
    expect(engine.memory().reserved).toBeGreaterThanOrEqual(3 * MB);
    engine.collect();
    if (engine.name === 'native') expect(engine.memory().reserved).toBe(before.reserved);
  });

  test('read and write copy any typed array', () => {
    const place = engine.allocate(64);
    engine.write(place, Float64Array.of(1.5, -2));
    const bytes = new Uint8Array(20);
    engine.read(place, new DataView(bytes.buffer, 4, 16));
    expect([...new Float64Array(bytes.slice(4).buffer)]).toEqual([1.5, -2]);
    engine.write(place, new Float32Array(0));
    engine.release(null, place);
  });

  test('a view is the memory itself', () => {
    const owner = newOwner();
    const place = engine.allocateFor(owner, 2000);
    const view = engine.view(owner, place, 16);
    const numbers = new Float32Array(view.buffer, view.byteOffset, 4);
    numbers[2] = 7;
    const copy = new Float32Array(4);
    engine.read(place, copy);
    expect(copy[2]).toBe(7);
    expect(engine.view(owner, place, 0)).toHaveLength(0);
    engine.release(owner, place);
  });

  test('more than there can be is an error that says how much', () => {
    expect(() => engine.allocate(2 ** 52)).toThrow(OutOfMemoryError);
    expect(() => engine.allocate(2 ** 52)).toThrow(`the ${engine.name} engine could not give 4503599627370496 bytes`);
  });

  test('memory can grow under the argument block', () => {
    engine.block[BLOCK.loop] = 42;
    const places = Array.from({ length: 8 }, () => engine.allocate(16 * MB));
    expect(engine.block[BLOCK.loop]).toBe(42);
    for (const place of places) engine.release(null, place);
    engine.collect();
  });

  test('memory that was given back in small pieces is there in a large one', () => {
    const pieces = Array.from({ length: 64 }, () => engine.allocate(MB));
    for (const piece of pieces) engine.release(null, piece);
    engine.collect();
    const before = engine.memory().reserved;
    engine.release(null, engine.allocate(32 * MB));
    if (engine.name === 'wasm') expect(engine.memory().reserved).toBeLessThanOrEqual(before + 41 * MB);
    engine.collect();
  });
});

describe.each(engines)('owners on the $name engine', (engine) => {
  /** Allocates for owners that nobody holds afterwards. */
  function abandon(count: number, bytes: number): Place[] {
    return Array.from({ length: count }, () => engine.allocateFor(newOwner(), bytes));
  }

  test('a dead owner gives its block back', () => {
    engine.collect();
    const before = engine.memory().blocks;
    abandon(100, 5000);
    expect(engine.memory().blocks).toBe(before + 100);
    engine.collect();
    expect(engine.memory().blocks).toBe(before);
  });

  test('a living owner keeps its block', () => {
    const owner = newOwner();
    const place = engine.allocateFor(owner, 5000);
    engine.write(place, Uint8Array.of(9));
    engine.collect();
    abandon(10, 5000).forEach((other) => {
      expect(other).not.toBe(place);
    });
    engine.release(owner, place);
  });

  test('a block released early belongs to whoever gets it next, also after its first owner died', () => {
    const next = newOwner();
    const place = releaseEarly();
    expect(engine.allocateFor(next, 6000)).toBe(place);
    const { blocks } = engine.memory();
    engine.collect(); // the first owner's end must not take the block from the second
    expect(engine.memory().blocks).toBeLessThanOrEqual(blocks);
    const other = engine.allocate(6000);
    expect(other).not.toBe(place);
    engine.release(null, other);
    engine.release(next, place);
  });

  function releaseEarly(): Place {
    const owner = newOwner();
    const place = engine.allocateFor(owner, 6000);
    engine.release(owner, place);
    return place;
  }

  test('a block of nobody can be adopted', () => {
    engine.collect();
    const before = engine.memory().blocks;
    const adopted = () => engine.adopt(newOwner(), engine.allocate(7000));
    adopted();
    engine.collect();
    expect(engine.memory().blocks).toBe(before);
  });

  // Builds with guards give each small owner a block of its own.
  test.skipIf(process.env.FLAMBEAU_ADDON)('64 small owners share a page, which lives as long as one of them', () => {
    const owners = Array.from({ length: 200 }, newOwner);
    const places = owners.map((owner) => engine.allocateFor(owner, 8));
    expect(new Set(places).size).toBe(200);
    expect(places.every((place) => place % 64 === 0)).toBe(true);
    expect(new Set(owners.map((owner) => owner.page)).size).toBeLessThanOrEqual(5);

    const first = owners.findIndex((owner, i) => i > 0 && owner.page !== owners[i - 1]!.page);
    const { blocks } = engine.memory();
    // The first slot has the place of the whole page: its release must leave the page alone.
    engine.release(owners[first]!, places[first]!);
    expect(engine.memory().blocks).toBe(blocks);
  });

  test.skipIf(process.env.FLAMBEAU_ADDON)('pages come back when all their owners are dead', () => {
    abandon(200, 8); // whatever page is open now is full of the dead afterwards
    engine.collect();
    const before = engine.memory().blocks;
    abandon(64 * 50, 100);
    expect(engine.memory().blocks).toBeGreaterThanOrEqual(before + 49);
    engine.collect();
    expect(engine.memory().blocks).toBeLessThanOrEqual(before + 1);
  });
});
