/** The process that `memory.test.ts` starts: trains one of the nets below and prints a `Report`. */
import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { turn } from '#turn';
import * as fl from './index.js';

/** What is in use at one moment, in bytes and blocks. */
export interface Use {
  /** Memory of the process without V8's heap, which grows at its own pace. */
  resident: number;
  /** Objects of JavaScript. */
  heap: number;
  /** Memory of tensors. */
  live: number;
  blocks: number;
}

export interface Report {
  /** Ten times while the net was trained, in order. */
  use: Use[];
  /** After a full collection: when a tenth of the steps was done, and at the end. */
  settled: [Use, Use];
  /** The part of the time that garbage collection took. */
  collecting: number;
}

const { nn } = fl;
const { crossEntropy, mseLoss } = nn.functional;

/** What Node says of a collection; its types leave out `detail`. */
type Collection = { readonly duration: number; readonly detail: { readonly kind: number } };

interface Training {
  net: fl.nn.Sequential;
  loss: (net: fl.nn.Sequential, step: number) => fl.Tensor;
}

export const trainings = {
  /** 13 features, 100 hidden units, one price: steps of a tenth of a millisecond. */
  housing(): Training {
    const [x, y] = [fl.rand(496, 13), fl.rand(496)];
    const net = new nn.Sequential(new nn.Linear(13, 100), new nn.ReLU(), new nn.Linear(100, 1));
    return { net, loss: (net) => mseLoss(net(x).squeeze(), y).mul(0.001) };
  },

  /** One convolution, one linear layer: megabytes of activations in a step. */
  digits(): Training {
    const [x, y] = [fl.rand(64, 1, 28, 28), fl.randint(0, 10, [64])];
    const net = new nn.Sequential(
      new nn.Conv2d(1, 32, 5, { padding: 2 }),
      new nn.BatchNorm2d(32),
      new nn.ReLU(),
      new nn.MaxPool2d(2),
      new nn.Flatten(),
      new nn.Linear(14 * 14 * 32, 10),
    );
    return { net, loss: (net) => crossEntropy(net(x), y) };
  },

  /** Batches of another number and size of pictures in every step. */
  varying(): Training {
    const net = new nn.Sequential(
      new nn.Conv2d(3, 8, 3, { padding: 1 }),
      new nn.BatchNorm2d(8),
      new nn.ReLU(),
      new nn.AdaptiveAvgPool2d(1),
      new nn.Flatten(),
      new nn.Linear(8, 10),
    );
    return {
      net,
      loss: (net, step) => {
        const [n, h, w] = [2 + ((step * 7) % 13), 8 + ((step * 5) % 37), 8 + ((step * 11) % 29)];
        return crossEntropy(net(fl.rand(n, 3, h, w)), fl.randint(0, 10, [n]));
      },
    };
  },
} as const;

function use(): Use {
  const { live, blocks } = fl.engine.memory();
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return { resident: rss - heapTotal, heap: heapUsed, live, blocks };
}

function settledUse(): Use {
  fl.engine.collect();
  return use();
}

/** What a duration is when other processes leave the machine alone: most are longer on a busy one. */
const undisturbed = (durations: number[]): number => durations.sort((a, b) => a - b)[durations.length >> 3];

function partOf(collections: Map<number, number[]>, steps: number[]): number {
  let collecting = 0;
  for (const durations of collections.values()) collecting += undisturbed(durations) * durations.length;
  return collecting / (collecting + undisturbed(steps) * steps.length);
}

async function train(training: Training, steps: number): Promise<Report> {
  const collections = new Map<number, number[]>();
  const observer = new PerformanceObserver((list) => {
    for (const { duration, detail } of list.getEntries() as unknown as Collection[]) {
      const durations = collections.get(detail.kind) ?? [];
      collections.set(detail.kind, durations);
      durations.push(duration);
    }
  });
  const { net, loss } = training;
  const optimizer = new fl.optim.Adam(net.parameters());
  const report: Report = { use: [], settled: [use(), use()], collecting: 0 };
  const durations: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const start = performance.now();
    const error = loss(net, step);
    optimizer.zeroGrad();
    error.backward();
    optimizer.step();
    durations.push(performance.now() - start);
    // On WebAssembly dead tensors are mostly found between turns of the event loop: the loader of data takes one now and then.
    if (fl.engine.name === 'wasm' && step % 4 === 0) await turn();
    if (step % (steps / 10) === 0) report.use.push(use());
    if (step === steps / 10) {
      report.settled[0] = settledUse();
      observer.observe({ entryTypes: ['gc'] });
    }
  }
  await pause(10); // entries come with the next turn
  observer.disconnect();
  report.collecting = partOf(collections, durations.slice(steps / 10));
  report.settled[1] = settledUse();
  return report;
}

const [, , name, steps] = process.argv;
fl.manualSeed(0);
console.log(JSON.stringify(await train(trainings[name as keyof typeof trainings](), Number(steps))));
