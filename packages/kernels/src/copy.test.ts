import { describe, expect, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { Heap, type Numbers } from './heap.testing.js';

const types = [
  ['f32', Float32Array, (i: number) => i],
  ['f64', Float64Array, (i: number) => i],
  ['i64', BigInt64Array, (i: number) => BigInt(i)],
  ['i32', Int32Array, (i: number) => i],
  ['u8', Uint8Array, (i: number) => i % 251],
  ['b8', Uint8Array, (i: number) => ((i * i) % 7) & 1],
] as const;

/** Around the widths of vectors and tiles. */
const sizes = [2, 3, 4, 5, 8, 15, 16, 17, 31, 33, 64, 70];

type Made = { from(list: unknown[]): Numbers; new (length: number): Numbers };

describe.each(engines)('copies on $name', (engine) => {
  const { kernels } = engine;
  const copies = { ...kernels } as unknown as Record<string, Record<string, (...places: number[]) => void>>;

  describe.each(types)('of %s', (type, Type, number) => {
    const Values = Type as unknown as Made;
    const copy = copies[`to_${type}`]![type]!;

    /** A copy of what stands at `offset` of `length` numbered elements, over a loop with these strides. */
    function copied(length: number, shape: readonly number[], strides: readonly number[], offset: number): unknown[] {
      const count = shape.reduce((n, size) => n * size, 1);
      const packed = shape.map((_, i) => shape.slice(i + 1).reduce((n, size) => n * size, 1));
      return Heap.use(engine, (heap) => {
        const x = Values.from(Array.from({ length }, (_, i) => number(i)));
        const [a, out] = [heap.put(x), heap.room(Values, count)];
        engine.block.set([shape.length, 2, ...shape, ...packed, ...strides], BLOCK.loop);
        copy(out, a + offset * x.BYTES_PER_ELEMENT);
        return [...heap.get<Numbers>(out, Values, count)];
      });
    }
    const wanted = (rows: number, columns: number, at: (r: number, c: number) => number) =>
      Array.from({ length: rows * columns }, (_, i) => number(at(Math.floor(i / columns), i % columns)));

    test('transposed, of a part of a larger matrix too', () => {
      for (const rows of sizes) {
        for (const columns of sizes) {
          for (const step of [rows, rows + 3]) {
            const found = copied(step * columns, [rows, columns], [1, step], 0);
            expect(found).toEqual(wanted(rows, columns, (r, c) => c * step + r));
          }
        }
      }
    });

    test('transposed matrices of a batch, and backwards', () => {
      const found = copied(3 * 20 * 40, [3, 40, 20], [800, 1, 40], 0);
      expect(found).toEqual(wanted(120, 20, (r, c) => Math.floor(r / 40) * 800 + c * 40 + (r % 40)));
      const back = copied(20 * 40, [40, 20], [1, -40], 19 * 40);
      expect(back).toEqual(wanted(40, 20, (r, c) => (19 - c) * 40 + r));
    });

    test('rows backwards, every second column, a row repeated', () => {
      for (const columns of sizes) {
        const length = 5 * columns;
        const last = columns - 1;
        expect(copied(length, [5, columns], [columns, -1], last)).toEqual(
          wanted(5, columns, (r, c) => r * columns + last - c),
        );
        expect(copied(2 * length, [5, columns], [2 * columns, 2], 0)).toEqual(
          wanted(5, columns, (r, c) => r * 2 * columns + 2 * c),
        );
        expect(copied(columns, [5, columns], [0, 1], 0)).toEqual(wanted(5, columns, (_, c) => c));
        expect(copied(5, [5, columns], [1, 0], 0)).toEqual(wanted(5, columns, (r) => r));
      }
    });
  });

  test.each([
    ['f32', Float32Array, 2049],
    ['f64', Float64Array, 1030],
    ['u8', Uint8Array, 8195],
  ] as const)('of %s into the rows of a matrix that no cache holds, between gaps that stay', (type, Type, columns) => {
    const Values = Type as unknown as Made;
    const [rows, lead, offset] = [2100, columns + 3, 1];
    const x = new Type(rows * columns).map((_, i) => i % 251);
    const wanted = new Type(rows * lead).fill(77);
    for (let r = 0; r < rows; r++) wanted.set(x.subarray(r * columns, (r + 1) * columns), r * lead + offset);
    Heap.use(engine, (heap) => {
      const [a, out] = [heap.put(x), heap.put(new Type(wanted.length).fill(77))];
      engine.block.set([2, 2, rows, columns, lead, 1, columns, 1], BLOCK.loop);
      copies[`to_${type}`]![type]!(out + offset * Type.BYTES_PER_ELEMENT, a);
      const found = heap.get<Numbers>(out, Values, wanted.length);
      expect(found.findIndex((value, i) => value !== wanted[i])).toBe(-1);
    });
  });

  test.each([
    ['f32', Float32Array],
    ['f64', Float64Array],
    ['u8', Uint8Array],
  ] as const)('channels-last and back: %s', (type, Type) => {
    const Values = Type as unknown as Made;
    for (const [n, c, p] of [
      [2, 3, 49],
      [1, 16, 64],
      [3, 17, 130],
      [1, 1, 5],
    ] as const) {
      const x = Array.from({ length: n * c * p }, (_, i) => i % 251);
      Heap.use(engine, (heap) => {
        const [a, last, first] = [
          heap.put(Values.from(x)),
          heap.room(Values, x.length),
          heap.room(Values, x.length),
        ] as const;
        kernels.to_channels_last[type](last, a, n, c, p);
        const at = (i: number) => Math.floor(i / (c * p)) * c * p + (i % c) * p + (Math.floor(i / c) % p);
        expect([...heap.get<Numbers>(last, Values, x.length)]).toEqual(x.map((_, i) => x[at(i)]!));
        kernels.to_channels_first[type](first, last, n, c, p);
        expect([...heap.get<Numbers>(first, Values, x.length)]).toEqual(x);
      });
    }
  });
});
