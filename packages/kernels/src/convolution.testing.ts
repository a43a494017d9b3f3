import type { Engine } from './engine.js';
import { type Float, Heap, onAnyThreads, type Reals } from './heap.testing.js';

type Pair = readonly [number, number];
export interface Convolution {
  n: number;
  size: Pair;
  c: number;
  oc: number;
  kernel: Pair;
  stride?: Pair;
  pad?: Pair;
  dilation?: Pair;
  groups?: number;
  bias?: boolean;
}

/** Its numbers as the kernels take them, and how many elements its operands have. */
export function geometry(p: Convolution) {
  const { n, size, c, oc, kernel, stride = [1, 1], pad = [0, 0], dilation = [1, 1], groups = 1 } = p;
  const out = (d: 0 | 1) => Math.floor((size[d] + 2 * pad[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d]) + 1;
  const [oh, ow] = [out(0), out(1)];
  const numbers = [n, ...size, c, oh, ow, oc, ...kernel, ...stride, ...pad, ...dilation, groups] as const;
  const lengths = {
    x: n * size[0] * size[1] * c,
    out: n * oh * ow * oc,
    weight: (oc * c * kernel[0] * kernel[1]) / groups,
  };
  return { oh, ow, stride, pad, dilation, groups, numbers, lengths };
}

/** Calls back for every product x * weight that goes into an output, by their places. */
function eachProduct(p: Convolution, at: (out: number, x: number, weight: number) => void) {
  const { n, size, c, oc, kernel } = p;
  const { oh, ow, stride, pad, dilation, groups } = geometry(p);
  const inGroup = c / groups;
  const outGroup = oc / groups;
  for (let i = 0; i < n; i++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ox = 0; ox < ow; ox++) {
        for (let ky = 0; ky < kernel[0]; ky++) {
          const y = oy * stride[0] - pad[0] + ky * dilation[0];
          if (y < 0 || y >= size[0]) continue;
          for (let kx = 0; kx < kernel[1]; kx++) {
            const x = ox * stride[1] - pad[1] + kx * dilation[1];
            if (x < 0 || x >= size[1]) continue;
            for (let o = 0; o < oc; o++) {
              const first = Math.floor(o / outGroup) * inGroup;
              for (let q = 0; q < inGroup; q++) {
                at(
                  ((i * oh + oy) * ow + ox) * oc + o,
                  ((i * size[0] + y) * size[1] + x) * c + first + q,
                  ((o * inGroup + q) * kernel[0] + ky) * kernel[1] + kx,
                );
              }
            }
          }
        }
      }
    }
  }
}

/** out, dx, dweight and dbias by the definition, in double precision. */
export function reference(
  p: Convolution,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number> | null,
  grad: ArrayLike<number>,
) {
  const out = new Float64Array(grad.length);
  const dx = new Float64Array(x.length);
  const dweight = new Float64Array(weight.length);
  const dbias = new Float64Array(p.oc);
  for (let i = 0; i < grad.length; i++) {
    out[i] = bias ? bias[i % p.oc]! : 0;
    dbias[i % p.oc]! += grad[i]!;
  }
  eachProduct(p, (o, i, w) => {
    out[o]! += x[i]! * weight[w]!;
    dx[i]! += grad[o]! * weight[w]!;
    dweight[w]! += grad[o]! * x[i]!;
  });
  return [out, dx, dweight, dbias] as const;
}

/** out, dx, dweight and dbias by the kernels; the same bits on any number of threads. */
export function compute(
  engine: Engine,
  { type, Values }: Float,
  p: Convolution,
  x: Reals,
  weight: Reals,
  bias: Reals | null,
  grad: Reals,
): readonly Reals[] {
  const { conv2d_forward, conv2d_input_grad, conv2d_weight_grad } = engine.kernels;
  const { numbers, lengths } = geometry(p);
  return onAnyThreads(engine, () =>
    Heap.use(engine, (heap) => {
      const out = heap.room(Values, lengths.out);
      const dx = heap.room(Values, lengths.x);
      const dweight = heap.room(Values, lengths.weight);
      const dbias = heap.room(Values, p.oc);
      const [xs, weights, grads] = [heap.put(x), heap.put(weight), heap.put(grad)];
      conv2d_forward[type](out, xs, weights, heap.put(bias), 0, 0, ...numbers);
      conv2d_input_grad[type](dx, grads, weights, ...numbers);
      conv2d_weight_grad[type](dweight, dbias, grads, xs, ...numbers);
      if (bias === null) conv2d_weight_grad[type](dweight, 0, grads, xs, ...numbers);
      return [
        heap.get(out, Values, lengths.out),
        heap.get(dx, Values, lengths.x),
        heap.get(dweight, Values, lengths.weight),
        heap.get(dbias, Values, p.oc),
      ];
    }),
  );
}
