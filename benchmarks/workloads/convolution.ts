import * as fl from 'flambeau';
import { normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group, type Workload } from '../harness/workload.js';

const { conv2d, convTranspose2d } = fl.nn.functional;

/** A convolution of a net: what it is like, batch, channels in and out, size of the picture, kernel and options. */
interface Rung {
  readonly net: string;
  readonly n: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly dilation?: number;
  readonly groups?: number;
  readonly transposed?: boolean;
  /** The first layer of a net: nobody asks for the gradient of the picture. */
  readonly first?: boolean;
}

const N = 128;

/** Every kind of layer that the course's nets have, at their batch, and the kinds that later nets add. */
const LADDER: readonly Rung[] = [
  { net: 'digits', n: 64, inputs: 1, outputs: 32, size: 28, kernel: 5, padding: 2, first: true },
  { net: 'VGG', n: N, inputs: 3, outputs: 64, size: 28, kernel: 3, padding: 1, first: true },
  { net: 'VGG', n: N, inputs: 64, outputs: 128, size: 14, kernel: 3, padding: 1 },
  { net: 'VGG', n: N, inputs: 128, outputs: 128, size: 14, kernel: 3, padding: 1 },
  { net: 'VGG', n: N, inputs: 256, outputs: 256, size: 7, kernel: 3, padding: 1 },
  { net: 'VGG', n: N, inputs: 512, outputs: 512, size: 4, kernel: 3, padding: 1 },
  { net: 'ResNet', n: N, inputs: 32, outputs: 64, size: 28, kernel: 3, stride: 2, padding: 1 },
  { net: 'ResNet', n: N, inputs: 64, outputs: 64, size: 14, kernel: 3, padding: 1 },
  { net: 'ResNet', n: N, inputs: 128, outputs: 256, size: 7, kernel: 3, stride: 2, padding: 1 },
  { net: 'ResNet', n: N, inputs: 64, outputs: 128, size: 14, kernel: 1, stride: 2 },
  { net: 'MobileNet', n: N, inputs: 32, outputs: 32, size: 28, kernel: 3, padding: 1, groups: 32 },
  { net: 'MobileNet', n: N, inputs: 64, outputs: 64, size: 14, kernel: 3, stride: 2, padding: 1, groups: 64 },
  { net: 'MobileNet', n: N, inputs: 256, outputs: 256, size: 4, kernel: 3, padding: 1, groups: 256 },
  { net: 'MobileNet', n: N, inputs: 32, outputs: 64, size: 14, kernel: 1 },
  { net: 'MobileNet', n: N, inputs: 256, outputs: 512, size: 2, kernel: 1 },
  { net: 'Inception', n: N, inputs: 3, outputs: 64, size: 28, kernel: 7, stride: 2, padding: 1, first: true },
  { net: 'Inception', n: N, inputs: 128, outputs: 64, size: 6, kernel: 1 },
  { net: 'Inception', n: N, inputs: 16, outputs: 64, size: 6, kernel: 5, padding: 2 },
  { net: 'transposed', n: 32, inputs: 128, outputs: 64, size: 16, kernel: 2, stride: 2, transposed: true },
  { net: 'transposed', n: 32, inputs: 64, outputs: 32, size: 16, kernel: 4, stride: 2, padding: 1, transposed: true },
  { net: 'dilated', n: 32, inputs: 64, outputs: 64, size: 28, kernel: 3, padding: 2, dilation: 2 },
  { net: 'grouped', n: 32, inputs: 128, outputs: 128, size: 28, kernel: 3, padding: 1, groups: 4 },
];

function describe({ net, n, inputs, outputs, size, kernel, stride = 1, dilation = 1, groups = 1 }: Rung): string {
  const options = [
    stride > 1 && `/${stride}`,
    dilation > 1 && `dilation ${dilation}`,
    groups === inputs ? 'depthwise' : groups > 1 && `${groups} groups`,
  ].filter((text) => text !== false);
  return [`${net} ${inputs}→${outputs} ${kernel}×${kernel}`, ...options, `${n}×${size}²`].join(' ');
}

/** Multiplications and additions of one direction: each tap of the weight meets each pixel of the smaller stride once. */
function flopsOf({
  n,
  inputs,
  outputs,
  size,
  kernel,
  stride = 1,
  padding = 0,
  dilation = 1,
  groups = 1,
  transposed,
}: Rung): number {
  const pixels =
    transposed === true ? size : Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
  return (2 * n * pixels ** 2 * outputs * inputs * kernel ** 2) / groups;
}

type Direction = 'forward' | 'input gradient' | 'weight gradient' | 'forward + backward';

function convolution(rung: Rung, direction: Direction): Omit<Workload, 'group'> {
  const { n, inputs, outputs, size, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, transposed } = rung;
  const shape = transposed === true ? [inputs, outputs / groups] : [outputs, inputs / groups];
  const options = { stride, padding, dilation, groups };
  const grads = {
    forward: undefined,
    'input gradient': ['x'] as const,
    'weight gradient': ['w'] as const,
    'forward + backward': rung.first === true ? (['w'] as const) : (['x', 'w'] as const),
  }[direction];
  const passes = direction === 'forward + backward' ? 1 + (grads?.length ?? 0) : 1;
  return op(describe(rung), {
    inputs: { x: normal(n, inputs, size, size), w: normal(...shape, kernel, kernel) },
    ours: ({ x, w }) => (transposed === true ? convTranspose2d(x, w, options) : conv2d(x, w, options)),
    theirs: `F.conv${transposed === true ? '_transpose' : ''}2d(x, w, stride=${stride}, padding=${padding}, dilation=${dilation}, groups=${groups})`,
    grads,
    backwardOnly: direction !== 'forward + backward',
    flops: passes * flopsOf(rung),
  });
}

const ladder = (name: string, direction: Direction): Workload[] =>
  group(
    name,
    LADDER.filter(({ first }) => first !== true || direction !== 'input gradient').map((rung) =>
      convolution(rung, direction),
    ),
  );

export const convolutions = [
  ...ladder('convolution', 'forward + backward'),
  ...ladder('convolution forward', 'forward'),
  ...ladder('convolution input gradient', 'input gradient'),
  ...ladder('convolution weight gradient', 'weight gradient'),
];
