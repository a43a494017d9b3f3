import type { Tensor } from '../tensor/tensor.js';
import type * as recurrent from './recurrent.js';
import { type ErrorSamples, numbers, type Samples } from './sampling.testing.js';

interface Net {
  readonly gates: number;
  readonly size: number;
  readonly hidden: number;
  readonly layers?: number;
  readonly directions?: number;
  readonly biases?: boolean;
  readonly projection?: number;
}

let made = 0;
const half = (...shape: number[]): Tensor => numbers(shape, -0.8, 0.8, ++made);

/** Weights as PyTorch orders them. */
function weights({ gates, size, hidden, layers = 1, directions = 1, biases = true, projection }: Net): Tensor[] {
  const width = projection ?? hidden;
  return Array.from({ length: layers * directions }, (_, i) => [
    half(gates * hidden, i < directions ? size : width * directions),
    half(gates * hidden, width),
    ...(biases ? [half(gates * hidden), half(gates * hidden)] : []),
    ...(projection === undefined ? [] : [half(projection, hidden)]),
  ]).flat();
}

/** What every kind with one state is tried with. */
const simple = (gates: number) =>
  [
    [half(2, 1, 2), half(1, 1, 2), weights({ gates, size: 2, hidden: 2 })],
    [half(3, 1, 1), null, weights({ gates, size: 1, hidden: 2, biases: false }), { hasBiases: false }],
    [
      half(5, 3, 4),
      half(4, 3, 5),
      weights({ gates, size: 4, hidden: 5, layers: 2, directions: 2 }),
      { numLayers: 2, bidirectional: true },
    ],
    [half(2, 3, 2), null, weights({ gates, size: 2, hidden: 3 }), { batchFirst: true }],
    [
      half(7, 2),
      half(2, 3, 4),
      weights({ gates, size: 2, hidden: 4, directions: 2 }),
      { batchSizes: [3, 2, 1, 1], bidirectional: true },
    ],
  ] as const;

const four = (net: Net) => weights(net) as [Tensor, Tensor, Tensor, Tensor];
const two = (net: Net) => weights({ ...net, biases: false }) as [Tensor, Tensor];
const cell = (gates: number) =>
  [
    [half(2, 2), half(2, 2), ...four({ gates, size: 2, hidden: 2 })],
    [half(1, 3), half(1, 2), ...two({ gates, size: 3, hidden: 2 })],
  ] as const;

export const samples: Samples<typeof recurrent> = {
  lstm: [
    [half(2, 1, 2), [half(1, 1, 2), half(1, 1, 2)], weights({ gates: 4, size: 2, hidden: 2 })],
    [half(3, 1, 1), null, weights({ gates: 4, size: 1, hidden: 2, biases: false }), { hasBiases: false }],
    [
      half(5, 3, 4),
      [half(4, 3, 5), half(4, 3, 5)],
      weights({ gates: 4, size: 4, hidden: 5, layers: 2, directions: 2 }),
      { numLayers: 2, bidirectional: true },
    ],
    [half(2, 3, 2), null, weights({ gates: 4, size: 2, hidden: 3 }), { batchFirst: true }],
    [
      half(7, 2),
      [half(2, 3, 4), half(2, 3, 4)],
      weights({ gates: 4, size: 2, hidden: 4, directions: 2 }),
      { batchSizes: [3, 2, 1, 1], bidirectional: true },
    ],
    [
      half(4, 2, 3),
      [half(2, 2, 2), half(2, 2, 3)],
      weights({ gates: 4, size: 3, hidden: 3, directions: 2, projection: 2 }),
      { bidirectional: true },
    ],
    [half(3, 2), null, weights({ gates: 4, size: 2, hidden: 3, projection: 1 }), { batchSizes: [2, 1] }],
  ],
  gru: simple(3),
  rnnTanh: simple(1),
  rnnRelu: simple(1),
  lstmCell: [
    [half(2, 2), [half(2, 2), half(2, 2)], ...four({ gates: 4, size: 2, hidden: 2 })],
    [half(1, 3), [half(1, 2), half(1, 2)], ...two({ gates: 4, size: 3, hidden: 2 })],
  ],
  gruCell: cell(3),
  rnnTanhCell: cell(1),
  rnnReluCell: cell(1),
};

const small = weights({ gates: 3, size: 2, hidden: 2 });

export const errorSamples: ErrorSamples<typeof recurrent> = {
  gru: [
    [[numbers([3, 2]), null, small], 'ShapeError', 'gru: the input must be (steps, batch, size) (got [3, 2])'],
    [[numbers([0, 1, 2]), null, small], 'ShapeError', 'gru: a sequence needs one step at least (got [0, 1, 2])'],
    [
      [numbers([3, 2]), null, small, { batchSizes: [1, 2] }],
      'ArgumentError',
      'gru: batchSizes must be positive and never grow, but are [1, 2]',
    ],
    [
      [numbers([3, 2]), null, small, { batchSizes: [1, 1] }],
      'ShapeError',
      'gru: batchSizes add up to 2 rows, the input has others (got [3, 2])',
    ],
    [
      [numbers([1, 1, 2]), null, small, { numLayers: 2 }],
      'ArgumentError',
      'gru: 4 weights do not make 2 layers of 1 directions',
    ],
    [
      [numbers([1, 1, 2]), numbers([1, 2]), small],
      'ShapeError',
      'gru: the hidden state must be [1, 1, 2] (got [1, 2])',
    ],
    [[numbers([1, 1, 3]), null, small], 'ShapeError', 'gru: weight 0 must be [6, 3] (got [6, 2])'],
    [
      [numbers([1, 1, 2]).double(), null, small],
      'DTypeError',
      'gru: weight 0 must be float64 as the input, not float32; convert one of them',
    ],
  ],
  lstm: [
    [
      [numbers([1, 1, 2]), [numbers([1, 1, 2]), numbers([1, 1, 3])], weights({ gates: 4, size: 2, hidden: 2 })],
      'ShapeError',
      'lstm: the cell state must be [1, 1, 2] (got [1, 1, 3])',
    ],
  ],
  rnnTanhCell: [
    [
      [numbers([2]), numbers([1, 2]), numbers([2, 2]), numbers([2, 2])],
      'ShapeError',
      'rnnTanhCell: the input must be (batch, size) (got [2])',
    ],
  ],
};
