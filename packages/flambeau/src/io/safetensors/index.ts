/** The safetensors format of Hugging Face: `fl.safetensors`. */
import { readFile, writeFile } from '#files';
import type { Tensor } from '../../tensor/tensor.js';
import { packedRecord, tensorMaker } from '../tensors.js';
import { readSafetensors } from './read.js';
import { writeSafetensors } from './write.js';

function* entries(
  tensors: Readonly<Record<string, Tensor>>,
): Generator<readonly [string, ReturnType<typeof packedRecord>]> {
  for (const [name, tensor] of Object.entries(tensors)) yield [name, packedRecord(tensor)];
}

/** Writes named tensors, and text about them if there is any. The file appears whole or not at all. */
export function saveFile(
  tensors: Readonly<Record<string, Tensor>>,
  path: string,
  metadata: Readonly<Record<string, string>> = {},
): void {
  writeFile(path, writeSafetensors(entries(tensors), metadata));
}

/** Reads the named tensors of a file, or of its bytes. @throws FormatError for damaged or hostile files */
export function loadFile(source: string | Uint8Array): Record<string, Tensor> {
  const { tensors } = readSafetensors(typeof source === 'string' ? readFile(source) : source);
  const make = tensorMaker();
  const out: Record<string, Tensor> = Object.create(null);
  for (const [name, record] of tensors) out[name] = make(record);
  return out;
}

/** The text that a file carries beside its tensors. */
export function metadata(source: string | Uint8Array): Record<string, string> {
  return Object.fromEntries(readSafetensors(typeof source === 'string' ? readFile(source) : source).metadata);
}
