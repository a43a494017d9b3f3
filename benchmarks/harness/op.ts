import * as fl from 'flambeau';
import { draw, drawPython, type Inputs, type TensorsOf } from './inputs.js';
import type { Program, Workload } from './workload.js';

type Outputs = fl.Tensor | readonly fl.Tensor[];

/** One op, or a few, on drawn inputs. */
export interface OpSpec<Named extends Inputs> {
  readonly inputs: Named;
  readonly ours: (inputs: TensorsOf<Named>) => Outputs;
  /** The same as a Python expression of the inputs' names. */
  readonly theirs: string;
  /** Inputs whose gradients belong to a repetition. The gradient of the result is drawn after the inputs. */
  readonly grads?: readonly (keyof Named & string)[];
  /** Whether a repetition is the way back alone, through a graph that is kept. */
  readonly backwardOnly?: boolean;
  readonly flops?: number;
  readonly bytes?: number;
}

const listOf = (outputs: Outputs): readonly fl.Tensor[] => (fl.isTensor(outputs) ? [outputs] : outputs);

/** Has the numbers written: an op may leave that to whoever reads its result, and here nobody does. */
function written<T extends Outputs>(outputs: T): T {
  for (const output of listOf(outputs)) void output.storage.rawPlace;
  return outputs;
}

/** A workload of ops. */
export function op<Named extends Inputs>(name: string, spec: OpSpec<Named>): Omit<Workload, 'group'> {
  const { flops, bytes } = spec;
  return {
    name,
    flops,
    bytes,
    ours: () => (spec.grads === undefined ? forward(spec) : withGradients(spec)),
    theirs: python(spec),
  };
}

function forward<Named extends Inputs>(spec: OpSpec<Named>): Program {
  fl.manualSeed(0);
  const tensors = draw(spec.inputs);
  const { ours } = spec;
  return {
    body: () => void written(ours(tensors)),
    check: () => listOf(ours(tensors)),
  };
}

function withGradients<Named extends Inputs>(spec: OpSpec<Named>): Program {
  fl.manualSeed(0);
  const tensors = draw(spec.inputs);
  const wanted = (spec.grads as readonly string[]).map((name) => tensors[name].requiresGrad_());
  const ours = spec.ours as (inputs: TensorsOf<Named>) => fl.Tensor;
  const out = ours(tensors);
  const gradOutputs = fl.randn(out.shape);
  if (spec.backwardOnly === true) {
    const back = (): fl.Tensor[] => fl.autograd.grad(out, wanted, { gradOutputs, retainGraph: true });
    return { body: () => void written(back()), check: () => [out, ...back()] };
  }
  const both = (): fl.Tensor[] => fl.autograd.grad(written(ours(tensors)), wanted, { gradOutputs });
  return { body: () => void written(both()), check: () => [out, ...both()] };
}

function python<Named extends Inputs>({ inputs, theirs, grads, backwardOnly }: OpSpec<Named>): Workload['theirs'] {
  const setup = `torch.manual_seed(0)\n${drawPython(inputs)}`;
  if (grads === undefined) return { setup, body: theirs, check: `flat(${theirs})` };
  const wanted = `[${grads.join(', ')}]`;
  const [expression, keep] = backwardOnly === true ? ['out', ', retain_graph=True'] : [theirs, ''];
  const body = `torch.autograd.grad(${expression}, ${wanted}, grad${keep})`;
  const leaves = grads.map((name) => `${name}.requires_grad_()\n`).join('');
  return {
    setup: `${setup}${leaves}out = ${theirs}\ngrad = torch.randn(out.shape)`,
    body,
    check: `[out, *${body}]`,
  };
}
