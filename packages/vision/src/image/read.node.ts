import { readFile } from 'node:fs/promises';
import { FormatError } from '../errors.js';
import { writeFileAtomic } from '../files.node.js';
import { decodeImage, type ReadImageOptions } from './decode.js';
import type { Image } from './image.js';
import { encodePng } from './png-encoder.js';

/**
 * Reads a PNG or JPEG file.
 *
 * @throws FormatError that names the file
 * @example
 * const { width, height, channels, data } = await readImage('cat.jpg');
 */
export async function readImage(path: string, options: ReadImageOptions = {}): Promise<Image> {
  const bytes = await readFile(path);
  try {
    return decodeImage(bytes, options);
  } catch (error) {
    throw new FormatError(`${path}: ${(error as Error).message}`);
  }
}

/** Writes a picture as a PNG file, which appears under its name only when it is complete. */
export async function writeImage(path: string, image: Image): Promise<void> {
  await writeFileAtomic(path, encodePng(image));
}
