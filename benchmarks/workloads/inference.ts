import { inference } from '../harness/net.js';
import { group } from '../harness/workload.js';
import { bilstm, digits, housing, type NetWorkload, pictures, textcnn, transformer } from '../nets/index.js';

const NETS = [housing, digits, ...pictures, bilstm, textcnn, transformer];

/** `torch.compile` is compared where one answer at a time counts. */
const answers = (batch: number) => (net: NetWorkload) =>
  inference(`${net.name}, batch ${batch}`, net.spec(batch), batch === 1);

export const inferences = [
  ...group('inference, batch 1', NETS.map(answers(1))),
  ...group('inference, batch 64', NETS.map(answers(64))),
];
