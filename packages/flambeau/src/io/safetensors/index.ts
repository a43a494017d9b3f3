/** The safetensors format: named tensors, nothing else, and no way to hide code in it. Bytes are those of the reference implementation. */
import { writeFile } from '#files';
import type { StateDict } from '../../nn/module.js';
import type { Tensor } from '../../tensor/tensor.js';
import { Budget } from '../budget.js';
import { readSource } from '../load.js';
import type { TensorRecord } from '../records.js';
import { joined } from '../save.js';
import { recorder, tensorMaker } from '../tensors.js';
import { readSafetensors } from './read.js';
import { writeSafetensors } from './write.js';

type Tensors = Readonly<Record<string, Tensor>>;
type Metadata = Readonly<Record<string, string>>;

function* records(tensors: Tensors): Generator<readonly [string, TensorRecord]> {
  const record = recorder();
  for (const [name, tensor] of Object.entries(tensors)) yield [name, record(tensor) as TensorRecord];
}

/**
 * Writes named tensors. The file appears under its name whole or not at all.
 * @param metadata text about them
 * @throws ArgumentError for tensors that are not contiguous or share memory, which the format cannot say
 */
export function saveFile(tensors: Tensors, path: string, metadata: Metadata = {}): void {
  writeFile(path, writeSafetensors(records(tensors), metadata));
}

/** The bytes that `saveFile` would write. */
export function serialize(tensors: Tensors, metadata: Metadata = {}): Uint8Array {
  return joined(writeSafetensors(records(tensors), metadata));
}

/**
 * Reads the named tensors of a file. Half-precision tensors become float32, int16 and int8 become int32.
 * @throws FormatError for damaged or hostile files
 */
export function loadFile(path: string): StateDict {
  return readSource(path, deserialize);
}

/** Reads the named tensors of a file's bytes. @throws FormatError for damaged or hostile files */
export function deserialize(bytes: Uint8Array): StateDict {
  const make = tensorMaker(new Budget(bytes.length));
  const tensors: StateDict = Object.create(null);
  for (const [name, record] of readSafetensors(bytes).tensors) tensors[name] = make(record);
  return tensors;
}

/** The text that a file, or its bytes, carries beside its tensors. */
export function metadata(source: string | Uint8Array): Record<string, string> {
  return readSource(source, (bytes) => Object.fromEntries(readSafetensors(bytes).metadata));
}
