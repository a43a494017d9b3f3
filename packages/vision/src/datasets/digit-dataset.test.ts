import * as fl from 'flambeau';
import { describe, expect, it } from 'vitest';
import { DigitDataset } from './digit-dataset.js';
import { drawDigits } from './drawn-digits.js';

const digits = drawDigits(10, { seed: 8 });
const dataset = new DigitDataset(digits);

describe('DigitDataset', () => {
  it('gives a picture of floats in 0 … 1 and its label', () => {
    const [image, label] = dataset.get(3);
    expect(dataset.length).toBe(10);
    expect([image.shape, image.dtype]).toEqual([[1, 28, 28], 'float32']);
    expect([label.shape, label.dtype, label.item()]).toEqual([[], 'int64', digits.labels[3]]);
    const bytes = digits.images.subarray(3 * 784, 4 * 784);
    expect(image.flatten().toTypedArray()).toEqual(Float32Array.from(bytes, (value) => Math.fround(value / 255)));
  });

  it('hands a loader whole batches in the order asked for', () => {
    const [images, labels] = dataset.getBatch([9, 0, 9]);
    expect(images.shape).toEqual([3, 1, 28, 28]);
    expect(labels.toArray()).toEqual([digits.labels[9], digits.labels[0], digits.labels[9]]);
    expect(images.select(0, 1).equal(dataset.get(0)[0])).toBe(true);
    const sizes = Array.from(new fl.data.DataLoader(dataset, { batchSize: 4 }), ([batch]) => batch.shape[0]);
    expect(sizes).toEqual([4, 4, 2]);
  });

  it('has no eleventh digit of ten', () => {
    expect(() => dataset.get(10)).toThrow(fl.IndexError);
  });
});
