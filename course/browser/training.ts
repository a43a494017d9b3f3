import { DigitDataset, drawDigits } from '@flambeau/vision';
import * as fl from 'flambeau';
import { CNN } from '../04-digits/net.js';

/** What a short training saw. */
export interface Training {
  engine: string;
  threads: number;
  losses: number[];
  /** Bytes that the engine held in living blocks after each step. */
  memory: number[];
}

/** Trains chapter 4's digit net for some steps on drawn digits: the same numbers wherever it runs. */
export async function trainDigits(steps: number, batchSize = 32): Promise<Training> {
  fl.manualSeed(0);
  const net = new CNN();
  const optimizer = new fl.optim.Adam(net.parameters(), { lr: 0.01 });
  const digits = new DigitDataset(drawDigits(steps * batchSize, { seed: 1 }));
  const losses: number[] = [];
  const memory: number[] = [];
  for await (const [images, labels] of new fl.data.DataLoader(digits, { batchSize, shuffle: true })) {
    const loss = fl.nn.functional.crossEntropy(net(images), labels);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
    memory.push(fl.engine.memory().live);
  }
  return { engine: fl.engine.name, threads: fl.engine.threads, losses, memory };
}
