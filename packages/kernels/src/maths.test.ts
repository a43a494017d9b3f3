import { describe, expect, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { Heap } from './heap.testing.js';

/** Smaller numbers are denormal, and zeros to processors that kernels run on. */
const NORMAL = 2 ** -126;

/** Every 20 011th float, of all magnitudes and both signs, behind zeros, infinities and NaN. */
function someFloats(): Float32Array {
  const step = 20_011;
  const bits = Uint32Array.from({ length: Math.floor(2 ** 32 / step) }, (_, i) => i * step);
  const normal = new Float32Array(bits.buffer).filter((x) => !(Math.abs(x) < NORMAL));
  return Float32Array.from([0, -0, Infinity, -Infinity, NaN, ...normal]);
}

/** The distance between the float32 around `x`: a unit in the last place. */
function unitAt(x: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(Math.fround(x)) || Number.MIN_VALUE));
  return 2 ** (Math.max(exponent, -126) - 23);
}

/** How far `found` is from a result that would be `exact`, in units in the last place of float32. */
function unitsOff(found: number, exact: number): number {
  if (Object.is(found, Math.fround(exact)) || (found === 0 && Math.abs(exact) < NORMAL)) return 0;
  if (!Number.isFinite(found) || !Number.isFinite(exact)) return Infinity;
  return Math.abs(found - exact) / unitAt(exact);
}

describe.each(engines)('maths of the $name engine', (engine) => {
  test.each([
    ['exp', -Infinity],
    ['expm1', -Infinity],
    ['log', -Infinity],
    ['log1p', -Infinity],
    ['tanh', -Infinity],
    ['erf', -Infinity],
    ['sin', -Infinity],
    ['cos', -Infinity],
    // Below, 1 + e^-x becomes infinite in float32, as it does in PyTorch.
    ['sigmoid', -88],
    ['silu', -88],
  ] as const)('%s of float32 is within 2 units in the last place', (name, from) => {
    const x = someFloats().filter((v) => !(v < from));
    const run = (type: 'f32' | 'f64', Values: Float32ArrayConstructor | Float64ArrayConstructor) =>
      Heap.use(engine, (heap) => {
        const place = heap.put(Values.from(x));
        engine.block.set([1, 2, x.length, 1, 1], BLOCK.loop);
        engine.kernels[name][type](place, place);
        return heap.get(place, Values, x.length);
      });
    const [found, exact] = [run('f32', Float32Array), run('f64', Float64Array)];
    let worst = { off: 0, x: 0, found: 0, exact: 0 };
    for (let i = 0; i < x.length; i++) {
      const off = unitsOff(found[i]!, exact[i]!);
      if (off > worst.off) worst = { off, x: x[i]!, found: found[i]!, exact: exact[i]! };
    }
    expect(worst.off, JSON.stringify(worst)).toBeLessThanOrEqual(2);
  });

  test('sigmoid of numbers far below zero is 0', () => {
    Heap.use(engine, (heap) => {
      const place = heap.put(Float32Array.of(-89, -200, -3e38, -Infinity));
      engine.block.set([1, 2, 4, 1, 1], BLOCK.loop);
      engine.kernels.sigmoid.f32(place, place);
      expect([...heap.get(place, Float32Array, 4)]).toEqual([0, 0, 0, 0]);
    });
  });
});
