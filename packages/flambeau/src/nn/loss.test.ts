import { expect, expectTypeOf, test } from 'vitest';
import * as fl from '../index.js';

const { nn } = fl;
const x = fl.tensor([
  [0.5, -1, 2],
  [0.25, 1, -0.5],
]);
const classes = fl.tensor([2, 0]);

test('a loss is its function with the options it was made with', () => {
  const weight = fl.tensor([1, 2, 0.5]);
  const loss = new nn.CrossEntropyLoss({ weight, reduction: 'sum' });
  expect(loss(x, classes).equal(nn.functional.crossEntropy(x, classes, { weight, reduction: 'sum' }))).toBe(true);
  expectTypeOf(loss).parameters.toEqualTypeOf<[input: fl.Tensor, target: fl.Tensor]>();
  const variance = new nn.GaussianNLLLoss();
  expectTypeOf(variance).parameters.toEqualTypeOf<
    [input: fl.Tensor, target: fl.Tensor, variance: number | fl.Tensor]
  >();
  expect(variance(x, x, 1).item()).toBeCloseTo(0);
  const triplet = new nn.TripletMarginLoss({ margin: 0.5 });
  expect(triplet(x, x, x).item()).toBeCloseTo(0.5);
});

test('weights belong to the state, so that they are saved and converted', () => {
  const loss = new nn.BCEWithLogitsLoss({ posWeight: fl.tensor([1, 2, 3]), weight: fl.tensor([1, 1, 0]) });
  expect(Object.keys(loss.stateDict())).toEqual(['weight', 'pos_weight']);
  const target = x.gt(0).double();
  expect(loss.double()(x.double(), target).dtype).toBe('float64');
  loss.loadStateDict({ weight: fl.zeros(3), pos_weight: fl.ones(3) });
  expect(loss(x.double(), target).item()).toBe(0);
});

test('losses and distances are printed by their names', () => {
  const made = [
    new nn.L1Loss(),
    new nn.MultiLabelSoftMarginLoss(),
    new nn.TripletMarginWithDistanceLoss(),
    new nn.CosineSimilarity(),
  ];
  expect(made.map(String)).toEqual([
    'L1Loss()',
    'MultiLabelSoftMarginLoss()',
    'TripletMarginWithDistanceLoss()',
    'CosineSimilarity()',
  ]);
});

test('a triplet loss measures by any distance', () => {
  const apart = (a: fl.Tensor, b: fl.Tensor): fl.Tensor => a.sub(b).abs().sum(1);
  const loss = new nn.TripletMarginWithDistanceLoss({ distanceFunction: apart, margin: 2, reduction: 'none' });
  expect(loss(x, x, x.add(0.5)).toArray()).toEqual([0.5, 0.5]);
});

test('distances as modules', () => {
  expect(new nn.CosineSimilarity()(x, x.mul(2)).toArray()).toEqual([1, 1].map((one) => expect.closeTo(one, 5)));
  expect(new nn.PairwiseDistance({ p: 1, keepdim: true })(x, x.add(1)).shape).toEqual([2, 1]);
});
