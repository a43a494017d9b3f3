import { FlambeauError } from 'flambeau';
import { resizeGray } from './resize.js';

/** A grey picture of numbers. */
export interface Gray {
  width: number;
  height: number;
  pixels: Float32Array;
}

/** Larger pictures are first shrunk to this side: a figure needs no more. */
const WORKING_SIDE = 256;
/** Less difference between ink and ground than this, of 255, is noise. */
const LEAST_CONTRAST = 24;
/** Below this share of the strongest ink it is shadow, unless it borders on ink. */
const FAINTEST_INK = 0.35;
/** A blot with less than this share of all ink is a speck. */
const SPECK = 0.03;

/**
 * Cuts the ink out of a picture: what differs from the ground, in the direction in which most differs, dark on light or light on
 * dark, without specks. The result measures as much as the ink and holds 0 where none is.
 *
 * @throws FlambeauError when nothing in the picture stands out
 */
export function cutInk(picture: Gray): Gray {
  const gray = shrink(picture);
  const ink = subtractGround(gray);
  const strongest = largest(ink);
  if (strongest < LEAST_CONTRAST) {
    const contrast = Math.round(strongest);
    throw new FlambeauError(`digitFrom: nothing stands out (contrast ${contrast} of 255): is the picture empty?`);
  }
  const { width, height } = gray;
  const kept = withoutSpecks(
    ink.map((value) => (value > FAINTEST_INK * strongest ? value : 0)),
    width,
    height,
  );
  // The soft rim of the strokes belongs to them.
  const soft = ink.map((value, i) => (neighborhood(kept, width, height, i) > 0 ? value : 0));
  return crop({ width, height, pixels: soft });
}

/** The largest of numbers, at least 0. */
export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function shrink({ width, height, pixels }: Gray): Gray {
  const scale = WORKING_SIDE / Math.max(width, height);
  if (scale >= 1) return { width, height, pixels };
  const [toWidth, toHeight] = [width, height].map((size) => Math.max(1, Math.round(size * scale)));
  return { width: toWidth, height: toHeight, pixels: resizeGray(pixels, width, height, toWidth, toHeight) };
}

/** How far each pixel differs from the ground towards the side that differs more; 0 where it differs the other way. */
function subtractGround({ width, height, pixels }: Gray): Float32Array {
  const ground = groundOf(pixels, width, height);
  const difference = pixels.map((value, i) => value - ground(i % width, Math.floor(i / width)));
  const lightest = largest(difference);
  const darkest = largest(difference.map((value) => -value));
  const sign = darkest > lightest ? -1 : 1;
  return difference.map((value) => Math.max(0, sign * value));
}

/** The ground is a plane, since light on paper falls off to one side; the medians of the four sides say how it lies. */
function groundOf(pixels: Float32Array, width: number, height: number): (x: number, y: number) => number {
  const row = (y: number) => median(Array.from({ length: width }, (_, x) => pixels[y * width + x]));
  const column = (x: number) => median(Array.from({ length: height }, (_, y) => pixels[y * width + x]));
  const [top, bottom, left, right] = [row(0), row(height - 1), column(0), column(width - 1)];
  const middle = (top + bottom + left + right) / 4;
  const slopeX = (right - left) / Math.max(1, width - 1);
  const slopeY = (bottom - top) / Math.max(1, height - 1);
  return (x, y) => middle + slopeX * (x - (width - 1) / 2) + slopeY * (y - (height - 1) / 2);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** The largest value of a pixel and the eight around it. */
function neighborhood(pixels: Float32Array, width: number, height: number, at: number): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  let most = 0;
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++)
      most = Math.max(most, pixels[ny * width + nx]);
  }
  return most;
}

/** Removes the small ones of the connected blots. */
function withoutSpecks(ink: Float32Array, width: number, height: number): Float32Array {
  const least = SPECK * ink.reduce((sum, value) => sum + value, 0);
  const seen = new Uint8Array(ink.length);
  const out = ink.slice();
  for (let start = 0; start < ink.length; start++) {
    if (seen[start] || ink[start] === 0) continue;
    const blot = [start];
    seen[start] = 1;
    let mass = 0;
    for (const at of blot) {
      mass += ink[at];
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const [nx, ny] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ] as const) {
        const next = ny * width + nx;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] || ink[next] === 0) continue;
        seen[next] = 1;
        blot.push(next);
      }
    }
    if (mass < least) for (const at of blot) out[at] = 0;
  }
  return out;
}

/** The part of a picture that is not 0. */
function crop({ width, height, pixels }: Gray): Gray {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const cut: Gray = { width: right - left + 1, height: bottom - top + 1, pixels: new Float32Array(0) };
  cut.pixels = new Float32Array(cut.width * cut.height);
  for (let y = 0; y < cut.height; y++) {
    const from = (top + y) * width + left;
    cut.pixels.set(pixels.subarray(from, from + cut.width), y * cut.width);
  }
  return cut;
}
