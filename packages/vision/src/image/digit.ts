import { centerByMass, DIGIT_BOX } from './center.js';
import type { GreyImage } from './read.js';

/** Ink fainter than this share of the darkest is paper. */
const FAINT = 0.2;

/**
 * Brings any picture of one digit into the form of MNIST: white ink on black, fitted into a box of 20 × 20, its centre of mass in the middle of
 * 28 × 28.
 */
export function digitFrom(image: GreyImage): Uint8Array {
  const ink = inkOf(image);
  const box = bounds(ink, image.width, image.height);
  if (box === null) return centerByMass(new Uint8Array(DIGIT_BOX * DIGIT_BOX), DIGIT_BOX, DIGIT_BOX);
  const scale = DIGIT_BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  return centerByMass(resample(ink, image.width, box, width, height), width, height);
}

/** How much ink lies on each pixel, 0 to 255. The border tells the paper: what differs from it is ink. */
function inkOf({ width, height, pixels }: GreyImage): Float32Array {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(pixels[x], pixels[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) border.push(pixels[y * width], pixels[y * width + width - 1]);
  border.sort((a, b) => a - b);
  const paper = border[border.length >> 1];
  const dark = paper > 127;
  const ink = Float32Array.from(pixels, (tone) => Math.max(0, dark ? paper - tone : tone - paper));
  const most = ink.reduce((a, b) => Math.max(a, b), 0);
  return ink.map((amount) => (most === 0 || amount < FAINT * most ? 0 : (amount / most) * 255));
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function bounds(ink: Float32Array, width: number, height: number): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A part of the picture at another size: every new pixel is the mean of the old ones' areas under it. */
function resample(ink: Float32Array, stride: number, box: Box, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height);
  const spans = (size: number, into: number, i: number): [number, number] => [
    (i * size) / into,
    ((i + 1) * size) / into,
  ];
  for (let j = 0; j < height; j++) {
    const [y0, y1] = spans(box.height, height, j);
    for (let i = 0; i < width; i++) {
      const [x0, x1] = spans(box.width, width, i);
      let sum = 0;
      for (let y = Math.floor(y0); y < y1; y++) {
        const tall = Math.min(y + 1, y1) - Math.max(y, y0);
        for (let x = Math.floor(x0); x < x1; x++) {
          sum += ink[(box.top + y) * stride + box.left + x] * tall * (Math.min(x + 1, x1) - Math.max(x, x0));
        }
      }
      out[j * width + i] = Math.round(sum / ((y1 - y0) * (x1 - x0)));
    }
  }
  return out;
}
