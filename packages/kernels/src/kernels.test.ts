import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { BLOCK, type Engine, type Place } from './engine.js';
import { engines } from './engines.testing.js';
import { bind, entries } from './kernels.generated.js';

/** Writes a loop over `n` elements, all operands contiguous. */
function writeLoop(engine: Engine, n: number, operands: number): void {
  engine.block.set([1, operands, n, ...Array<number>(operands).fill(1)], BLOCK.loop);
}

/** A block with these numbers. */
function put(engine: Engine, array: Float32Array | Float64Array | BigInt64Array): Place {
  const place = engine.allocate(array.byteLength);
  engine.write(place, array);
  return place;
}

test('a generated function writes its arguments to the block, in order, and calls its kernel', () => {
  const called: string[] = [];
  const block = new Float64Array(BLOCK.length);
  const kernels = bind((name) => () => called.push(name), { block });
  kernels.gemm.f32(10, 20, 30, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 0.5);
  expect([...block.subarray(0, 18)]).toEqual([10, 20, 30, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 0.5, 0]);
  kernels.add.f64(1, 2, 3, -1); // the loop is written by the caller
  expect([...block.subarray(0, 5)]).toEqual([1, 2, 3, -1, 1]);
  expect(called).toEqual(['gemm_f32', 'add_f64']);
});

test('the native addon has exactly the kernels of the list', () => {
  if (!engines.some(({ name }) => name === 'native')) return;
  const addon = createRequire(import.meta.url)('../build/flambeau.node') as { kernels: object };
  expect(Object.keys(addon.kernels).sort()).toEqual([...entries].sort());
});

describe.each(engines)('kernels of the $name engine', (engine) => {
  test('are exactly those of the list', () => {
    const names = Object.entries(engine.kernels).flatMap(([name, types]) =>
      Object.keys(types).map((t) => `${name}_${t}`),
    );
    expect(names.sort()).toEqual([...entries].sort());
  });

  test('take addresses, a number and a loop', () => {
    const a = put(engine, Float32Array.of(1, 2, 3));
    const b = put(engine, Float32Array.of(10, 20, 30));
    writeLoop(engine, 3, 3);
    engine.kernels.add.f32(a, a, b, 0.5);
    const sum = new Float32Array(3);
    engine.read(a, sum);
    expect([...sum]).toEqual([6, 12, 18]);
  });

  test('answer through the block', () => {
    const place = put(engine, BigInt64Array.of(-7n, 8n));
    engine.kernels.item.i64(place + 8);
    expect(engine.block[0]).toBe(8);
  });

  test('say how many operations the measure of the machine took', () => {
    engine.kernels.fma_peak.f32(1);
    const one = engine.block[0];
    engine.kernels.fma_peak.f32(8);
    expect(one).toBeGreaterThan(0);
    expect(engine.block[0]).toBe(8 * one);
  });

  test('read a scalar operand from its lane in the block', () => {
    const a = put(engine, Float64Array.of(1, 2, 3));
    engine.block[BLOCK.scalars] = 100;
    engine.block.set([1, 3, 3, 1, 1, 0], BLOCK.loop);
    engine.kernels.mul.f64(a, a, engine.blockPlace + 8 * BLOCK.scalars);
    const product = new Float64Array(3);
    engine.read(a, product);
    expect([...product]).toEqual([100, 200, 300]);
  });

  test('of doubles keep denormals, and JavaScript keeps them after kernels of floats', () => {
    const denormal = put(engine, Float32Array.of(1e-40, 1e-40));
    writeLoop(engine, 2, 3);
    engine.kernels.add.f32(denormal, denormal, denormal, 1);
    const sum = new Float32Array(2);
    engine.read(denormal, sum);
    if (engine.name === 'native') expect([...sum]).toEqual([0, 0]);
    expect(Number.MIN_VALUE * sum.length).toBe(1e-323);

    const double = put(engine, Float64Array.of(1e-310));
    writeLoop(engine, 1, 3);
    engine.kernels.add.f64(double, double, double, 1);
    const twice = new Float64Array(1);
    engine.read(double, twice);
    expect(twice[0]).toBe(2e-310);
  });

  // Values by mpmath with 40 digits. On WebAssembly these three are our own.
  test.each([
    ['erf', -0.3, -0.3286267594591274],
    ['erf', 0.75, 0.7111556336535151],
    ['erf', 3, 0.9999779095030014],
    ['erfc', 0.1, 0.887537083981715],
    ['erfc', 2.5, 0.0004069520174449589],
    ['erfc', 26, 5.663192408856143e-296],
    ['erfc', -1, 1.8427007929497148],
    ['lgamma', 0.1, 2.252712651734206],
    ['lgamma', 1.75, -0.08440112102048555],
    ['lgamma', 7.3, 7.147892523022248],
    ['lgamma', 100.5, 361.4355404677776],
    ['lgamma', -1.5, 0.860047015376481],
  ] as const)('%s(%f) = %f', (name, x, expected) => {
    const place = put(engine, Float64Array.of(x));
    writeLoop(engine, 1, 2);
    engine.kernels[name].f64(place, place);
    const found = new Float64Array(1);
    engine.read(place, found);
    expect(Math.abs(found[0]! / expected - 1)).toBeLessThan(1e-15);
  });
});
