import * as fl from 'flambeau';

/** A tensor that both sides draw from their equal random numbers. */
export interface Input {
  ours(): fl.Tensor;
  readonly theirs: string;
}

/** The inputs of a workload, drawn in the order of their names' appearance. */
export type Inputs = Readonly<Record<string, Input>>;
export type TensorsOf<Named extends Inputs> = { [Name in keyof Named]: fl.Tensor };

const list = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Normally distributed float32. */
export const normal = (...shape: number[]): Input => ({
  ours: () => fl.randn(shape),
  theirs: `torch.randn(${list(shape)})`,
});

/** Float32 from 0 up to 1. */
export const uniform = (...shape: number[]): Input => ({
  ours: () => fl.rand(shape),
  theirs: `torch.rand(${list(shape)})`,
});

/** Integers from 0 up to, not including, `high`. */
export const integers = (high: number, ...shape: number[]): Input => ({
  ours: () => fl.randint(high, shape),
  theirs: `torch.randint(${high}, ${list(shape)})`,
});

/** Every integer below n once. */
export const permutation = (n: number): Input => ({ ours: () => fl.randperm(n), theirs: `torch.randperm(${n})` });

/** Draws all inputs. */
export function draw<Named extends Inputs>(inputs: Named): TensorsOf<Named> {
  const drawn = Object.entries(inputs).map(([name, input]) => [name, input.ours()] as const);
  return Object.fromEntries(drawn) as TensorsOf<Named>;
}

/** The Python statements that draw the same. */
export const drawPython = (inputs: Inputs): string =>
  Object.entries(inputs)
    .map(([name, input]) => `${name} = ${input.theirs}\n`)
    .join('');
