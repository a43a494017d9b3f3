import type * as convolution from './convolution.js';
import { numbers, type Samples, strided } from './sampling.testing.js';

const x = (...shape: number[]) => numbers(shape);
const w = (...shape: number[]) => numbers(shape, -1, 1, 2);
const bias = (n: number) => numbers([n], -1, 1, 3);

export const samples: Samples<Pick<typeof convolution, 'conv1d' | 'conv2d'>> = {
  conv1d: [
    [x(2, 3, 7), w(4, 3, 3)],
    [x(2, 3, 7), w(4, 3, 3), { bias: bias(4), padding: 1 }],
    [x(3, 7), w(2, 3, 2), { bias: bias(2), stride: 2 }],
    [x(1, 4, 9), w(4, 2, 3), { groups: 2, dilation: 2 }],
    [x(1, 2, 6), w(2, 2, 4), { padding: 'same' }],
    [x(1, 2, 6), w(2, 2, 3), { padding: 'valid', stride: [2] }],
    [x(1, 3, 6), w(3, 1, 3), { groups: 3, padding: 1 }],
    [x(2, 2, 4), w(3, 2, 1)],
    [strided(x(1, 2, 5)), strided(w(2, 2, 2))],
    [x(2, 9, 20), w(7, 9, 5), { padding: 2, bias: bias(7) }],
    [x(1, 2, 2), w(2, 2, 3)],
    [x(1, 2, 4, 4), w(2, 2, 3)],
  ],
  conv2d: [
    [x(2, 2, 4, 4), w(3, 2, 3, 3)],
    [x(1, 2, 4, 4), w(3, 2, 3, 3), { bias: bias(3), padding: 1 }],
    [x(2, 3, 4), w(2, 2, 2, 2)],
    [x(2, 3, 4), w(3, 2, 2, 2), { bias: bias(3) }],
    [x(1, 1, 5, 6), w(2, 1, 3, 2), { stride: 2 }],
    [x(1, 2, 5, 5), w(2, 2, 3, 3), { stride: [2, 1], padding: [1, 2], dilation: [1, 2] }],
    [x(1, 4, 3, 3), w(4, 2, 2, 2), { groups: 2, bias: bias(4) }],
    [x(1, 3, 4, 4), w(3, 1, 3, 3), { groups: 3, padding: 1 }],
    [x(1, 2, 3, 3), w(2, 2, 1, 1)],
    [x(1, 1, 4, 4), w(1, 1, 3, 3), { padding: 'same' }],
    [x(1, 1, 4, 5), w(1, 1, 2, 2), { padding: 'same' }],
    [x(1, 1, 4, 4), w(1, 1, 3, 3), { padding: 'valid' }],
    [strided(x(1, 2, 4, 4)), strided(w(2, 2, 3, 3))],
    [x(1, 4, 4, 2).permute(0, 3, 1, 2), w(3, 2, 3, 3)],
    [x(0, 2, 4, 4), w(3, 2, 3, 3)],
    [x(2, 9, 11, 10), w(7, 9, 3, 3), { padding: 1 }],
    [x(1, 3, 4, 4), w(3, 2, 3, 3)],
    [x(1, 2, 2, 2), w(3, 2, 3, 3)],
  ],
};
