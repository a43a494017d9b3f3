import type { DigitSplit } from '@flambeau/vision';
import * as fl from 'flambeau';

/** A data set of digits that hands whole batches out: pictures (N, 1, 28, 28) as float32 in 0..1, labels (N) as int64. */
export class Digits extends fl.data.Dataset<[fl.Tensor, fl.Tensor]> {
  readonly #images: fl.Tensor;
  readonly #labels: fl.Tensor;

  constructor({ images, labels }: DigitSplit) {
    super();
    this.#images = fl.fromTypedArray(images, [labels.length, 28 * 28]);
    this.#labels = fl.fromTypedArray(labels).to('int64');
  }

  get length(): number {
    return this.#labels.shape[0];
  }

  get(index: number): [fl.Tensor, fl.Tensor] {
    const [images, labels] = this.getBatch([index]);
    return [images.squeeze(0), labels.squeeze(0)];
  }

  /** The bytes of the chosen pictures are gathered before they become floats, so that a batch touches only its own pictures. */
  override getBatch(indices: readonly number[]): [fl.Tensor, fl.Tensor] {
    const rows = fl.fromTypedArray(BigInt64Array.from(indices, BigInt));
    const images = this.#images.indexSelect(0, rows).to('float32').div(255);
    return [images.view(rows.numel, 1, 28, 28), this.#labels.indexSelect(0, rows)];
  }
}
