import * as fl from '../index.js';
import { joined } from './save.js';
import { ZipArchive } from './zip/read.js';
import { writeZip, type ZipEntry } from './zip/write.js';

/** Files as Flambeau writes them. tools/goldens/check_formats.py has PyTorch read each and records its digest, which the tests compare. */
export function written(): Record<string, Uint8Array> {
  const pth = fl.serialize(checkpoint());
  return {
    'checkpoint.pth': pth,
    'wide.pth': wide(pth),
    'model.safetensors': fl.safetensors.serialize(weights(), { format: 'pt' }),
  };
}

function weights(): fl.StateDict {
  return {
    'conv.weight': fl.arange(18).reshape(2, 1, 3, 3).div(8),
    'conv.bias': fl.tensor([0.5, -0.5]),
    'bn.num_batches_tracked': fl.tensor(7),
    Ä: fl.tensor([true, false]),
    empty: fl.zeros([0, 4]),
  };
}

/** Adam after a step without slope, whose numbers are the same on every machine. */
function optimizerState(): unknown {
  const param = new fl.nn.Parameter(fl.tensor([1.5, 2.5]));
  const adam = new fl.optim.Adam([param], { lr: 0.25, betas: Object.freeze([0.5, 0.75]) as [number, number] });
  param.mul(0).sum().backward();
  adam.step();
  return adam.stateDict();
}

function checkpoint(): unknown {
  const base = fl.arange(12, { dtype: 'float32' }).reshape(3, 4);
  return {
    epoch: 3,
    model: weights(),
    optimizer: optimizerState(),
    dtypes: {
      float32: fl.tensor([1.5, Number.NEGATIVE_INFINITY]),
      float64: fl.tensor([0.1], { dtype: 'float64' }),
      int64: fl.tensor([-(2 ** 53) + 1]),
      int32: fl.tensor([-5], { dtype: 'int32' }),
      uint8: fl.tensor([0, 255], { dtype: 'uint8' }),
      bool: fl.tensor([true, false]),
    },
    views: { base, transposed: base.t(), row: base.at(1), stepped: base.at(':', '::2'), scalar: base.at(2, 3) },
    parameter: new fl.nn.Parameter(fl.tensor([1, 2, 3.5])),
    frozen: new fl.nn.Parameter(fl.tensor([1.5]), false),
    leaf: fl.tensor([2.5], { requiresGrad: true }),
    numbers: [0, 255, 256, 65_536, -1, 2 ** 31, 2 ** 53 - 1, 2n ** 70n, -(2n ** 63n), 0.1, -0, 1e300],
    text: 'Ä 漢字 🔥',
    bytes: Uint8Array.of(0, 255, 128),
    set: new Set(['a', 'b']),
    complex: new fl.Complex(1, -2),
    tuples: Object.freeze([Object.freeze([]), Object.freeze([1]), Object.freeze([1, 2, 3, 4])]),
    long: Array.from({ length: 1001 }, (_, i) => i),
    none: null,
  };
}

/** The same archive with 64-bit sizes and offsets wherever they may stand, as in files past 4 GB. */
function wide(pth: Uint8Array): Uint8Array {
  const archive = new ZipArchive(pth);
  const entries = archive.names.map((name): ZipEntry => ({ name, bytes: archive.read(name) }));
  return joined(writeZip(entries, 64, 1));
}
