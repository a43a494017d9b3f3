import type { Image } from './image.js';

/** Brightness as television defined it (ITU-R BT.601), which photographs and Pillow's "L" use. */
export function brightness(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/**
 * A picture in grey, one number 0 … 255 a pixel. Transparent pixels are laid on white, or on black where what is visible is
 * itself nearly white.
 */
export function toGray({ channels, data }: Image): Float32Array {
  const count = data.length / channels;
  const colored = channels >= 3;
  const gray = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    gray[i] = colored ? brightness(data[at], data[at + 1], data[at + 2]) : data[at];
  }
  if (channels % 2 === 1) return gray;

  let [visible, light] = [0, 0];
  for (let i = 0; i < count; i++) {
    const alpha = data[i * channels + channels - 1];
    visible += alpha;
    light += alpha * gray[i];
  }
  const ground = visible > 0 && visible < 255 * count && light / visible > 200 ? 0 : 255;
  for (let i = 0; i < count; i++) {
    const alpha = data[i * channels + channels - 1] / 255;
    gray[i] = alpha * gray[i] + (1 - alpha) * ground;
  }
  return gray;
}
