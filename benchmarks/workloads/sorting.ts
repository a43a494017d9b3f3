import { integers, normal } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

/** Values only are compared: equal numbers may stand in either order. */
export const sorting = group('sorting', [
  op('sort 2²⁰', { inputs: { x: normal(2 ** 20) }, ours: ({ x }) => x.sort().values, theirs: 'x.sort()[0]' }),
  op('sort rows 1024²', {
    inputs: { x: normal(1024, 1024) },
    ours: ({ x }) => x.sort(1).values,
    theirs: 'x.sort(1)[0]',
  }),
  op('sort columns 1024²', {
    inputs: { x: normal(1024, 1024) },
    ours: ({ x }) => x.sort(0).values,
    theirs: 'x.sort(0)[0]',
  }),
  op('sort rows of integers 1024²', {
    inputs: { x: integers(1_000_000, 1024, 1024) },
    ours: ({ x }) => x.sort(1).values,
    theirs: 'x.sort(1)[0]',
  }),
  op('top 5 of rows 2048×1000', {
    inputs: { x: normal(2048, 1000) },
    ours: ({ x }) => x.topk(5, 1).values,
    theirs: 'x.topk(5, 1)[0]',
  }),
  op('top 300 of 2¹⁸', {
    inputs: { x: normal(2 ** 18) },
    ours: ({ x }) => x.topk(300).values,
    theirs: 'x.topk(300)[0]',
  }),
  op('median of rows 1024²', {
    inputs: { x: normal(1024, 1024) },
    ours: ({ x }) => x.median(1).values,
    theirs: 'x.median(1)[0]',
  }),
  op('unique of 2¹⁸ integers', {
    inputs: { x: integers(1000, 2 ** 18) },
    ours: ({ x }) => x.unique(),
    theirs: 'x.unique()',
  }),
]);
