import * as fl from 'flambeau';
import { main, readOptions } from '../shared/options.js';
import { loadHousing, splitHousing } from './data.js';
import { Net } from './net.js';

await main(async () => {
  const options = readOptions(
    'npm run housing -- infer',
    'Tells the prices of the ten test towns with a trained net.',
    {
      model: { type: 'string', help: 'the saved net', default: 'runs/housing/housing.pth' },
      data: { type: 'string', help: 'folder with the data set' },
      download: { type: 'boolean', help: 'fetch data that is not there', default: true },
    },
    process.argv.slice(2),
  );
  const housing = await loadHousing(options.data, options.download);
  const [x, y] = splitHousing(housing).test;
  const net = new Net(13, 1);
  net.loadStateDict(fl.load(options.model) as fl.StateDict);
  net.eval();
  const prices = fl.noGrad(() => net(x).squeeze());
  console.log(`data: ${housing.source}\n\n  price   told`);
  for (let i = 0; i < y.numel; i++)
    console.log(`${y.at(i).item().toFixed(1).padStart(7)}${prices.at(i).item().toFixed(1).padStart(7)}`);
  console.log(`\ntest loss: ${fl.nn.functional.mseLoss(prices, y).mul(0.001).item()}`);
});
