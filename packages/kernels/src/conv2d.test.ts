import { describe, test } from 'vitest';
import { engines } from './engines.testing.js';
import { expectClose, type Float, floats, Heap, onAnyThreads, Random } from './heap.testing.js';

type Pair = readonly [number, number];
interface Convolution {
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

function geometry(p: Convolution) {
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

function reference(
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

describe.each(engines)('conv2d on $name', (engine) => {
  const { conv2d_forward, conv2d_input_grad, conv2d_weight_grad } = engine.kernels;

  function check({ type, Values, tolerance }: Float, p: Convolution) {
    const { numbers, lengths } = geometry(p);
    const random = new Random(lengths.x + lengths.weight);
    const x = random.fill(Values, lengths.x);
    const weight = random.fill(Values, lengths.weight);
    const grad = random.fill(Values, lengths.out);
    const bias = p.bias === false ? null : random.fill(Values, p.oc);
    const results = onAnyThreads(engine, () =>
      Heap.use(engine, (heap) => {
        const out = heap.room(Values, lengths.out);
        const dx = heap.room(Values, lengths.x);
        const dweight = heap.room(Values, lengths.weight);
        const dbias = heap.room(Values, p.oc);
        const [xs, weights, grads] = [heap.put(x), heap.put(weight), heap.put(grad)];
        conv2d_forward[type](out, xs, weights, heap.put(bias), ...numbers);
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
    const wanted = reference(p, x, weight, bias, grad);
    for (const [i, what] of ['out', 'dx', 'dweight', 'dbias'].entries()) {
      expectClose(results[i]!, wanted[i]!, tolerance, `${what} of ${JSON.stringify(p)}`);
    }
  }

  describe.each(floats)('$type', (float) => {
    test('channels around the tiles', () => {
      for (const c of [1, 2, 3, 4, 5, 8, 13, 14, 15, 17])
        check(float, { n: 2, size: [5, 7], c, oc: 6, kernel: [3, 3], pad: [1, 1] });
      for (const oc of [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 65]) {
        check(float, { n: 1, size: [6, 9], c: 3, oc, kernel: [3, 3], pad: [1, 1] });
        check(float, { n: 1, size: [6, 9], c: 5, oc, kernel: [3, 3], pad: [1, 1] });
      }
    });

    test('pictures of any width, where tiles cross rows and pictures', () => {
      for (let w = 1; w <= 33; w++) check(float, { n: 2, size: [3, w], c: 5, oc: 9, kernel: [3, 3], pad: [1, 1] });
    });

    test('strides, padding and dilation, the two dimensions apart', () => {
      for (const stride of [
        [1, 1],
        [2, 2],
        [3, 1],
        [1, 4],
      ] as const) {
        for (const pad of [
          [0, 0],
          [1, 2],
          [4, 3],
        ] as const) {
          for (const dilation of [
            [1, 1],
            [2, 2],
            [1, 3],
            [3, 2],
          ] as const) {
            for (const kernel of [
              [3, 3],
              [2, 1],
              [1, 4],
            ] as const) {
              check(float, { n: 2, size: [9, 11], c: 2, oc: 5, kernel, stride, pad, dilation });
              check(float, { n: 1, size: [9, 11], c: 6, oc: 4, kernel, stride, pad, dilation, bias: false });
            }
          }
        }
      }
    });

    test('groups', () => {
      for (const groups of [2, 3]) {
        for (const [c, oc] of [
          [1, 1],
          [4, 3],
          [8, 17],
          [15, 2],
        ] as const) {
          check(float, {
            n: 2,
            size: [5, 6],
            c: c * groups,
            oc: oc * groups,
            kernel: [3, 3],
            pad: [1, 1],
            stride: [2, 1],
            groups,
          });
          check(float, { n: 2, size: [4, 4], c: c * groups, oc: oc * groups, kernel: [1, 1], groups });
        }
      }
      check(float, { n: 1, size: [5, 5], c: 3, oc: 6, kernel: [3, 3], groups: 3 });
    });

    test('a group for every channel', () => {
      for (const c of [2, 3, 8, 16, 17, 33]) {
        for (const stride of [
          [1, 1],
          [2, 3],
        ] as const) {
          for (const dilation of [
            [1, 1],
            [2, 1],
          ] as const) {
            check(float, { n: 2, size: [7, 10], c, oc: c, kernel: [3, 3], pad: [1, 1], stride, dilation, groups: c });
          }
        }
      }
    });

    test('one tap, one pixel, a kernel larger than the picture', () => {
      check(float, { n: 3, size: [4, 5], c: 7, oc: 11, kernel: [1, 1] });
      check(float, { n: 3, size: [4, 5], c: 7, oc: 11, kernel: [1, 1], stride: [2, 2] });
      check(float, { n: 3, size: [1, 1], c: 20, oc: 30, kernel: [3, 3], pad: [1, 1] });
      check(float, { n: 2, size: [2, 2], c: 6, oc: 5, kernel: [5, 7], pad: [2, 3] });
      check(float, { n: 2, size: [2, 3], c: 6, oc: 5, kernel: [3, 3], pad: [5, 5] });
    });

    test('a first layer, and sums longer than a block', () => {
      check(float, { n: 5, size: [28, 28], c: 1, oc: 32, kernel: [5, 5], pad: [2, 2] });
      check(float, { n: 2, size: [8, 8], c: 64, oc: 40, kernel: [3, 3], pad: [1, 1] });
    });
  });
});
