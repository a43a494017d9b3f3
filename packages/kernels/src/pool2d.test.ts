import { describe, expect, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random, type Reals } from './heap.testing.js';

type Pair = readonly [number, number];
interface Pooling {
  n: number;
  size: Pair;
  c: number;
  kernel: Pair;
  stride: Pair;
  pad?: Pair;
  dilation?: Pair;
  /** Rows and columns of output beyond those that fit, as with ceilMode. */
  extra?: number;
}

function geometry(p: Pooling) {
  const { size, kernel, stride, pad = [0, 0], dilation = [1, 1], extra = 0 } = p;
  const out = (d: 0 | 1) =>
    Math.floor((size[d] + 2 * pad[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d]) + 1 + extra;
  return { oh: out(0), ow: out(1), pad, dilation };
}

/** The pixels (y W + x) of an output's window that lie in the picture. */
function windowOf(p: Pooling, oy: number, ox: number): number[] {
  const { pad, dilation } = geometry(p);
  const pixels = [];
  for (let a = 0; a < p.kernel[0]; a++) {
    for (let b = 0; b < p.kernel[1]; b++) {
      const y = oy * p.stride[0] - pad[0] + a * dilation[0];
      const x = ox * p.stride[1] - pad[1] + b * dilation[1];
      if (y >= 0 && y < p.size[0] && x >= 0 && x < p.size[1]) pixels.push(y * p.size[1] + x);
    }
  }
  return pixels;
}

/** Calls back for every output with its window and its channel's place in the picture. */
function eachOutput(
  p: Pooling,
  at: (out: number, pixels: number[], place: (pixel: number) => number, oy: number, ox: number) => void,
) {
  const { oh, ow } = geometry(p);
  for (let i = 0; i < p.n; i++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ox = 0; ox < ow; ox++) {
        const pixels = windowOf(p, oy, ox);
        for (let k = 0; k < p.c; k++) {
          at(
            ((i * oh + oy) * ow + ox) * p.c + k,
            pixels,
            (pixel) => (i * p.size[0] * p.size[1] + pixel) * p.c + k,
            oy,
            ox,
          );
        }
      }
    }
  }
}

const poolings: Pooling[] = [
  { n: 2, size: [6, 8], c: 5, kernel: [2, 2], stride: [2, 2] },
  { n: 1, size: [7, 9], c: 17, kernel: [3, 3], stride: [2, 2], pad: [1, 1] },
  { n: 2, size: [7, 6], c: 3, kernel: [3, 2], stride: [1, 2], pad: [1, 0] },
  { n: 1, size: [8, 8], c: 33, kernel: [3, 3], stride: [2, 2], extra: 1 },
  { n: 3, size: [28, 28], c: 32, kernel: [2, 2], stride: [2, 2] },
  { n: 1, size: [5, 5], c: 16, kernel: [5, 5], stride: [1, 1] },
];

