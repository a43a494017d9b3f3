/** The side of a digit picture and of the box its ink is fitted into, as in MNIST. */
export const DIGIT_SIDE = 28;
export const DIGIT_BOX = 20;

/**
 * Copies a grey picture of `width × height` into a square of 28 × 28 so that the centre of mass of its ink comes to lie in the
 * middle, moved by whole pixels, as the makers of MNIST did. What would lie outside is cut off; without ink the picture's own middle counts.
 */
export function centerByMass(
  ink: Uint8Array,
  width: number,
  height: number,
  out: Uint8Array = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE),
): Uint8Array {
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = ink[i];
      mass += value;
      massX += value * x;
      massY += value * y;
    }
  }
  const centerX = mass > 0 ? massX / mass : (width - 1) / 2;
  const centerY = mass > 0 ? massY / mass : (height - 1) / 2;
  const left = Math.round(DIGIT_SIDE / 2 - centerX);
  const top = Math.round(DIGIT_SIDE / 2 - centerY);

  out.fill(0);
  const firstX = Math.max(0, -left);
  const lastX = Math.min(width, DIGIT_SIDE - left);
  for (let y = Math.max(0, -top); y < Math.min(height, DIGIT_SIDE - top); y++) {
    if (firstX < lastX) {
      out.set(ink.subarray(y * width + firstX, y * width + lastX), (y + top) * DIGIT_SIDE + firstX + left);
    }
  }
  return out;
}
