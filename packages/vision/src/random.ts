/** Random numbers for generated pictures: the same on every machine, and a stream of its own for every picture. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** An integer in 0 … count − 1. */
  below(count: number): number;
  /** Normal with mean 0 and the given standard deviation. */
  normal(deviation: number): number;
}

/** Spreads the bits of an integer over 32 bits (the finalizer of MurmurHash3). */
function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * The generator sfc32 (Doty-Humphrey, PractRand), seeded from two integers: the seed of a set and the index of a picture, so
 * that any picture can be made without those before it.
 */
export function random(seed: number, index = 0): Random {
  let a = mix(seed + 0x9e3779b9);
  let b = mix(index ^ 0x243f6a88);
  let c = mix(a + b);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next(); // the first outputs still show the seed

  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (count) => Math.floor(uniform() * count),
    // Box–Muller; 1 − u keeps the logarithm away from 0
    normal: (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
