import { nn, type Tensor } from 'flambeau';
import { convNormRelu } from './parts.js';

/** Two convolutions and a way around them. */
class ResidualBlock extends nn.Module {
  left: nn.Sequential;
  shortcut: nn.Sequential;

  constructor(inputs: number, outputs: number, stride: number) {
    super();
    this.left = new nn.Sequential(
      new nn.Conv2d(inputs, outputs, 3, { stride, padding: 1, bias: false }),
      new nn.BatchNorm2d(outputs),
      new nn.ReLU({ inplace: true }),
      new nn.Conv2d(outputs, outputs, 3, { padding: 1, bias: false }),
      new nn.BatchNorm2d(outputs),
    );
    this.shortcut =
      stride === 1 && inputs === outputs
        ? new nn.Sequential()
        : new nn.Sequential(new nn.Conv2d(inputs, outputs, 1, { stride, bias: false }), new nn.BatchNorm2d(outputs));
  }

  forward(x: Tensor): Tensor {
    return this.left(x).add_(this.shortcut(x)).relu();
  }
}

const layer = (inputs: number, outputs: number): nn.Sequential =>
  new nn.Sequential(new ResidualBlock(inputs, outputs, 2), new ResidualBlock(outputs, outputs, 1));

/** A residual net of 18 layers for pictures (N, 3, 28, 28). Out: (N, 10) scores. */
export class ResNet extends nn.Module {
  conv1 = convNormRelu(3, 32, 3, { padding: 1, bias: false });
  layer1 = layer(32, 64);
  layer2 = layer(64, 128);
  layer3 = layer(128, 256);
  layer4 = layer(256, 512);
  fc = new nn.Linear(512, 10);

  forward(x: Tensor): Tensor {
    const out = this.layer4(this.layer3(this.layer2(this.layer1(this.conv1(x)))));
    const pooled = nn.functional.avgPool2d(out, 2);
    return this.fc(pooled.view(pooled.shape[0], -1));
  }
}
