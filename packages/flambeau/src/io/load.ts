import { readFile } from '#files';
import { ArgumentError, FormatError } from '../errors.js';
import { Budget } from './budget.js';
import { finish, type TensorMaker } from './finish.js';
import { readPickle } from './pickle/read.js';
import { findGlobal } from './pth/globals.js';
import { isLegacy, readLegacyPth } from './pth/legacy.js';
import { readPth } from './pth/read.js';
import { tensorMaker } from './tensors.js';

/**
 * Loads what `save` or PyTorch's `torch.save` wrote, in the format of today or in the one before 1.6. Like `weights_only=True` in PyTorch it reads
 * data only: no code of a file is ever run, and everything comes to the CPU, wherever it was saved.
 *
 * | in Python | here |
 * |---|---|
 * | tensor, `nn.Parameter` | `Tensor`, `nn.Parameter`; views of one storage still share it; strides are kept |
 * | float16, bfloat16; int16, int8 | float32; int32, with the same values |
 * | dict with string keys only | object without a prototype, so that every key is safe; JavaScript puts keys like `'7'` first |
 * | any other dict | `Map` |
 * | list; tuple, `torch.Size` | array; frozen array |
 * | set, frozenset | `Set` |
 * | int, float | number; an int past 2⁵³ is a bigint |
 * | bytes, bytearray | `Uint8Array` |
 * | complex | object with `real` and `imag` |
 * | dtype, device | string, such as `'float32'` and `'cuda:0'` |
 *
 * @param source a path (in Node) or the bytes of a file
 * @typeParam T what the caller expects in the file; nothing checks it
 * @throws FormatError for a file that is damaged, hostile or holds more than tensors and plain data
 * @example net.loadStateDict(fl.load('net.pth'))
 */
export function load<T = unknown>(source: string | Uint8Array): T {
  return readSource(source, (bytes) => {
    const budget = new Budget(bytes.length);
    return readTorch(bytes, tensorMaker(budget), budget) as T;
  });
}

/**
 * Loads a pickle of plain data and NumPy arrays, such as the batches of CIFAR-10. Values come as in `load`, arrays as tensors;
 * a `str` of Python 2 comes as a string where it is UTF-8 and as bytes where it is not.
 * @param source a path (in Node) or the bytes of a file
 * @throws FormatError for a file that is damaged, hostile or holds more than arrays and plain data
 */
export function loadPickle<T = unknown>(source: string | Uint8Array): T {
  return readSource(source, (bytes) => {
    const budget = new Budget(bytes.length);
    return readData(bytes, tensorMaker(budget), budget) as T;
  });
}

/** Reads a file of `torch.save` of any age. @throws FormatError */
export function readTorch(bytes: Uint8Array, tensor: TensorMaker, budget: Budget): unknown {
  if (begins(bytes, 0, 'PK')) return readPth(bytes, tensor, budget);
  if (isLegacy(bytes)) return readLegacyPth(bytes, tensor, budget);
  throw new FormatError(`load: this is no file of torch.save: ${guess(bytes)}`);
}

/** Reads a pickle of plain data. @throws FormatError */
export function readData(bytes: Uint8Array, tensor: TensorMaker, budget: Budget): unknown {
  return finish(readPickle(bytes, 0, { budget, findGlobal }).value, tensor, budget);
}

/** Gives the bytes of a file to its reader; errors then name the file. */
export function readSource<T>(source: string | Uint8Array, read: (bytes: Uint8Array) => T): T {
  if (source instanceof Uint8Array) return read(source);
  if (typeof source !== 'string') {
    throw new ArgumentError(
      'load',
      'a file is given by its path or as a Uint8Array: wrap an ArrayBuffer as new Uint8Array(buffer)',
    );
  }
  const bytes = readFile(source);
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(`${source}: ${error.message}`, { cause: error });
    throw error;
  }
}

function begins(bytes: Uint8Array, at: number, text: string): boolean {
  return (
    bytes.length >= at + text.length && [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0))
  );
}

/** What else a file may be, with the way to read it. */
function guess(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  if (begins(bytes, 8, '{')) return 'it looks like safetensors: use safetensors.loadFile';
  if (begins(bytes, 257, 'ustar'))
    return 'it is a tar archive, as PyTorch wrote before 0.4: save it again with a newer PyTorch';
  if (bytes[0] === 0x80) return 'it looks like a plain pickle: use loadPickle';
  return 'it begins with none of the marks of such files';
}
