import type * as movement from './movement.js';
import { type ErrorSamples, integers, numbers, type Samples, strided, truths } from './sampling.testing.js';

const turned = () => numbers([4, 3]).t();

export const samples: Samples<typeof movement> = {
  view: [
    [numbers([3, 4]), 2, 6],
    [numbers([3, 4]), [-1]],
    [numbers([]), 1, 1],
    [numbers([0, 3]), 3, 0],
    [turned(), 3, 2, 2],
    [turned(), 12],
    [numbers([3, 4]), 5, 2],
    [integers([4]), 2, 2],
  ],
  reshape: [
    [numbers([3, 4]), 2, -1],
    [turned(), 12],
    [turned(), 3, 2, 2],
    [numbers([3, 1]).expand([3, 4]), 6, 2],
    [numbers([0]), 0, 4],
    [strided(numbers([2, 3])), 6],
    [truths([4]), [2, 2]],
  ],
  flatten: [
    [numbers([2, 3, 4])],
    [numbers([2, 3, 4]), 1],
    [numbers([2, 3, 4]), 0, { endDim: 1 }],
    [numbers([])],
    [turned()],
  ],
  unflatten: [
    [numbers([2, 6]), 1, [2, 3]],
    [numbers([6, 2]), 0, [-1, 2]],
    [numbers([5]), 0, [2, 2]],
  ],
  permute: [
    [numbers([2, 3, 4]), 2, 0, 1],
    [numbers([2, 3]), [1, 0]],
    [numbers([2, 0, 3]), [2, 1, -3]],
    [numbers([2, 3]), [0, 0]],
  ],
  transpose: [
    [numbers([2, 3, 4]), 0, 2],
    [numbers([2, 3]), -1, 0],
    [strided(numbers([2, 3])), 0, 1],
    [numbers([]), 0, 0],
  ],
  t: [[numbers([2, 3])], [numbers([3])], [numbers([])], [numbers([2, 2, 2])]],
  mT: [[numbers([2, 3])], [numbers([2, 3, 4])]],
  squeeze: [
    [numbers([1, 3, 1])],
    [numbers([1, 3, 1]), 0],
    [numbers([1, 3, 1]), [0, 2]],
    [numbers([1, 3, 1]), 1],
    [numbers([])],
  ],
  unsqueeze: [
    [numbers([3]), 0],
    [numbers([3]), -1],
    [numbers([2, 3]), 1],
    [turned(), 1],
    [numbers([]), 0],
    [numbers([3]), 3],
  ],
  expand: [
    [numbers([3, 1]), 3, 4],
    [numbers([3, 1]), [2, -1, 4]],
    [numbers([]), 2, 2],
    [numbers([1]), 0],
    [numbers([3]), 4],
  ],
  expandAs: [[numbers([3, 1]), numbers([3, 2])]],
  broadcastTo: [[numbers([3, 1]), [2, 3, 4]]],
  narrow: [
    [numbers([4, 3]), 0, 1, 2],
    [numbers([4, 3]), 1, -2, 2],
    [numbers([4]), 0, 2, 0],
    [numbers([4]), 0, 3, 2],
    [turned(), 1, 1, 2],
  ],
  slice: [
    [numbers([7, 2]), 0, { start: 1, end: 6, step: 2 }],
    [numbers([7]), 0, { start: -3 }],
    [numbers([7]), 0, { end: -2 }],
    [numbers([7]), 0, { start: 9, end: 20 }],
    [numbers([7]), 0],
    [strided(numbers([2, 5])), 1, { step: 3 }],
  ],
  select: [
    [numbers([4, 3]), 0, 1],
    [numbers([4, 3]), 1, -1],
    [numbers([4, 3]), 0, 4],
    [turned(), 1, 2],
    [integers([4]), 0, 3],
  ],
  unbind: [[numbers([3, 2])], [numbers([3, 2]), 1], [numbers([0, 2])], [turned(), 0]],
  split: [
    [numbers([5, 2]), 2],
    [numbers([2, 5]), [1, 4], 1],
    [numbers([0, 2]), 1],
    [numbers([5]), [2, 2]],
  ],
  chunk: [
    [numbers([5, 2]), 2],
    [numbers([2, 6]), 4, 1],
    [numbers([3]), 5],
  ],
  clone: [
    [numbers([2, 3])],
    [turned()],
    [numbers([])],
    [numbers([0, 2])],
    [numbers([3, 1]).expand([3, 2])],
    [truths([3])],
  ],
  contiguous: [[numbers([2, 3])], [turned()], [strided(numbers([2, 3]))]],
  flip: [
    [numbers([3, 4]), 0],
    [numbers([3, 4]), [0, 1]],
    [turned(), 1],
    [numbers([0, 2]), 0],
    [integers([4]), 0],
  ],
  repeat: [
    [numbers([2, 3]), 2, 1],
    [numbers([3]), [2, 2]],
    [numbers([]), 3],
    [numbers([2]), 0],
    [turned(), 1, 2],
  ],
  roll: [
    [numbers([5]), 2],
    [numbers([3, 4]), 1, 0],
    [numbers([3, 4]), [1, -2], [0, 1]],
    [numbers([3, 4]), 5],
    [numbers([0]), 1],
    [turned(), -1, 1],
  ],
};

