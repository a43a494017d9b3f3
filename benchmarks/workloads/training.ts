import { training } from '../harness/net.js';
import { group } from '../harness/workload.js';
import { digits, housing, type NetWorkload, pictures } from '../nets/index.js';

const step = ({ name, spec }: NetWorkload, batch: number) => training(`${name}, batch ${batch}`, spec(batch));

export const trainingSteps = group('training', [
  step(housing, 496),
  step(digits, 64),
  ...pictures.map((net) => step(net, 128)),
]);
