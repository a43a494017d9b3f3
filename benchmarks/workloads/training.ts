import { training } from '../harness/net.js';
import { group } from '../harness/workload.js';
import { bilstm, digits, housing, type NetWorkload, pictures, textcnn, transformer } from '../nets/index.js';

const step = ({ name, spec }: NetWorkload, batch: number) => training(`${name}, batch ${batch}`, spec(batch));

export const trainingSteps = group('training', [
  step(housing, 496),
  step(digits, 64),
  ...pictures.map((net) => step(net, 128)),
  step(bilstm, 128),
  step(textcnn, 128),
  step(transformer, 16),
]);
