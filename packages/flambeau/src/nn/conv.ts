import { ArgumentError } from '../errors.js';
import { conv2d } from '../ops/convolution.js';
import { empty } from '../ops/creation.js';
import { checkOptions } from '../ops/options.js';
import type { DType } from '../tensor/dtype.js';
import type { Tensor } from '../tensor/tensor.js';
import { resetAffine } from './linear.js';
import { Module } from './module.js';
import { Parameter } from './parameter.js';
import { python } from './repr.js';

/** A height and a width, or one number for both. */
export type Pair = number | readonly [height: number, width: number];

export const pair = (value: Pair): [number, number] =>
  typeof value === 'number' ? [value, value] : [value[0], value[1]];

export interface Conv2dLayerOptions {
  /** Default 1. */
  stride?: Pair;
  /** Zeros around the picture; `'same'` keeps its size. Default 0. */
  padding?: Pair | 'same' | 'valid';
  /** Distance between taps. Default 1. */
  dilation?: Pair;
  /** Groups of channels that are convolved apart. Default 1. */
  groups?: number;
  /** Whether a learned offset is added. Default true. */
  bias?: boolean;
  /** What lies around the picture. There is `'zeros'`. */
  paddingMode?: 'zeros';
  /** Default: the default dtype. */
  dtype?: DType;
}

/** Convolution of pictures. In: (N, inChannels, H, W). Out: (N, outChannels, H', W'). */
export class Conv2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly kernelSize: [number, number];
  readonly stride: [number, number];
  readonly padding: [number, number] | 'same' | 'valid';
  readonly dilation: [number, number];
  readonly groups: number;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    kernelSize: Pair,
    options: Conv2dLayerOptions = {},
  ) {
    super();
    checkOptions('Conv2d', options, ['stride', 'padding', 'dilation', 'groups', 'bias', 'paddingMode', 'dtype']);
    if (options.paddingMode !== undefined && options.paddingMode !== 'zeros')
      throw new ArgumentError(
        'Conv2d',
        `paddingMode '${String(options.paddingMode)}' is not there; pad the input with nn.functional.pad`,
      );
    const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      throw new ArgumentError(
        'Conv2d',
        `${inChannels} and ${outChannels} channels cannot be parted into ${groups} groups`,
      );
    }
    this.kernelSize = pair(kernelSize);
    this.stride = pair(stride);
    this.padding = typeof padding === 'string' ? padding : pair(padding);
    this.dilation = pair(dilation);
    this.groups = groups;
    const dtype = options.dtype === undefined ? {} : { dtype: options.dtype };
    this.weight = new Parameter(empty([outChannels, inChannels / groups, ...this.kernelSize], dtype));
    this.bias = options.bias === false ? null : new Parameter(empty([outChannels], dtype));
    this.resetParameters();
  }

  resetParameters(): void {
    resetAffine(this.weight, this.bias);
  }

  forward(input: Tensor): Tensor {
    const { bias, stride, padding, dilation, groups } = this;
    return conv2d(input, this.weight, { bias, stride, padding, dilation, groups });
  }

  override extraRepr(): string {
    const parts = [
      `${this.inChannels}, ${this.outChannels}`,
      `kernel_size=${python(this.kernelSize)}`,
      `stride=${python(this.stride)}`,
    ];
    const isZero = typeof this.padding !== 'string' && this.padding[0] === 0 && this.padding[1] === 0;
    if (!isZero) parts.push(`padding=${typeof this.padding === 'string' ? this.padding : python(this.padding)}`);
    if (this.dilation[0] !== 1 || this.dilation[1] !== 1) parts.push(`dilation=${python(this.dilation)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (this.bias === null) parts.push('bias=False');
    return parts.join(', ');
  }
}
