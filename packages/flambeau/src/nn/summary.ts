import { noGrad } from '../autograd/modes.js';
import { zeros } from '../ops/creation.js';
import { isTensor, type Tensor } from '../tensor/tensor.js';
import type { AnyModule } from './module.js';

const countOf = (tensors: Iterable<Tensor>): number => [...tensors].reduce((n, tensor) => n + tensor.numel, 0);
const shown = (count: number): string => count.toLocaleString('en');

/** The layers that have no layers below, with the shapes of their results, in the order in which one pass calls them. */
function tracePass(net: AnyModule, inputSize: readonly number[]): [string, string, string][] {
  const rows: [string, string, string][] = [];
  const undo: (() => void)[] = [];
  const modes = [...net.modules()].map((module) => ({ module, training: module.training }));
  for (const [name, module] of net.namedModules()) {
    if (!module.children().next().done) continue;
    undo.push(
      module.registerForwardHook((_module, _args, output) => {
        const title = name === '' ? module.constructor.name : `${module.constructor.name} (${name})`;
        const shape = isTensor(output) ? `[${output.shape.join(', ')}]` : '';
        rows.push([title, shape, shown(countOf(module.parameters()))]);
        return undefined;
      }),
    );
  }
  const [first] = net.parameters();
  try {
    net.eval(); // so that no statistics are changed and no random numbers drawn
    noGrad(() => net(zeros([1, ...inputSize], { dtype: first?.dtype })));
  } finally {
    for (const end of undo) end();
    // From the root down, so that what was set apart below stays so.
    for (const { module, training } of modes) module.train(training);
  }
  return rows;
}

/**
 * The layers of a net with the shapes of their results and their numbers of parameters, as a table.
 * @param inputSize of one sample; a batch of one is added
 */
export function summary(net: AnyModule, inputSize: readonly number[]): string {
  const rows = tracePass(net, inputSize);
  const head: [string, string, string] = ['Layer', 'Output', 'Parameters'];
  const widths = [0, 1, 2].map((i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row: [string, string, string]): string =>
    `${row[0].padEnd(widths[0])}  ${row[1].padEnd(widths[1])}  ${row[2].padStart(widths[2])}`;
  const total = countOf(net.parameters());
  const trainable = countOf([...net.parameters()].filter((parameter) => parameter.requiresGrad));
  return [
    line(head),
    '-'.repeat(widths[0] + widths[1] + widths[2] + 4),
    ...rows.map(line),
    '',
    `${shown(total)} parameters, ${shown(trainable)} of them trainable`,
  ].join('\n');
}
