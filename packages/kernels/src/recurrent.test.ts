import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, floats, Heap, onAnyThreads, Random, type Reals } from './heap.testing.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** One sequence and direction at a time: the new h and c from the gates' sums of input and recurrent part. */
const cells = {
  lstm: (x: number[], h: number[], _h: number, c: number) => {
    const [i, f, g, o] = x.map((v, k) => (k === 2 ? Math.tanh : sigmoid)(v + h[k]!)) as [
      number,
      number,
      number,
      number,
    ];
    const next = f * c + i * g;
    return [o * Math.tanh(next), next] as const;
  },
  gru: (x: number[], h: number[], before: number) => {
    const [r, z] = [sigmoid(x[0]! + h[0]!), sigmoid(x[1]! + h[1]!)];
    const n = Math.tanh(x[2]! + r * h[2]!);
    return [n + z * (before - n), 0] as const;
  },
  rnn: (x: number[], h: number[]) => [Math.tanh(x[0]! + h[0]!), 0] as const,
};
const gatesOf = { lstm: 4, gru: 3, rnn: 1 } as const;
type Kind = keyof typeof cells;

interface Problem {
  readonly sizes: readonly number[];
  readonly hidden: number;
  readonly directions: 1 | 2;
}

/** The rows of a problem with random numbers in them. */
function fill(
  kind: Kind,
  { sizes, hidden: H, directions: D }: Problem,
  Values: Float32ArrayConstructor | Float64ArrayConstructor,
) {
  const [random, G, B] = [new Random(H + sizes.length), gatesOf[kind], sizes[0]!];
  const N = sizes.reduce((n, size) => n + size, 0);
  return {
    N,
    gates: random.fill(Values, D * N * G * H),
    weight: [0, 1].map(() => random.fill(Values, G * H * H, (x) => x / Math.sqrt(H))) as [Reals, Reals],
    bias: [0, 1].map(() => random.fill(Values, G * H)) as [Reals, Reals],
    h0: random.fill(Values, D * B * H),
    c0: random.fill(Values, D * B * H),
  };
}

/** The slow truth: out (N, D H) and the last h and c (D, B, H). */
function reference(kind: Kind, problem: Problem, data: ReturnType<typeof fill>) {
  const { sizes, hidden: H, directions: D } = problem;
  const [G, B] = [gatesOf[kind], sizes[0]!];
  const out = new Float64Array(data.N * D * H);
  const [hn, cn] = [Float64Array.from(data.h0), Float64Array.from(data.c0)];
  const begins = sizes.map((_, t) => sizes.slice(0, t).reduce((n, size) => n + size, 0));
  for (let d = 0; d < D; d++) {
    for (let s = 0; s < sizes.length; s++) {
      const t = d === 0 ? s : sizes.length - 1 - s;
      for (let b = 0; b < sizes[t]!; b++) {
        const row = begins[t]! + b;
        const h = hn.slice((d * B + b) * H, (d * B + b + 1) * H);
        for (let j = 0; j < H; j++) {
          const gates = Array.from({ length: G }, (_, g) => g * H + j);
          const x = gates.map((g) => data.gates[(d * data.N + row) * G * H + g]!);
          const part = gates.map((g) =>
            h.reduce((sum, v, k) => sum + v * data.weight[d]![g * H + k]!, data.bias[d]![g]!),
          );
          const at = (d * B + b) * H + j;
          const [next, cell] = cells[kind](x, part, h[j]!, cn[at]!);
          hn[at] = next;
          cn[at] = cell;
          out[(row * D + d) * H + j] = next;
        }
      }
    }
  }
  return { out, hn, cn };
}

const problems: Problem[] = [
  { sizes: [3, 3, 3, 3], hidden: 5, directions: 1 },
  { sizes: [1, 1], hidden: 1, directions: 2 },
  { sizes: [5, 4, 4, 1, 1], hidden: 19, directions: 2 },
  { sizes: [70, 70, 66], hidden: 33, directions: 1 },
  { sizes: [9, 2], hidden: 300, directions: 2 },
];

