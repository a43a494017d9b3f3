import { nn, type Tensor } from 'flambeau';
import { convNormRelu } from './parts.js';

/** A convolution taken apart: one for each channel, then one over the channels of each pixel. */
const separable = (inputs: number, outputs: number, stride: number): nn.Sequential =>
  new nn.Sequential(
    ...convNormRelu(inputs, inputs, 3, { stride, padding: 1, groups: inputs, bias: false }),
    ...convNormRelu(inputs, outputs, 1, { bias: false }),
  );

/** A small MobileNet (v1) for pictures (N, 3, 28, 28). Out: (N, 10) scores. */
export class MobileNet extends nn.Module {
  conv1 = convNormRelu(3, 32, 3, { padding: 1 });
  conv_dw2 = separable(32, 32, 1);
  conv_dw3 = separable(32, 64, 2);
  conv_dw4 = separable(64, 64, 1);
  conv_dw5 = separable(64, 128, 2);
  conv_dw6 = separable(128, 128, 1);
  conv_dw7 = separable(128, 256, 2);
  conv_dw8 = separable(256, 256, 1);
  conv_dw9 = separable(256, 512, 2);
  fc = new nn.Linear(512, 10);

  forward(x: Tensor): Tensor {
    let out = this.conv_dw3(this.conv_dw2(this.conv1(x)));
    out = this.conv_dw6(this.conv_dw5(this.conv_dw4(out)));
    out = this.conv_dw9(this.conv_dw8(this.conv_dw7(out)));
    return this.fc(nn.functional.avgPool2d(out, 2).view(-1, 512));
  }
}
