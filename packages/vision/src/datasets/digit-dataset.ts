import * as fl from 'flambeau';
import { DIGIT_SIDE } from '../image/center.js';
import type { DigitSplit } from './drawn-digits.js';

/**
 * Digits as samples for a net: a picture (1, 28, 28) as float32 in 0 … 1, as torchvision's `ToTensor` makes it, and its label as int64.
 * A `DataLoader` takes whole batches: pictures (N, 1, 28, 28) and labels (N).
 *
 * @example
 * const { train } = await loadDigits();
 * const loader = new fl.data.DataLoader(new DigitDataset(train), { batchSize: 64, shuffle: true });
 */
export class DigitDataset extends fl.data.Dataset<[image: fl.Tensor, label: fl.Tensor]> {
  readonly #images: fl.Tensor;
  readonly #labels: fl.Tensor;

  constructor({ images, labels }: DigitSplit) {
    super();
    this.#images = fl.fromTypedArray(images, [labels.length, DIGIT_SIDE * DIGIT_SIDE]);
    this.#labels = fl.fromTypedArray(labels).to('int64');
  }

  get length(): number {
    return this.#labels.shape[0];
  }

  get(index: number): [image: fl.Tensor, label: fl.Tensor] {
    const [images, labels] = this.getBatch([index]);
    return [images.squeeze(0), labels.squeeze(0)];
  }

  /** The bytes of the chosen pictures are gathered before they become floats, so that a batch touches only its own pictures. */
  override getBatch(indices: readonly number[]): [images: fl.Tensor, labels: fl.Tensor] {
    const rows = fl.fromTypedArray(BigInt64Array.from(indices, BigInt));
    const images = this.#images.indexSelect(0, rows).to('float32').div(255);
    return [images.view(rows.numel, 1, DIGIT_SIDE, DIGIT_SIDE), this.#labels.indexSelect(0, rows)];
  }
}
