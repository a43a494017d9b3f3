import { nn, type Tensor } from 'flambeau';
import { convNormRelu } from './parts.js';

const part = (inputs: number, outputs: number): nn.Sequential => convNormRelu(inputs, outputs, 3, { padding: 1 });

/** A small VGG net for pictures (N, 3, 28, 28). Out: (N, 10) log-probabilities. */
export class VGG extends nn.Module {
  conv1 = part(3, 64);
  max_pooling1 = new nn.MaxPool2d(2, { stride: 2 });
  conv2_1 = part(64, 128);
  conv2_2 = part(128, 128);
  max_pooling2 = new nn.MaxPool2d(2, { stride: 2 });
  conv3_1 = part(128, 256);
  conv3_2 = part(256, 256);
  max_pooling3 = new nn.MaxPool2d(2, { stride: 2, padding: 1 });
  conv4_1 = part(256, 512);
  conv4_2 = part(512, 512);
  max_pooling4 = new nn.MaxPool2d(2, { stride: 2 });
  fc = new nn.Linear(512 * 4, 10);

  forward(x: Tensor): Tensor {
    let out = this.max_pooling1(this.conv1(x));
    out = this.max_pooling2(this.conv2_2(this.conv2_1(out)));
    out = this.max_pooling3(this.conv3_2(this.conv3_1(out)));
    out = this.max_pooling4(this.conv4_2(this.conv4_1(out)));
    return this.fc(out.view(out.shape[0], -1)).logSoftmax(1);
  }
}
