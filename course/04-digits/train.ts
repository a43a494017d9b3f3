import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DigitDataset, loadDigits, showDigits } from '@flambeau/vision';
import * as fl from 'flambeau';
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from '../shared/checkpoint.js';
import { Interrupt } from '../shared/interrupt.js';
import { main, readOptions, trainingOptions } from '../shared/options.js';
import { progressBar } from '../shared/progress.js';
import { CNN } from './net.js';

const { nn, optim } = fl;

/** Steps between two readings of the loss for the progress bar. */
const SHOW_EVERY = 10;

await main(async () => {
  const options = readOptions(
    'npm start --',
    'Trains the net of chapter 4 to read handwritten digits, tests it and shows the result.',
    {
      ...trainingOptions,
      epochs: { type: 'number', help: 'passes over the training data', default: 3 },
      'batch-size': { type: 'number', help: 'pictures in a step', default: 64 },
      lr: { type: 'number', help: 'learning rate of Adam', default: 0.01 },
      gamma: { type: 'number', help: 'factor of the learning rate after each epoch (the course: 1)', default: 0.3 },
      limit: { type: 'number', help: 'use only so many training pictures' },
      'stop-after': { type: 'number', help: 'stop after so many steps, as Ctrl-C does' },
    },
    process.argv.slice(2),
  );
  const out = options.out ?? 'runs/digits';
  mkdirSync(out, { recursive: true });
  console.log(`Flambeau: digits on the ${fl.engine.name} engine (${fl.engine.isa}, ${fl.engine.threads} threads)`);

  const digits = await loadDigits({ folder: options.data, download: options.download, log: console.log });
  console.log(
    `data: ${digits.source}, ${digits.train.labels.length} training and ${digits.test.labels.length} test pictures`,
  );
  const all = new DigitDataset(digits.train);
  const trainSet =
    options.limit === undefined
      ? all
      : new fl.data.Subset(
          all,
          Array.from({ length: Math.min(options.limit, all.length) }, (_, i) => i),
        );

  fl.manualSeed(options.seed);
  const net = new CNN();
  const optimizer = new optim.Adam(net.parameters(), { lr: options.lr });
  let at: Checkpoint = { epoch: 0, step: 0, epochRng: fl.getRngState(), model: {}, optimizer: {}, sums: { right: 0 } };
  if (options.resume !== undefined) {
    at = loadCheckpoint(options.resume);
    net.loadStateDict(at.model as fl.StateDict);
    optimizer.loadStateDict(at.optimizer as never);
    fl.setRngState(at.epochRng);
    console.log(`going on in epoch ${at.epoch + 1} after step ${at.step}`);
  }

  const scheduler = new optim.lrScheduler.ExponentialLR(optimizer, options.gamma);

  using interrupt = new Interrupt();
  const checkpoint = join(out, 'checkpoint.pth');
  const save = (epoch: number, step: number, epochRng: fl.Tensor, right: number): void =>
    saveCheckpoint(checkpoint, {
      epoch,
      step,
      epochRng,
      model: net.stateDict(),
      optimizer: optimizer.stateDict() as never,
      sums: { right },
    });
  const lossFunction = new nn.CrossEntropyLoss();
  const start = performance.now();
  let stepsDone = 0;
  for (let { epoch, step, sums } = at; epoch < options.epochs; epoch++, step = 0, sums = { right: 0 }) {
    const epochRng = fl.getRngState();
    const loader = new fl.data.DataLoader(trainSet, { batchSize: options['batch-size'], shuffle: true, skip: step });
    const bar = progressBar(`epoch ${epoch + 1}/${options.epochs}`, loader.length, step, options['batch-size']);
    let seen = step * options['batch-size'];
    let { right } = sums;
    for await (const [images, labels] of loader) {
      const scores = net(images);
      const loss = lossFunction(scores, labels);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      step++;
      stepsDone++;
      seen += labels.numel;
      right += fl.noGrad(() => scores.argmax(1).eq(labels).sum().item());
      if (step % SHOW_EVERY === 0 || step === loader.length)
        bar.update(step, { loss: loss.item(), accuracy: right / seen });
      if (interrupt.requested || stepsDone === options['stop-after']) {
        bar.end();
        save(epoch, step, epochRng, right);
        console.log(
          `stopped in epoch ${epoch + 1} after step ${step} (loss ${loss.item()}); go on with: npm start -- --resume ${checkpoint}`,
        );
        process.exitCode = 130;
        return;
      }
    }
    bar.end();
    scheduler.step();
    save(epoch + 1, 0, fl.getRngState(), 0);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`trained for ${stepsDone} steps in ${seconds.toFixed(1)} s`);

  const file = join(out, 'digits.pth');
  fl.save(net.stateDict(), file);
  test(net, new DigitDataset(digits.test), digits.source);
  console.log(`\nmodel: ${file}\nuse it: npm run digits -- infer --image FILE`);
});

/** Prints the accuracy on the test pictures and a handful of them. */
function test(net: CNN, digits: DigitDataset, source: string): void {
  net.eval();
  let right = 0;
  fl.noGrad(() => {
    for (const [images, labels] of new fl.data.DataLoader(digits, { batchSize: 500 })) {
      right += net(images).argmax(1).eq(labels).sum().item();
    }
  });
  console.log(`test accuracy (${source}): ${((right / digits.length) * 100).toFixed(2)} % of ${digits.length}\n`);
  const [images, labels] = digits.getBatch([0, 1, 2, 3, 4, 5]);
  const told = fl.noGrad(() => net(images).argmax(1));
  const pictures = Array.from({ length: labels.numel }, (_, i) => ({
    pixels: images.select(0, i).mul(255).to('uint8').toTypedArray() as Uint8Array,
    caption: `${labels.at(i).item()} read as ${told.at(i).item()}`,
  }));
  console.log(showDigits(pictures));
}
