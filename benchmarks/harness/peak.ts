import * as fl from 'flambeau';
import { clockOf, Turns } from './timing.js';

/** What this machine can do at best, measured in the same run with the same threads. */
export interface Peak {
  /** Floating-point operations a second. */
  readonly flops: number;
  /** Bytes a second that a copy reads and writes. */
  readonly bytes: number;
}

const ROUNDS = 5;
/** Bytes of each side of the copy: far more than the caches hold. */
const COPY = 2 ** 27;
/** Pieces of arithmetic in a repetition: some milliseconds. */
const CHUNKS = 128;

/** The fastest of a few samples. */
async function fastest(body: () => void): Promise<number> {
  const turns = new Turns(clockOf(body));
  await turns.calibrate(0.03);
  for (let round = 0; round < ROUNDS; round++) await turns.take();
  return Math.min(...turns.times.samples);
}

export async function measurePeak(): Promise<Peak> {
  const from = fl.ones(COPY / 4);
  const to = fl.zeros(COPY / 4);
  const copy = await fastest(() => void to.copy_(from));
  const { fma_peak } = fl.engine.kernels;
  const arithmetic = await fastest(() => fma_peak.f32(CHUNKS));
  return { bytes: (2 * COPY) / copy, flops: fl.engine.block[0] / arithmetic };
}
