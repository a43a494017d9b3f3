import * as fl from 'flambeau';
import { group, type Workload } from '../harness/workload.js';

const { SGD, Adam, AdamW } = fl.optim;

/** The parameters of an 18-layer residual net: 11.2 million numbers in 62 tensors. */
const SHAPES: readonly (readonly number[])[] = [
  [64, 3, 3, 3],
  [64],
  [64],
  ...[64, 64, 128, 256].flatMap((before, stage) => {
    const channels = 64 * 2 ** stage;
    const block = (from: number): number[][] => [
      [channels, from, 3, 3],
      [channels],
      [channels],
      [channels, channels, 3, 3],
      [channels],
      [channels],
    ];
    const shortcut = before === channels ? [] : [[channels, before, 1, 1], [channels], [channels]];
    return [...block(before), ...shortcut, ...block(channels)];
  }),
  [10, 512],
  [10],
];

const SIZE = SHAPES.reduce((sum, shape) => sum + shape.reduce((size, next) => size * next, 1), 0);

const PYTHON = `torch.manual_seed(0)
parameters = [torch.randn(shape).requires_grad_() for shape in ${JSON.stringify(SHAPES)}]
for parameter in parameters: parameter.grad = torch.randn(parameter.shape)
`;

type Parameters = Iterable<fl.nn.Parameter>;

/** Name, the optimizer on both sides, and how many tensors a step reads or writes. */
const OPTIMIZERS: readonly [
  name: string,
  ours: (p: Parameters) => { step(): void },
  theirs: string,
  streams: number,
][] = [
  ['SGD', (p) => new SGD(p, { lr: 0.01 }), 'SGD(parameters, lr=0.01)', 3],
  [
    'SGD with momentum',
    (p) => new SGD(p, { lr: 0.01, momentum: 0.9, weightDecay: 5e-4 }),
    'SGD(parameters, lr=0.01, momentum=0.9, weight_decay=5e-4)',
    5,
  ],
  ['Adam', (p) => new Adam(p, { lr: 0.001 }), 'Adam(parameters, lr=0.001)', 7],
  ['AdamW', (p) => new AdamW(p, { lr: 0.001 }), 'AdamW(parameters, lr=0.001)', 7],
];

const step = ([name, make, theirs, streams]: (typeof OPTIMIZERS)[number]): Omit<Workload, 'group'> => ({
  name: `${name}, ${(SIZE / 1e6).toFixed(1)} million parameters`,
  bytes: 4 * streams * SIZE,
  ours: () => {
    fl.manualSeed(0);
    const parameters = SHAPES.map((shape) => new fl.nn.Parameter(fl.randn(shape)));
    for (const parameter of parameters) parameter.grad = fl.randn(parameter.shape);
    const optimizer = make(parameters);
    const body = (): void => optimizer.step();
    return {
      body,
      check: () => {
        body();
        return parameters;
      },
    };
  },
  theirs: {
    setup: `${PYTHON}optimizer = torch.optim.${theirs}`,
    body: 'optimizer.step()',
    check: '[optimizer.step()] and parameters',
  },
});

export const optimizers = group('optimizers', OPTIMIZERS.map(step));
