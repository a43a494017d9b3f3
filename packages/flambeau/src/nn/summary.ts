import { noGrad } from '../autograd/modes.js';
import { zeros } from '../ops/creation.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import type { AnyModule } from './module.js';

const countOf = (tensors: Iterable<Tensor>): number => [...tensors].reduce((n, tensor) => n + tensor.numel, 0);

/**
 * The layers of a net with the shapes of their results and their numbers of parameters, as a table.
 * @param inputSize of one sample; a batch of one is added
 */
export function summary(net: AnyModule, inputSize: readonly number[]): string {
  const rows: [string, string, string][] = [];
  const remove: (() => void)[] = [];
  for (const [name, module] of net.namedModules()) {
    if (name === '' || [...module.children()].length > 0) continue;
    remove.push(
      module.registerForwardHook((_module, _args, output) => {
        const shape = isTensor(output) ? `[${output.shape.join(', ')}]` : '';
        rows.push([`${module.constructor.name} (${name})`, shape, countOf(module.parameters()).toLocaleString('en')]);
        return undefined;
      }),
    );
  }
  const training = net.training;
  net.eval();
  noGrad(() => net(zeros([1, ...inputSize])));
  net.train(training);
  for (const end of remove) end();
  const head: [string, string, string] = ['Layer', 'Output', 'Parameters'];
  const widths = [0, 1, 2].map((i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row: [string, string, string]): string =>
    `${row[0].padEnd(widths[0])}  ${row[1].padEnd(widths[1])}  ${row[2].padStart(widths[2])}`;
  const total = countOf(net.parameters());
  return [
    line(head),
    '-'.repeat(widths[0] + widths[1] + widths[2] + 4),
    ...rows.map(line),
    '',
    `${total.toLocaleString('en')} parameters`,
  ].join('\n');
}