describe.each(engines)('pooling on $name', (engine) => {
  const { kernels } = engine;

  function max({ type, Values }: Float, p: Pooling, x: Reals) {
    const { oh, ow, pad, dilation } = geometry(p);
    const length = p.n * oh * ow * p.c;
    return Heap.use(engine, (heap) => {
      const out = heap.room(Values, length);
      const index = heap.room(Int32Array, length);
      const xs = heap.put(x);
      kernels.max_pool2d[type](
        out,
        index,
        xs,
        p.n,
        ...p.size,
        p.c,
        oh,
        ow,
        ...p.kernel,
        ...p.stride,
        ...pad,
        ...dilation,
      );
      const grad = new Random(3).fill(Values, length);
      const dx = heap.room(Values, x.length);
      kernels.max_pool2d_input_grad[type](dx, heap.put(grad), index, p.n, ...p.size, p.c, oh, ow);
      const gathered = heap.room(Values, length);
      kernels.max_pool2d_gather[type](gathered, xs, index, p.n, ...p.size, p.c, oh, ow);
      return {
        out: heap.get(out, Values, length),
        index: heap.get(index, Int32Array, length),
        gathered: heap.get(gathered, Values, length),
        dx: heap.get(dx, Values, x.length),
        grad,
      };
    });
  }

  describe.each(floats)('$type', (float) => {
    const { type, Values, tolerance } = float;

    test('the largest of each window, the first of equals, the last of several NaN', () => {
      const dilated: Pooling = {
        n: 1,
        size: [9, 11],
        c: 4,
        kernel: [3, 2],
        stride: [1, 2],
        pad: [1, 1],
        dilation: [2, 3],
      };
      for (const p of [...poolings, dilated]) {
        const values = [-2, -1, -1, 0, 1, 1, 2, Number.NaN, Number.NEGATIVE_INFINITY];
        const random = new Random(p.c);
        const x = random.fill(Values, p.n * p.size[0] * p.size[1] * p.c, () => values[random.below(values.length)]!);
        const { out, index, gathered, dx, grad } = max(float, p, x);
        const wantedDx = new Float64Array(x.length);
        eachOutput(p, (o, pixels, place) => {
          let best = pixels[0]!;
          for (const pixel of pixels) {
            const v = x[place(pixel)]!;
            if (v > x[place(best)]! || Number.isNaN(v)) best = pixel;
          }
          expect(index[o]).toBe(best);
          expect(out[o]).toBe(x[place(best)]);
          expect(gathered[o]).toBe(out[o]);
          wantedDx[place(best)]! += grad[o]!;
        });
        expectClose(dx, wantedDx, tolerance, JSON.stringify(p));
      }
    });

    test('the largest of a batch norm with a relu, and the way back through all three, as the three alone have it', () => {
      const apart: Pooling[] = [
        { n: 2, size: [7, 9], c: 37, kernel: [2, 2], stride: [2, 3], pad: [1, 0] },
        { n: 1, size: [4, 5], c: 1, kernel: [1, 2], stride: [2, 2] },
      ];
      for (const p of [...poolings, ...apart]) {
        const { oh, ow, pad, dilation } = geometry(p);
        const pixels = p.n * p.size[0] * p.size[1];
        const length = p.n * oh * ow * p.c;
        const random = new Random(p.c);
        const x = random.fill(Values, pixels * p.c);
        const [mean, rstd, weight, scale, shift] = Array.from({ length: 5 }, () =>
          random.fill(Values, p.c, (v) => v + 1),
        );
        const grad = random.fill(Values, length);
        const results = onAnyThreads(engine, () =>
          Heap.use(engine, (heap) => {
            const terms = [mean, rstd, scale, shift].map((values) => heap.put(values!));
            const [m, r, s, t] = terms as [number, number, number, number];
            const xs = heap.put(x);
            const [w, g] = [heap.put(weight!), heap.put(grad)];
            const y = heap.room(Values, x.length);
            const outs = [0, 1].map(() => heap.room(Values, length));
            const winners = [0, 1].map(() => heap.room(Int32Array, length));
            const sizes = [p.n, ...p.size, p.c, oh, ow] as const;
            const window = [...p.kernel, ...p.stride, ...pad, ...dilation] as const;
            kernels.batch_norm[type](y, xs, m, s, t, 0, pixels, p.c, 1, 1);
            kernels.max_pool2d[type](outs[0]!, winners[0]!, y, ...sizes, ...window);
            kernels.batch_norm_relu_max_pool2d[type](outs[1]!, winners[1]!, xs, m, s, t, ...sizes, ...window);
            const found = [
              ...outs.map((place) => heap.get(place, Values, length)),
              ...winners.map((place) => Values.from(heap.get(place, Int32Array, length))),
            ];
            if (p.stride.some((step, d) => step < p.kernel[d]!)) return found;
            const dy = heap.room(Values, x.length);
            const grads = [0, 1].map(() => [x.length, p.c, p.c].map((count) => heap.room(Values, count)));
            const [[dx, dw, db], [dx1, dw1, db1]] = grads as [[number, number, number], [number, number, number]];
            kernels.max_pool2d_input_grad[type](dy, g, winners[0]!, ...sizes);
            kernels.batch_norm_backward[type](dx, dw, db, dy, xs, w, m, r, s, t, pixels, p.c, 1, 1);
            const rest = [...p.stride, ...pad, 1] as const;
            kernels.batch_norm_relu_max_pool2d_backward[type](
              ...([dx1, dw1, db1, g, winners[0]!, xs, w, m, r, s, t] as const),
              ...sizes,
              ...rest,
            );
            return [
              ...found,
              ...[dx, dx1].map((place) => heap.get(place, Values, x.length)),
              ...[dw, dw1, db, db1].map((place) => heap.get(place, Values, p.c)),
            ];
          }),
        );
        // With one channel the sums run along it, in another order.
        const close = p.c === 1 ? tolerance : 0;
        for (let i = 0; i < results.length; i += 2) expectClose(results[i + 1]!, results[i]!, close, JSON.stringify(p));
      }
    });

    test('averages, their divisors and gradients', () => {
      for (const p of poolings) {
        for (const includePad of [true, false]) {
          for (const divisor of [0, 3]) checkAverage(p, includePad, divisor);
        }
      }
    });

    function checkAverage(p: Pooling, includePad: boolean, divisor: number) {
      const { oh, ow, pad } = geometry(p);
      const random = new Random(p.c);
      const x = random.fill(Values, p.n * p.size[0] * p.size[1] * p.c);
      const grad = random.fill(Values, p.n * oh * ow * p.c);
      // Padding counts, but no further than the padded picture goes.
      const padded = (o: number, d: 0 | 1) => {
        const start = o * p.stride[d] - pad[d];
        return Math.min(start + p.kernel[d], p.size[d] + pad[d]) - start;
      };
      const wanted = new Float64Array(grad.length);
      const wantedDx = new Float64Array(x.length);
      eachOutput(p, (o, pixels, place, oy, ox) => {
        const count = divisor || (includePad ? padded(oy, 0) * padded(ox, 1) : pixels.length);
        for (const pixel of pixels) {
          wanted[o]! += x[place(pixel)]! / count;
          wantedDx[place(pixel)]! += grad[o]! / count;
        }
      });
      const numbers = [
        p.n,
        ...p.size,
        p.c,
        oh,
        ow,
        ...p.kernel,
        ...p.stride,
        ...pad,
        Number(includePad),
        divisor,
      ] as const;
      const [out, dx] = onAnyThreads(engine, () =>
        Heap.use(engine, (heap) => {
          const places = [heap.room(Values, grad.length), heap.room(Values, x.length)] as const;
          kernels.avg_pool2d[type](places[0], heap.put(x), ...numbers);
          kernels.avg_pool2d_input_grad[type](places[1], heap.put(grad), ...numbers);
          return [heap.get(places[0], Values, grad.length), heap.get(places[1], Values, x.length)];
        }),
      );
      expectClose(out!, wanted, tolerance, JSON.stringify({ ...p, includePad, divisor }));
      expectClose(dx!, wantedDx, tolerance, JSON.stringify({ ...p, includePad, divisor }));
    }

    test('adaptive averages share the picture out', () => {
      const [n, h, w, c] = [2, 7, 5, 3];
      for (const [oh, ow] of [
        [1, 1],
        [3, 2],
        [7, 5],
        [9, 4],
      ] as const) {
        const x = new Random(1).fill(Values, n * h * w * c);
        const grad = new Random(2).fill(Values, n * oh * ow * c);
        const wanted = new Float64Array(grad.length);
        const wantedDx = new Float64Array(x.length);
        for (let o = 0; o < grad.length; o++) {
          const [i, oy, ox, k] = [
            Math.floor(o / c / ow / oh),
            Math.floor(o / c / ow) % oh,
            Math.floor(o / c) % ow,
            o % c,
          ];
          const ys = [Math.floor((oy * h) / oh), Math.ceil(((oy + 1) * h) / oh)] as const;
          const xs = [Math.floor((ox * w) / ow), Math.ceil(((ox + 1) * w) / ow)] as const;
          const count = (ys[1] - ys[0]) * (xs[1] - xs[0]);
          for (let y = ys[0]; y < ys[1]; y++) {
            for (let q = xs[0]; q < xs[1]; q++) {
              wanted[o]! += x[((i * h + y) * w + q) * c + k]! / count;
              wantedDx[((i * h + y) * w + q) * c + k]! += grad[o]! / count;
            }
          }
        }
        Heap.use(engine, (heap) => {
          const out = heap.room(Values, grad.length);
          const dx = heap.room(Values, x.length);
          kernels.adaptive_avg_pool2d[type](out, heap.put(x), n, h, w, c, oh, ow);
          kernels.adaptive_avg_pool2d_input_grad[type](dx, heap.put(grad), n, h, w, c, oh, ow);
          expectClose(heap.get(out, Values, grad.length), wanted, tolerance);
          expectClose(heap.get(dx, Values, x.length), wantedDx, tolerance);
        });
      }
    });
  });
});
