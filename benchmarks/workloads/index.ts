/** All workloads: the only list of their families. */
import type { Launch } from '../harness/launch.js';
import type { Workload } from '../harness/workload.js';
import { gemm } from './gemm.js';
import { overhead } from './overhead.js';
import { start } from './start.js';
import { trainingSteps } from './training.js';

export const workloads: readonly (Workload | Launch)[] = [...gemm, ...overhead, ...trainingSteps, ...start];
