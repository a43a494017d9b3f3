import { FormatError } from '../errors.js';
import type { Image, ImageLimits } from './image.js';
import { decodeJpeg } from './jpeg.js';
import { applyOrientation, readOrientation } from './orientation.js';
import { decodePng } from './png-decoder.js';
import { PNG_SIGNATURE } from './png-layout.js';

/** How to read a picture. */
export interface ReadImageOptions extends ImageLimits {
  /** Whether a photograph is turned as the camera was held, which its EXIF data tells (default true). */
  upright?: boolean;
}

/**
 * Reads the bytes of a PNG or JPEG file; the content decides, not a name.
 *
 * @throws FormatError when they are neither, or are damaged, or announce more pixels than the limit
 */
export function decodeImage(file: Uint8Array, { upright = true, ...limits }: ReadImageOptions = {}): Image {
  if (file[0] === PNG_SIGNATURE[0] && file[1] === PNG_SIGNATURE[1]) return decodePng(file, limits);
  if (file[0] !== 0xff || file[1] !== 0xd8) throw new FormatError('decodeImage: neither a PNG nor a JPEG file');
  const image = decodeJpeg(file, limits);
  return upright ? applyOrientation(image, readOrientation(file)) : image;
}
