/** All workloads: the only list of their families. */
import type { Launch } from '../harness/launch.js';
import type { Workload } from '../harness/workload.js';
import { convolutions } from './convolution.js';
import { elementwise } from './elementwise.js';
import { gemm } from './gemm.js';
import { indexing } from './indexing.js';
import { inferences } from './inference.js';
import { movement } from './movement.js';
import { norms } from './norms.js';
import { optimizers } from './optimizers.js';
import { overhead } from './overhead.js';
import { pools } from './pooling.js';
import { reductions } from './reductions.js';
import { sequences } from './sequences.js';
import { softmaxAndLosses } from './softmax.js';
import { sorting } from './sorting.js';
import { start } from './start.js';
import { trainingSteps } from './training.js';

export const workloads: readonly (Workload | Launch)[] = [
  ...gemm,
  ...convolutions,
  ...norms,
  ...pools,
  ...softmaxAndLosses,
  ...elementwise,
  ...reductions,
  ...movement,
  ...indexing,
  ...sorting,
  ...sequences,
  ...overhead,
  ...optimizers,
  ...trainingSteps,
  ...inferences,
  ...start,
];
