import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fl from 'flambeau';
import { loadCheckpoint, saveCheckpoint } from '../shared/checkpoint.js';
import { Interrupt } from '../shared/interrupt.js';
import { main, readOptions, trainingOptions, UsageError } from '../shared/options.js';
import { progressBar } from '../shared/progress.js';
import { loadHousing, splitHousing } from './data.js';
import { Net } from './net.js';

const { nn, optim } = fl;

/** The loss of the notes is scaled down. */
const SCALE = 0.001;
/** Steps between two looks at the clock, the progress and Ctrl-C. */
const SLICE = 250;

await main(async () => {
  const options = readOptions(
    'npm run housing --',
    'Trains the net of chapter 4 to tell the prices of houses.',
    {
      ...trainingOptions,
      iterations: { type: 'number', help: 'training steps', default: 10_000 },
      lr: { type: 'number', help: 'learning rate', default: 0.001 },
      optimizer: { type: 'string', help: 'adam or sgd', default: 'adam' },
    },
    process.argv.slice(2),
  );
  if (options.optimizer !== 'adam' && options.optimizer !== 'sgd')
    throw new UsageError(`--optimizer is adam or sgd, not '${options.optimizer}'`);
  const out = options.out ?? 'runs/housing';
  mkdirSync(out, { recursive: true });

  const housing = await loadHousing(options.data, options.download);
  console.log(`data: ${housing.source}`);
  const { train, test } = splitHousing(housing);
  fl.manualSeed(options.seed);
  const net = new Net(13, 1);
  const optimizer =
    options.optimizer === 'adam'
      ? new optim.Adam(net.parameters(), { lr: options.lr })
      : new optim.SGD(net.parameters(), { lr: options.lr });
  const lossOf = ([x, y]: [fl.Tensor, fl.Tensor]): fl.Tensor => nn.functional.mseLoss(net(x).squeeze(), y).mul(SCALE);

  let step = 0;
  if (options.resume !== undefined) {
    const saved = loadCheckpoint(options.resume);
    net.loadStateDict(saved.model as fl.StateDict);
    optimizer.loadStateDict(saved.optimizer as never);
    step = saved.step;
    console.log(`going on from step ${step}`);
  }
  using interrupt = new Interrupt();
  const start = performance.now();
  const bar = progressBar('training', options.iterations, step, 1);
  while (step < options.iterations && !interrupt.requested) {
    let last = fl.tensor(0);
    for (const end = Math.min(step + SLICE, options.iterations); step < end; step++) {
      last = lossOf(train);
      optimizer.zeroGrad();
      last.backward();
      optimizer.step();
    }
    bar.update(step, { loss: last.item() });
    await new Promise(setImmediate);
  }
  bar.end();
  if (step > 0) console.log(`${step} steps in ${((performance.now() - start) / 1000).toFixed(2)} s`);

  const checkpoint = join(out, 'checkpoint.pth');
  saveCheckpoint(checkpoint, {
    epoch: 0,
    step,
    epochRng: fl.getRngState(),
    model: net.stateDict(),
    optimizer: optimizer.stateDict() as never,
    sums: {},
  });
  if (interrupt.requested) {
    console.log(`stopped at step ${step}; go on with: npm run housing -- --resume ${checkpoint}`);
    process.exitCode = 130;
    return;
  }
  const file = join(out, 'housing.pth');
  fl.save(net.stateDict(), file);
  const testLoss = fl.noGrad(() => lossOf(test).item());
  console.log(`test loss (${housing.source}): ${testLoss}`);
  console.log(`model: ${file}\nuse it: npm run housing -- infer --model ${file}`);
});