export const errorSamples: ErrorSamples<typeof movement> = {
  view: [
    [[numbers([2, 3]), 4], 'ShapeError', 'view: 6 elements do not fit the shape [4] (got [2, 3])'],
    [
      [numbers([2, 3]), -1, -1],
      'ShapeError',
      'view: sizes are whole numbers from 0, and at most one is -1 (got [-1, -1])',
    ],
    [
      [numbers([2, 3]).t(), 6],
      'ShapeError',
      'view: [6] needs memory in row-major order; use `.reshape(…)`, which copies (got [3, 2])',
    ],
  ],
  reshape: [[[numbers([2, 3]), [4, 2]], 'ShapeError', 'reshape: 6 elements do not fit the shape [4, 2] (got [2, 3])']],
  flatten: [[[numbers([2, 3]), 1, { endDim: 0 }], 'IndexError', 'flatten: startDim 1 lies behind endDim 0']],
  unflatten: [
    [
      [numbers([2, 3]), 1, [2, 2]],
      'ShapeError',
      'unflatten: [2, 2] does not multiply to size 3 of dimension 1 (got [2, 3])',
    ],
  ],
  permute: [
    [[numbers([2, 3]), 0, 0], 'IndexError', 'permute: dimension given twice in [0, 0]'],
    [[numbers([2, 3]), 0], 'ShapeError', 'permute: [0] must name each of the 2 dimensions once (got [2, 3])'],
  ],
  transpose: [
    [[numbers([2, 3]), 0, 2], 'IndexError', 'transpose: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
  ],
  t: [
    [
      [numbers([2, 3, 4])],
      'ShapeError',
      't: only matrices have a plain transpose; use `.transpose(dim0, dim1)` or `.mT()` (got [2, 3, 4])',
    ],
  ],
  squeeze: [
    [[numbers([2, 3]), 2], 'IndexError', 'squeeze: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
  ],
  unsqueeze: [
    [[numbers([2, 3]), 4], 'IndexError', 'unsqueeze: dimension 4 is outside [-3, 2] of a tensor with 3 dimensions'],
  ],
  expand: [
    [[numbers([2, 3]), 2, 4], 'ShapeError', 'expand: cannot repeat to [2, 4]: only sizes of 1 can grow (got [2, 3])'],
    [[numbers([2, 3]), 3], 'ShapeError', 'expand: cannot repeat to [3]: only sizes of 1 can grow (got [2, 3])'],
  ],
  broadcastTo: [
    [
      [numbers([2, 3]), [3, 3]],
      'ShapeError',
      'broadcastTo: cannot repeat to [3, 3]: only sizes of 1 can grow (got [2, 3])',
    ],
  ],
  narrow: [[[numbers([2, 3]), 1, 2, 2], 'IndexError', 'narrow: entries 2 to 4 lie outside dimension 1 of size 3']],
  slice: [
    [
      [numbers([2, 3]), 1, { step: 0 }],
      'ArgumentError',
      'slice: step 0 is no whole number from 1; turn a dimension round with `.flip(dim)`',
    ],
    [
      [numbers([2, 3]), 0, { stop: 1 } as never],
      'TypeError',
      "slice: unknown option 'stop'; did you mean 'step'? (it takes start, end, step)",
    ],
    [[numbers([]), 0], 'IndexError', 'slice: a scalar has no dimension to slice'],
  ],
  select: [
    [[numbers([2, 3]), 1, 3], 'IndexError', 'select: index 3 is outside dimension 1 of size 3'],
    [[numbers([]), 0, 0], 'IndexError', 'select: a scalar has no dimension to select from'],
  ],
  unbind: [
    [[numbers([2, 3]), 2], 'IndexError', 'unbind: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions'],
  ],
  split: [
    [[numbers([2, 3]), 0], 'ArgumentError', 'split: the size of the pieces is a whole number from 1, not 0'],
    [
      [numbers([2, 3]), [1, 2], 0],
      'ShapeError',
      'split: sizes [1, 2] do not sum to 2, the size of dimension 0 (got [2, 3])',
    ],
  ],
  chunk: [[[numbers([2, 3]), 0], 'ArgumentError', 'chunk: the number of pieces is a whole number from 1, not 0']],
  flip: [[[numbers([2, 3]), 2], 'IndexError', 'flip: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions']],
  repeat: [
    [
      [numbers([2, 3]), 2],
      'ShapeError',
      'repeat: [2] must be whole numbers from 0, one for each dimension at least (got [2, 3])',
    ],
    [
      [numbers([2]), -1],
      'ShapeError',
      'repeat: [-1] must be whole numbers from 0, one for each dimension at least (got [2])',
    ],
  ],
  roll: [[[numbers([2, 3]), 1, 2], 'IndexError', 'roll: dimension 2 is outside [-2, 1] of a tensor with 2 dimensions']],
};
