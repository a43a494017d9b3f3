import { normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const SQUARES = [64, 128, 256, 384, 512, 768, 1024, 1536, 2048];

const square = SQUARES.map((n) =>
  op(`${n} × ${n} × ${n}`, {
    inputs: { a: normal(n, n), b: normal(n, n) },
    ours: ({ a, b }) => a.matmul(b),
    theirs: 'a @ b',
    flops: 2 * n ** 3,
  }),
);

/** Rows, depth, columns: tall and fat products as linear layers and attention have them, and thin ones. */
const SHAPES: readonly [what: string, m: number, k: number, n: number][] = [
  ['tall', 8192, 64, 64],
  ['tall', 6272, 576, 128],
  ['fat', 64, 64, 8192],
  ['deep', 64, 8192, 64],
  ['linear layer, batch 64', 64, 6272, 10],
  ['linear layer, batch 128', 128, 2048, 512],
  ['thin: one row', 1, 1024, 1024],
  ['thin: four rows', 4, 1024, 1024],
  ['thin: one column', 1024, 1024, 1],
  ['outer product', 1024, 1, 1024],
  ['tiny', 8, 8, 8],
  ['tiny', 16, 32, 16],
];

const shaped = SHAPES.map(([what, m, k, n]) =>
  op(`${what} ${m} × ${k} × ${n}`, {
    inputs: { a: normal(m, k), b: normal(k, n) },
    ours: ({ a, b }) => a.matmul(b),
    theirs: 'a @ b',
    flops: 2 * m * k * n,
  }),
);

const batched = (
  [
    [64, 128, 64, 128],
    [64, 128, 128, 64],
    [512, 32, 32, 32],
    [8, 512, 512, 512],
  ] as const
).map(([batch, m, k, n]) =>
  op(`batch ${batch} of ${m} × ${k} × ${n}`, {
    inputs: { a: normal(batch, m, k), b: normal(batch, k, n) },
    ours: ({ a, b }) => a.matmul(b),
    theirs: 'a @ b',
    flops: 2 * batch * m * k * n,
  }),
);

const N = 512;
const transposed = (['a.t b', 'a b.t', 'a.t b.t'] as const).map((which) => {
  const [left, right] = which.split(' ');
  const flip = (name: string): boolean => name.endsWith('.t');
  return op(`${which}, ${N}`, {
    inputs: { a: normal(N, N), b: normal(N, N) },
    ours: ({ a, b }) => (flip(left) ? a.t() : a).matmul(flip(right) ? b.t() : b),
    theirs: `${flip(left) ? 'a.t()' : 'a'} @ ${flip(right) ? 'b.t()' : 'b'}`,
    flops: 2 * N ** 3,
  });
});

export const gemm = group('gemm', [...square, ...shaped, ...batched, ...transposed]);
