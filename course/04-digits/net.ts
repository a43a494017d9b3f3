import { nn, type Tensor } from 'flambeau';

/** The CNN of chapter 4: one convolution, one linear layer. In: pictures (N, 1, 28, 28) in 0..1. Out: (N, 10) scores. */
export class CNN extends nn.Module {
  conv = new nn.Sequential(
    new nn.Conv2d(1, 32, 5, { padding: 2 }),
    new nn.BatchNorm2d(32),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
  );
  fc = new nn.Linear(14 * 14 * 32, 10);

  forward(x: Tensor): Tensor {
    const out = this.conv(x);
    return this.fc(out.view(out.shape[0], -1));
  }
}
