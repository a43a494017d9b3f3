import { FormatError } from '../../errors.js';
import { builtinGlobals, globalName, globalsFrom } from '../pickle/builtins.js';
import { numpyGlobals } from '../pickle/numpy.js';
import { PickleGlobal } from '../pickle/values.js';
import { checkSizes, checkWindow, type RecordDType, type StorageRecord, TensorRecord } from '../records.js';
import { quote } from '../text.js';

/** PyTorch's storage classes by element type; the writer names them too. */
export const STORAGE_CLASS: Readonly<Record<RecordDType, string>> = {
  float32: 'FloatStorage',
  float64: 'DoubleStorage',
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  int64: 'LongStorage',
  int32: 'IntStorage',
  int16: 'ShortStorage',
  int8: 'CharStorage',
  uint8: 'ByteStorage',
  bool: 'BoolStorage',
};

/** The element type that a storage class stands for in a persistent id. */
export class StorageClass {
  readonly dtype: RecordDType;
  constructor(dtype: RecordDType) {
    this.dtype = dtype;
  }
}

/** A storage, or a window into one, before a tensor is laid over it. */
export class StorageWindow {
  readonly storage: StorageRecord;
  /** In elements. */
  readonly offset: number;
  readonly length: number;
  constructor(storage: StorageRecord, offset: number, length: number) {
    this.storage = storage;
    this.offset = offset;
    this.length = length;
  }
}

const wrong = (name: string): never => {
  throw new FormatError(`.pth: ${name} is called with arguments that it does not take: the file is damaged`);
};

function rebuildTensor(name: string, [window, offset, size, stride, requiresGrad]: readonly unknown[]): TensorRecord {
  if (!(window instanceof StorageWindow)) return wrong(name);
  const shape = checkSizes(".pth: a tensor's shape", size);
  const strides = checkSizes(".pth: a tensor's strides", stride);
  checkWindow('.pth: a tensor', window.length, shape, strides, offset);
  return tensorOf(
    new TensorRecord(window.storage, shape, strides, window.offset + offset),
    requiresGrad === true,
    false,
  );
}

function rebuildParameter(name: string, [data, requiresGrad]: readonly unknown[]): TensorRecord {
  if (!(data instanceof TensorRecord)) return wrong(name);
  return tensorOf(data, requiresGrad === true, true);
}

/** The same tensor with its place in training. */
function tensorOf(
  { storage, shape, strides, offset }: TensorRecord,
  requiresGrad: boolean,
  parameter: boolean,
): TensorRecord {
  if (requiresGrad && !storage.dtype.includes('float')) {
    throw new FormatError(`.pth: a tensor of ${storage.dtype} is said to require gradients: the file is damaged`);
  }
  return new TensorRecord(storage, shape, strides, offset, requiresGrad, parameter);
}

function device(name: string, [type, number]: readonly unknown[]): string {
  if (typeof type !== 'string') return wrong(name);
  return number === undefined || number === null ? type : `${type}:${String(number)}`;
}

const first = (name: string, [value]: readonly unknown[]): unknown => value ?? wrong(name);

const makers = globalsFrom({
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_parameter': rebuildParameter,
  // The state holds attributes that a script set on the parameter; nothing here needs them.
  'torch._utils._rebuild_parameter_with_state': rebuildParameter,
  'torch.Size': first,
  'torch.device': device,
  'torch.serialization._get_layout': first,
});

/** Tensors with attributes of their own, or of a subclass: the call that rebuilds the plain tensor stands inside. */
const rebuildFromType = new PickleGlobal('torch._tensor._rebuild_from_type_v2', ([build, , args], context) => {
  return build instanceof PickleGlobal ? build.call(args, context) : wrong('torch._tensor._rebuild_from_type_v2');
});

const dtypeNames = [...Object.keys(STORAGE_CLASS), 'complex64', 'complex128', 'uint16', 'uint32', 'uint64'];

const torchGlobals = new Map<string, unknown>([
  ...makers,
  ['torch._tensor._rebuild_from_type_v2', rebuildFromType],
  ['torch.Tensor', new PickleGlobal('torch.Tensor')],
  ['torch.nn.parameter.Parameter', new PickleGlobal('torch.nn.parameter.Parameter')],
  ...Object.entries(STORAGE_CLASS).map(([dtype, name]): [string, unknown] => [
    `torch.${name}`,
    new StorageClass(dtype as RecordDType),
  ]),
  ...dtypeNames.map((name): [string, unknown] => [`torch.${name}`, name]),
]);

/** Kinds of tensors that PyTorch has and Flambeau has not. */
const UNSUPPORTED: readonly [pattern: RegExp, what: string][] = [
  [/^torch\.(Complex\w*Storage)$/, 'a complex tensor'],
  [/^torch\.(Q\w*Storage)$|_rebuild_qtensor$/, 'a quantized tensor'],
  [/_rebuild_sparse_tensor$/, 'a sparse tensor'],
  [/nested/, 'a nested tensor'],
  [/_rebuild_tensor_v3$|^torch\.storage\.UntypedStorage$|^torch\.Float8\w*$/, 'a tensor of a rare dtype'],
  [/_rebuild_meta_tensor_no_storage$/, 'a tensor without data'],
];

/**
 * The meaning of a global. Everything that is not on the table is refused, by name and with the way out.
 * @throws FormatError
 */
export function findGlobal(module: string, name: string): unknown {
  const full = globalName(module, name);
  for (const table of [torchGlobals, builtinGlobals, numpyGlobals]) {
    const found = table.get(full);
    if (found !== undefined) return found;
  }
  for (const [pattern, what] of UNSUPPORTED) {
    if (pattern.test(full))
      throw new FormatError(
        `load: the file holds ${what} (${quote(full)}), which cannot be read here: convert it to a dense tensor of a common dtype in Python and save that`,
      );
  }
  throw new FormatError(
    `load: the file names ${quote(full)}, which is no plain data, and no code of a file is ever run. If it holds a whole net saved with torch.save(net, path), save its numbers in Python instead: torch.save(net.state_dict(), path)`,
  );
}
