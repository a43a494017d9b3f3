import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DigitDataset, drawDigits, encodePng, loadDigits } from '@flambeau/vision';
import * as fl from 'flambeau';
import { afterAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../shared/losses.js';
import { CNN } from './net.js';

const expected: { losses: number[]; float64: number[] } = JSON.parse(
  readFileSync(new URL('./losses.json', import.meta.url), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'digits-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the project as `npm run digits` does, on drawn digits. */
function run(...args: string[]): { status: number | null; output: string } {
  const script = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
  const env = { ...process.env, FLAMBEAU_DATA: join(folder, 'nothing'), FLAMBEAU_CACHE: join(folder, 'nothing') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '04-digits', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('the digits net', () => {
  /** The losses of the first 100 training steps on MNIST, from seed 0. */
  async function firstLosses(dtype: 'float32' | 'float64'): Promise<number[]> {
    const { train } = await loadDigits({ download: false });
    fl.manualSeed(0);
    const net = new CNN().to(dtype);
    const optimizer = new fl.optim.Adam(net.parameters(), { lr: 0.01 });
    const losses: number[] = [];
    for (const [images, labels] of new fl.data.DataLoader(new DigitDataset(train), { batchSize: 64, shuffle: true })) {
      const loss = fl.nn.functional.crossEntropy(net(images.to(dtype)), labels);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      if (losses.push(loss.item()) === 100) break;
    }
    return losses;
  }

  describe.skipIf(process.env.FLAMBEAU_DATA === undefined)('with MNIST (needs FLAMBEAU_DATA)', () => {
    it('has the first 100 losses of PyTorch from the same seed', async () => {
      expect(largestDifference(await firstLosses('float64'), expected.float64)).toBeLessThan(1e-9);
    });

    it('has them in float32 too, as far as rounding lets it', async () => {
      const losses = await firstLosses('float32');
      expect(largestDifference(losses.slice(0, 50), expected.losses.slice(0, 50))).toBeLessThan(1e-3);
      // Adam amplifies the order of sums: PyTorch's own losses differ by 5e-3 from its float64 ones, and by 3e-2 between its memory formats.
      expect(largestDifference(losses, expected.losses)).toBeLessThan(3e-3);
    });
  });

  it('stops, goes on, and has the losses of a training that was never stopped', () => {
    const common = ['--no-download', '--limit', '640', '--epochs', '2', '--seed', '3'];
    const whole = run(...common, '--stop-after', '15', '--out', join(folder, 'whole'));
    const first = run(...common, '--stop-after', '6', '--out', join(folder, 'parts'));
    const second = run(
      ...common,
      '--stop-after',
      '9',
      '--out',
      join(folder, 'parts'),
      '--resume',
      join(folder, 'parts', 'checkpoint.pth'),
    );
    const lossOf = ({ output }: { output: string }): string | undefined =>
      /stopped in epoch 2 after step 5 \(loss (\S+)\)/.exec(output)?.[1];
    expect(first.output).toContain('stopped in epoch 1 after step 6');
    expect(lossOf(whole)).toBeDefined();
    expect(lossOf(second)).toBe(lossOf(whole));
  });

  it('trains, tells what it saw, and reads a picture', () => {
    const trained = run('--no-download', '--limit', '6400', '--epochs', '1', '--out', join(folder, 'run'));
    expect(trained.output).toContain('drawn digits');
    expect(Number(/test accuracy \(drawn digits\): (\S+) %/.exec(trained.output)?.[1])).toBeGreaterThan(85);
    expect(existsSync(join(folder, 'run', 'digits.pth'))).toBe(true);
    const { images, labels } = drawDigits(4, { seed: 9 });
    writeFileSync(
      join(folder, 'digit.png'),
      encodePng({ width: 28, height: 28, channels: 1, data: images.slice(0, 784) }),
    );
    const read = run('infer', '--model', join(folder, 'run', 'digits.pth'), '--image', join(folder, 'digit.png'));
    expect(read.status).toBe(0);
    expect(read.output).toMatch(new RegExp(`^${labels[0]} {2}`, 'm'));
  });

  it('says in one line what is wrong with a checkpoint', () => {
    writeFileSync(join(folder, 'broken.pth'), 'no checkpoint');
    const { status, output } = run('--no-download', '--resume', join(folder, 'broken.pth'));
    expect(status).toBe(1);
    expect(output).not.toContain('    at ');
  });
});
