/**
 * Resizes a grey picture: bilinear between pixels when it grows, the triangle-weighted mean of all covered pixels when it shrinks,
 * so that thin lines do not vanish (what Pillow calls BILINEAR).
 */
export function resizeGray(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const columns = weights(width, toWidth);
  const rows = weights(height, toHeight);
  const narrow = new Float32Array(toWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const { first, shares } = columns[x];
      let sum = 0;
      for (let i = 0; i < shares.length; i++) sum += shares[i] * pixels[y * width + first + i];
      narrow[y * toWidth + x] = sum;
    }
  }
  const out = new Float32Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y++) {
    const { first, shares } = rows[y];
    for (let x = 0; x < toWidth; x++) {
      let sum = 0;
      for (let i = 0; i < shares.length; i++) sum += shares[i] * narrow[(first + i) * toWidth + x];
      out[y * toWidth + x] = sum;
    }
  }
  return out;
}

/** For each place of a resized line the places it comes from, `first` and those after it, with their shares. */
function weights(from: number, to: number): { first: number; shares: number[] }[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const first = Math.max(0, Math.ceil(center - reach - 0.5));
    const last = Math.min(from - 1, Math.floor(center + reach - 0.5));
    const raw = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - center) / reach),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    return { first, shares: raw.map((share) => share / sum) };
  });
}
