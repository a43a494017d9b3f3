import { describe, test } from 'vitest';
import { BLOCK } from './engine.js';
import { engines } from './engines.testing.js';
import { expectClose, floats, Heap, Random } from './heap.testing.js';

const lengths = [1, 7, 33, 3000];
const steps = 20;
const lr = 0.01;

/** One number with what its optimiser remembers of it. */
interface State {
  param: number;
  buffers: number[];
}

describe.each(engines)('optimisers on $name', (engine) => {
  const { kernels } = engine;

  describe.each(floats)('$type', ({ type, Values, tolerance }) => {
    /**
     * Takes steps with a kernel, on several tensors in one call, and with `update` on every number, and compares.
     * @param buffers for each buffer in a row of the table, whether the tensor has it (else its address is 0)
     */
    function compare(
      buffers: boolean[],
      kernel: (step: number) => void,
      update: (s: State, grad: number, step: number) => void,
      what: string,
    ) {
      Heap.use(engine, (heap) => {
        const random = new Random(5);
        const params = lengths.map((n) => random.fill(Values, n));
        const states = params.map((p) => Array.from(p, (param): State => ({ param, buffers: buffers.map(() => 0) })));
        const places = params.map((p) => heap.put(p));
        const held = lengths.map((n) => buffers.map((has) => (has ? heap.put(new Values(n)) : 0)));
        for (let step = 1; step <= steps; step++) {
          const grads = lengths.map((n) => random.fill(Values, n));
          const table = lengths.flatMap((n, i) => [places[i]!, heap.put(grads[i]!), ...held[i]!, n]);
          engine.block.set(table, BLOCK.loop);
          kernel(step);
          for (const [i, list] of states.entries()) {
            for (const [j, state] of list.entries()) update(state, grads[i]![j]!, step);
          }
        }
        for (const [i, n] of lengths.entries()) {
          const wanted = states[i]!.map((s) => s.param);
          expectClose(heap.get(places[i]!, Values, n), wanted, tolerance, what);
        }
      });
    }

    test('SGD: momentum, dampening, weight decay, Nesterov, maximize', () => {
      for (const momentum of [0, 0.9]) {
        for (const [dampening, nesterov] of [
          [0, false],
          [0.3, false],
          [0, true],
        ] as const) {
          for (const decay of [0, 0.05]) {
            for (const maximize of [false, true]) {
              compare(
                [momentum !== 0],
                (step) => {
                  const flags = [Number(nesterov && momentum !== 0), Number(maximize), Number(step === 1)] as const;
                  kernels.sgd_step[type](lengths.length, lr, momentum, dampening, decay, ...flags);
                },
                (s, grad, step) => {
                  let g = (maximize ? -grad : grad) + decay * s.param;
                  if (momentum !== 0) {
                    s.buffers[0] = step === 1 ? g : momentum * s.buffers[0]! + (1 - dampening) * g;
                    g = nesterov ? g + momentum * s.buffers[0]! : s.buffers[0]!;
                  }
                  s.param -= lr * g;
                },
                JSON.stringify({ momentum, dampening, nesterov, decay, maximize }),
              );
            }
          }
        }
      }
    });

    test('Adam and AdamW: weight decay of both kinds, AMSGrad, maximize', () => {
      const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];
      for (const decay of [0, 0.05]) {
        for (const decoupled of [false, true]) {
          for (const amsgrad of [false, true]) {
            for (const maximize of [false, true]) {
              compare(
                [true, true, amsgrad],
                (step) => {
                  const bias = [1 - beta1 ** step, 1 - beta2 ** step] as const;
                  const flags = [Number(decoupled), Number(maximize)] as const;
                  kernels.adam_step[type](lengths.length, lr, beta1, beta2, eps, decay, ...flags, ...bias);
                },
                (s, grad, step) => {
                  let g = maximize ? -grad : grad;
                  if (decoupled) s.param *= 1 - lr * decay;
                  else g += decay * s.param;
                  const [m, v, peak] = s.buffers as [number, number, number];
                  const average = beta1 * m + (1 - beta1) * g;
                  const square = beta2 * v + (1 - beta2) * g * g;
                  const largest = Math.max(peak, square);
                  s.buffers = [average, square, largest];
                  const root = Math.sqrt((amsgrad ? largest : square) / (1 - beta2 ** step));
                  s.param -= (lr * average) / (1 - beta1 ** step) / (root + eps);
                },
                JSON.stringify({ decay, decoupled, amsgrad, maximize }),
              );
            }
          }
        }
      }
    });
  });
});
