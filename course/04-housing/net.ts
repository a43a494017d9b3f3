import { nn, type Tensor } from 'flambeau';

/** The regression net of chapter 4: 13 features, 100 hidden units, one price. */
export class Net extends nn.Module {
  hidden: nn.Linear;
  predict: nn.Linear;

  constructor(features: number, outputs: number) {
    super();
    this.hidden = new nn.Linear(features, 100);
    this.predict = new nn.Linear(100, outputs);
  }

  forward(x: Tensor): Tensor {
    return this.predict(this.hidden(x).relu());
  }
}
