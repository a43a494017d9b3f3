import { digitFrom, showDigits } from '@flambeau/vision';
import { readImage } from '@flambeau/vision/node';
import * as fl from 'flambeau';
import { main, readOptions, UsageError } from '../shared/options.js';
import { CNN } from './net.js';

await main(async () => {
  const options = readOptions(
    'npm run digits -- infer',
    'Reads the digit in a picture.',
    {
      image: { type: 'string', help: 'a PNG or JPEG file with one digit' },
      model: { type: 'string', help: 'the saved net', default: 'runs/digits/digits.pth' },
    },
    process.argv.slice(2),
  );
  if (options.image === undefined) throw new UsageError('npm run digits -- infer: give --image FILE');
  const net = new CNN();
  net.loadStateDict(fl.load(options.model) as fl.StateDict);
  net.eval();
  const pixels = digitFrom(await readImage(options.image));
  const input = fl.fromTypedArray(pixels, [1, 1, 28, 28]).to('float32').div(255);
  const chances = fl.noGrad(() => net(input).softmax(1).squeeze(0));
  const { values, indices } = chances.topk(3);
  console.log(showDigits([{ pixels, caption: options.image }]));
  for (let i = 0; i < 3; i++) console.log(`${indices.at(i).item()}  ${(values.at(i).item() * 100).toFixed(2)} %`);
});