describe.each(engines)('recurrent layers on $name', (engine) => {
  const { kernels } = engine;

  describe.each(floats)('$type', ({ type, Values, tolerance }) => {
    describe.each(['lstm', 'gru', 'rnn'] as const)('%s', (kind) => {
      test('gives what the slow reference gives, for any sizes and on any number of threads', () => {
        for (const problem of problems) {
          const { sizes, hidden: H, directions: D } = problem;
          const [B, T] = [sizes[0]!, sizes.length];
          const data = fill(kind, problem, Values);
          const { N } = data;
          const lead = H + 3;
          const [out, hn, cn] = onAnyThreads(engine, () =>
            Heap.use(engine, (heap) => {
              const room = (n: number) => heap.room(Values, n);
              const [rows, gates, states, last] = [
                room(N * D * H),
                heap.put(data.gates),
                room(D * N * lead),
                room(D * B * H),
              ];
              const weights = data.weight.map((w, d) => (d < D ? heap.put(w) : 0)) as [number, number];
              const biases = data.bias.map((b, d) => (d < D ? heap.put(b) : 0)) as [number, number];
              const step = heap.put(sizes.every((size) => size === B) ? null : BigInt64Array.from(sizes, BigInt));
              const extents = [step, T, B, H, lead] as const;
              const [h0, c0, extra, cell] = [heap.put(data.h0), heap.put(data.c0), room(D * N * H), room(D * B * H)];
              const all = [...weights, ...biases, ...extents] as const;
              if (kind === 'lstm') kernels.lstm[type](rows, gates, extra, states, last, cell, h0, c0, ...all);
              else if (kind === 'gru') kernels.gru[type](rows, gates, extra, states, last, h0, ...all);
              else kernels.rnn[type](rows, gates, states, last, h0, ...all, 0);
              return [
                heap.get(rows, Values, N * D * H),
                heap.get(last, Values, D * B * H),
                heap.get(cell, Values, D * B * H),
              ];
            }),
          );
          const wanted = reference(kind, problem, data);
          expectClose(out!, wanted.out, 20 * tolerance, `rows of ${JSON.stringify(problem)}`);
          expectClose(hn!, wanted.hn, 20 * tolerance, 'hn');
          if (kind === 'lstm') expectClose(cn!, wanted.cn, 20 * tolerance, 'cn');
        }
      });
    });

    test('the gradient of an RNN from its definition, over steps that lose sequences', () => {
      // One hidden unit: h = tanh(x + w h'), so every slope is a product of a few numbers.
      const [w, x] = [0.5, [0.1, 0.2, 0.3]] as const;
      const h1 = [Math.tanh(0.1), Math.tanh(0.2)] as const;
      const h2 = Math.tanh(x[2] + w * h1[0]);
      const d2 = 1 - h2 * h2;
      const wanted = [(1 - h1[0] ** 2) * (1 + w * d2), 2 * (1 - h1[1] ** 2), d2];
      const [slopes, dh] = Heap.use(engine, (heap) => {
        const [rows, gates, states, last] = [
          heap.room(Values, 3),
          heap.put(Values.from(x)),
          heap.room(Values, 3),
          heap.room(Values, 2),
        ];
        const [weight, sizes] = [heap.put(Values.of(w)), heap.put(BigInt64Array.of(2n, 1n))];
        kernels.rnn[type](rows, gates, states, last, 0, weight, 0, 0, 0, sizes, 2, 2, 1, 1, 0);
        // The second sequence ends at the first step: its last state's gradient comes in there.
        const [found, first] = [heap.room(Values, 3), heap.put(Values.of(0, 1))];
        kernels.rnn_backward[type](found, first, heap.put(Values.of(1, 1, 1)), gates, weight, 0, sizes, 2, 2, 1, 1, 0);
        return [heap.get(found, Values, 3), heap.get(first, Values, 2)];
      });
      expectClose(slopes!, wanted, 10 * tolerance);
      expectClose(dh!, [wanted[0]! * w, wanted[1]! * w], 10 * tolerance);
      expect(dh).toHaveLength(2);
    });
  });
});
