import * as fl from 'flambeau';
import { draw, drawPython, type Inputs, type TensorsOf } from './inputs.js';
import type { Program, Workload } from './workload.js';

/** A net with the same state-dict names on both sides, and what it is fed with. */
export interface NetSpec<Net, Named extends Inputs> {
  readonly net: () => Net;
  /** The Python expression that makes the net. */
  readonly pythonNet: string;
  readonly inputs: Named;
  /** What the net is called with. */
  readonly ours: (net: Net, inputs: TensorsOf<Named>) => fl.Tensor;
  /** The same in Python. */
  readonly theirs: string;
}

/** What training adds. */
export interface TrainingSpec<Net, Named extends Inputs> extends NetSpec<Net, Named> {
  /** The loss of the net's answer. */
  readonly loss: (answer: fl.Tensor, inputs: TensorsOf<Named>) => fl.Tensor;
  /** The same in Python, of `answer`. */
  readonly pythonLoss: string;
  /** Adam's learning rate. Default 0.001. */
  readonly lr?: number;
}

/** One training step: forward, loss, zeroGrad, backward, Adam. */
export function training<Net extends fl.nn.AnyModule, Named extends Inputs>(
  name: string,
  spec: TrainingSpec<Net, Named>,
): Omit<Workload, 'group'> {
  const { lr = 0.001 } = spec;
  const ours = (): Program => {
    const { net, tensors } = make(spec);
    const optimizer = new fl.optim.Adam(net.parameters(), { lr });
    const lossOf = (): fl.Tensor => spec.loss(spec.ours(net, tensors), tensors);
    return {
      body: () => {
        const loss = lossOf();
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
      },
      check: () => [...Object.values(net.stateDict()).map((value) => value.clone()), lossOf()],
    };
  };
  const loss = spec.pythonLoss.replace(/\banswer\b/g, spec.theirs);
  return {
    name,
    memory: true,
    compile: 'net = torch.compile(net)',
    ours,
    theirs: {
      setup: `${setup(spec)}optimizer = torch.optim.Adam(net.parameters(), lr=${lr})`,
      body: `loss = ${loss}\noptimizer.zero_grad()\nloss.backward()\noptimizer.step()`,
      check: `[*(value.clone() for value in net.state_dict().values()), ${loss}]`,
    },
  };
}

/** One answer of a net in eval mode, without gradients. */
export function inference<Net extends fl.nn.AnyModule, Named extends Inputs>(
  name: string,
  spec: NetSpec<Net, Named>,
  compiles = false,
): Omit<Workload, 'group'> {
  const ours = (): Program => {
    const { net, tensors } = make(spec);
    net.eval();
    const answer = (): fl.Tensor => fl.noGrad(() => spec.ours(net, tensors));
    return { body: () => void answer(), check: () => [answer()] };
  };
  return {
    name,
    compile: compiles ? 'net = torch.compile(net)' : undefined,
    ours,
    theirs: {
      setup: `${setup(spec)}net.eval()`,
      body: `with torch.no_grad(): ${spec.theirs}`,
      check: `no_grad(lambda: [${spec.theirs}])`,
    },
  };
}

function make<Net, Named extends Inputs>(spec: NetSpec<Net, Named>): { net: Net; tensors: TensorsOf<Named> } {
  fl.manualSeed(0);
  return { net: spec.net(), tensors: draw(spec.inputs) };
}

const setup = <Net, Named extends Inputs>({ pythonNet, inputs }: NetSpec<Net, Named>): string =>
  `torch.manual_seed(0)\nnet = ${pythonNet}\n${drawPython(inputs)}`;
