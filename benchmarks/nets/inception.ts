import { cat, nn, type Tensor } from 'flambeau';
import { convNormRelu } from './parts.js';

const part = (inputs: number, outputs: number, kernel: number): nn.Sequential =>
  convNormRelu(inputs, outputs, kernel, { padding: Math.floor(kernel / 2) });

type Four = readonly [number, number, number, number];

/** Four ways from the same pictures, side by side in the channels. */
class Inception extends nn.Module {
  branch1_conv: nn.Sequential;
  branch2_conv1: nn.Sequential;
  branch2_conv2: nn.Sequential;
  branch3_conv1: nn.Sequential;
  branch3_conv2: nn.Sequential;
  branch4_pool: nn.MaxPool2d;
  branch4_conv: nn.Sequential;

  constructor(inputs: number, outputs: Four, reduced: readonly [number, number]) {
    super();
    this.branch1_conv = part(inputs, outputs[0], 1);
    this.branch2_conv1 = part(inputs, reduced[0], 1);
    this.branch2_conv2 = part(reduced[0], outputs[1], 3);
    this.branch3_conv1 = part(inputs, reduced[1], 1);
    this.branch3_conv2 = part(reduced[1], outputs[2], 5);
    this.branch4_pool = new nn.MaxPool2d(3, { stride: 1, padding: 1 });
    this.branch4_conv = part(inputs, outputs[3], 3);
  }

  forward(x: Tensor): Tensor {
    return cat(
      [
        this.branch1_conv(x),
        this.branch2_conv2(this.branch2_conv1(x)),
        this.branch3_conv2(this.branch3_conv1(x)),
        this.branch4_conv(this.branch4_pool(x)),
      ],
      1,
    );
  }
}

const stage = (inputs: number, outputs: Four, reduced: readonly [number, number]): nn.Sequential =>
  new nn.Sequential(new Inception(inputs, outputs, reduced), new nn.MaxPool2d(3, { stride: 2, padding: 1 }));

/** A small Inception net for pictures (N, 3, 28, 28). Out: (N, 10) scores. */
export class InceptionNet extends nn.Module {
  block1 = convNormRelu(3, 64, 7, { stride: 2, padding: 1 });
  block2 = convNormRelu(64, 128, 3, { stride: 2, padding: 1 });
  block3 = stage(128, [64, 64, 64, 64], [16, 16]);
  block4 = stage(256, [96, 96, 96, 96], [32, 32]);
  fc = new nn.Linear(384, 10);

  forward(x: Tensor): Tensor {
    const out = this.block4(this.block3(this.block2(this.block1(x))));
    const pooled = nn.functional.avgPool2d(out, 2);
    return this.fc(pooled.view(pooled.shape[0], -1));
  }
}
