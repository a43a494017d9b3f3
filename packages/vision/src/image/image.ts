/** A picture in memory: rows from the top, pixels from the left, the channels of a pixel side by side. */
export interface Image {
  width: number;
  height: number;
  /** 1 is grey, 2 grey and alpha, 3 red, green and blue, 4 these and alpha. */
  channels: 1 | 2 | 3 | 4;
  /** `height × width × channels` bytes. */
  data: Uint8Array;
}

/** What a picture file may cost. */
export interface ImageLimits {
  /** The most pixels that a file may announce (default 2²⁶, 67 megapixels); checked before memory is taken for them. */
  maxPixels?: number;
}

export const MAX_PIXELS = 2 ** 26;
