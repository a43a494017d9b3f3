import { nn } from 'flambeau';

interface PartOptions {
  stride?: number;
  padding?: number;
  groups?: number;
  bias?: boolean;
}

/** Convolution, batch norm, ReLU: what most of these nets are made of. */
export const convNormRelu = (inputs: number, outputs: number, kernel: number, options: PartOptions): nn.Sequential =>
  new nn.Sequential(new nn.Conv2d(inputs, outputs, kernel, options), new nn.BatchNorm2d(outputs), new nn.ReLU());
