import * as fl from 'flambeau';
import { integers, normal, permutation } from '../harness/inputs.js';
import { op } from '../harness/op.js';
import { group } from '../harness/workload.js';

const { embedding } = fl.nn.functional;
const rows = { x: normal(20_000, 128), i: integers(20_000, 16_384) };
const moved = 8 * 16_384 * 128;

export const indexing = group('indexing', [
  op('embedding, 16×128 of 20 000×256', {
    inputs: { w: normal(20_000, 256), i: integers(20_000, 16, 128) },
    ours: ({ w, i }) => embedding(i, w),
    theirs: 'F.embedding(i, w)',
    bytes: 8 * 16 * 128 * 256,
  }),
  op('embedding, forward + backward', {
    inputs: { w: normal(20_000, 256), i: integers(20_000, 16, 128) },
    ours: ({ w, i }) => embedding(i, w),
    theirs: 'F.embedding(i, w)',
    grads: ['w'],
  }),
  op('indexSelect rows', {
    inputs: rows,
    ours: ({ x, i }) => x.indexSelect(0, i),
    theirs: 'x.index_select(0, i)',
    bytes: moved,
  }),
  op('x[i] rows', { inputs: rows, ours: ({ x, i }) => x.at(i), theirs: 'x[i]', bytes: moved }),
  op('shuffle rows', {
    inputs: { x: normal(16_384, 128), i: permutation(16_384) },
    ours: ({ x, i }) => x.indexSelect(0, i),
    theirs: 'x.index_select(0, i)',
    bytes: moved,
  }),
  op('gather along 1 1024²', {
    inputs: { x: normal(1024, 1024), i: integers(1024, 1024, 1024) },
    ours: ({ x, i }) => x.gather(1, i),
    theirs: 'x.gather(1, i)',
    bytes: 16 * 1024 ** 2,
  }),
  op('gather along 0 1024²', {
    inputs: { x: normal(1024, 1024), i: integers(1024, 1024, 1024) },
    ours: ({ x, i }) => x.gather(0, i),
    theirs: 'x.gather(0, i)',
    bytes: 16 * 1024 ** 2,
  }),
  op('gather of labels 2048×1000', {
    inputs: { x: normal(2048, 1000), i: integers(1000, 2048, 1) },
    ours: ({ x, i }) => x.gather(1, i),
    theirs: 'x.gather(1, i)',
  }),
  op('scatterAdd along 1 1024²', {
    inputs: { x: normal(1024, 1024), i: integers(1024, 1024, 1024), s: normal(1024, 1024) },
    ours: ({ x, i, s }) => x.scatterAdd(1, i, s),
    theirs: 'x.scatter_add(1, i, s)',
  }),
  op('indexAdd rows', {
    inputs: { x: normal(1000, 128), i: integers(1000, 16_384), s: normal(16_384, 128) },
    ours: ({ x, i, s }) => x.indexAdd(0, i, s),
    theirs: 'x.index_add(0, i, s)',
  }),
  op('maskedFill 2048²', {
    inputs: { x: normal(2048, 2048), m: normal(2048, 2048) },
    ours: ({ x, m }) => x.maskedFill(m.gt(0), 0),
    theirs: 'x.masked_fill(m > 0, 0)',
  }),
  op('maskedSelect 1024²', {
    inputs: { x: normal(1024, 1024), m: normal(1024, 1024) },
    ours: ({ x, m }) => x.maskedSelect(m.gt(0)),
    theirs: 'x.masked_select(m > 0)',
  }),
  op('nonzero 1024²', {
    inputs: { x: normal(1024, 1024) },
    ours: ({ x }) => x.gt(0).nonzero(),
    theirs: '(x > 0).nonzero()',
  }),
]);
