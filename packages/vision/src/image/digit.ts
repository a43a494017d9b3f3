import { centerByMass, DIGIT_BOX } from './center.js';
import { toGray } from './gray.js';
import type { Image } from './image.js';
import { cutInk, type Gray, largest } from './ink.js';
import { resizeGray } from './resize.js';

/** The pen is at least this wide, as a share of the figure's longer side: MNIST's pens measure about 0.12. */
const THINNEST_PEN = 0.08;

/**
 * Makes any picture of one digit look like those of MNIST, whatever its size and colors: ink white on black, cut out, fitted into a
 * box of 20 × 20 and centered by its mass in 28 × 28.
 *
 * @returns 28 × 28 bytes
 * @throws FlambeauError when nothing in the picture stands out
 * @example
 * const pixels = digitFrom(await readImage('seven.png'));
 */
export function digitFrom(image: Image): Uint8Array {
  const figure = thicken(cutInk({ width: image.width, height: image.height, pixels: toGray(image) }));
  const scale = DIGIT_BOX / Math.max(figure.width, figure.height);
  const width = Math.max(1, Math.round(figure.width * scale));
  const height = Math.max(1, Math.round(figure.height * scale));
  const fitted = resizeGray(figure.pixels, figure.width, figure.height, width, height);
  const white = largest(fitted);
  return centerByMass(
    Uint8Array.from(fitted, (value) => Math.round((255 * value) / white)),
    width,
    height,
  );
}

/** Widens the strokes of a thin pen, which would all but vanish when the figure is made small. */
function thicken(figure: Gray): Gray {
  const radius = (THINNEST_PEN * Math.max(figure.width, figure.height) - penWidth(figure)) / 2;
  if (radius < 0.5) return figure;
  const reach = Math.floor(radius);
  const width = figure.width + 2 * reach;
  const height = figure.height + 2 * reach;
  const pixels = new Float32Array(width * height);
  for (let y = 0; y < figure.height; y++) {
    for (let x = 0; x < figure.width; x++) {
      const value = figure.pixels[y * figure.width + x];
      if (value > 0) stamp(pixels, width, x + reach, y + reach, radius, value);
    }
  }
  return { width, height, pixels };
}

/** Raises a disc of pixels to at least `value`. */
function stamp(pixels: Float32Array, width: number, x: number, y: number, radius: number, value: number): void {
  const reach = Math.floor(radius);
  for (let dy = -reach; dy <= reach; dy++) {
    const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
    for (let at = (y + dy) * width + x - half; at <= (y + dy) * width + x + half; at++) {
      pixels[at] = Math.max(pixels[at], value);
    }
  }
}

/** A stroke of length L and width w covers w · L and has an outline of about 2 · L. */
function penWidth({ width, height, pixels }: Gray): number {
  const half = largest(pixels) / 2;
  const isInk = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] > half;
  let [area, outline] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(x, y)) continue;
      area++;
      for (const there of [isInk(x - 1, y), isInk(x + 1, y), isInk(x, y - 1), isInk(x, y + 1)])
        outline += Number(!there);
    }
  }
  return (2 * area) / outline;
}
