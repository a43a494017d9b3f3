import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fl from 'flambeau';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../shared/losses.js';
import { loadHousing, parseHousing, splitHousing } from './data.js';
import { Net } from './net.js';

const expected = JSON.parse(readFileSync(new URL('./losses.json', import.meta.url), 'utf8')).losses as number[];
const real = process.env.FLAMBEAU_DATA !== undefined;

function losses(net: Net, [x, y]: [fl.Tensor, fl.Tensor], steps: number): number[] {
  const optimizer = new fl.optim.Adam(net.parameters(), { lr: 0.001 });
  return Array.from({ length: steps }, () => {
    const loss = fl.nn.functional.mseLoss(net(x).squeeze(), y).mul(0.001);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
}

describe('the housing net', () => {
  it.skipIf(!real)('has the first 100 losses of PyTorch from the same seed (needs FLAMBEAU_DATA)', async () => {
    const { train } = splitHousing(await loadHousing(undefined, false));
    fl.manualSeed(0);
    expect(largestDifference(losses(new Net(13, 1), train, 100), expected)).toBeLessThan(1e-3);
  });

  it('learns, and gives the same prices after saving and loading', () => {
    fl.manualSeed(0);
    const x = fl.rand(40, 13);
    const net = new Net(13, 1);
    const course = losses(net, [x, x.sum(1).mul(3)], 200);
    expect(course[199]).toBeLessThan(course[0] / 4);
    const folder = mkdtempSync(join(tmpdir(), 'housing-'));
    fl.save(net.stateDict(), join(folder, 'net.pth'));
    const again = new Net(13, 1);
    again.loadStateDict(fl.load(join(folder, 'net.pth')) as fl.StateDict);
    expect(again(x).equal(net(x))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('names the line of a damaged file', () => {
    expect(() => parseHousing('1 2 3\n', 'housing.data')).toThrow('housing.data, line 1: expected 14 numbers');
  });
});
