import type { Tensor } from 'flambeau';

/** The PyTorch side of a workload, as Python source; `torch`, `F` (torch.nn.functional), `nn` and `nets` are there. */
export interface PythonProgram {
  /** Statements that make what a repetition needs. */
  readonly setup: string;
  /** The statements that are timed. */
  readonly body: string;
  /** An expression for the list of tensors that must be equal on both sides before anything is timed. */
  readonly check: string;
}

/** The Flambeau side of a workload, ready to run. */
export interface Program {
  /** One repetition, written as a user's loop would have it: what it makes is left to the collector. */
  body(): void;
  /** The tensors that must be equal on both sides. */
  check(): readonly Tensor[];
}

/** One row of the table: the same work on both sides, from the same seed. */
export interface Workload {
  readonly group: string;
  readonly name: string;
  /** Makes everything anew from seed 0. */
  ours(): Program;
  readonly theirs: PythonProgram;
  /** Floating-point operations of one repetition, where a rate makes sense. */
  readonly flops?: number;
  /** Bytes that one repetition has to read and write at least, where a rate makes sense. */
  readonly bytes?: number;
  /** Also measure the peak memory of fresh processes that run it. */
  readonly memory?: boolean;
  /** What `--compile` puts before the timed part for `torch.compile`. */
  readonly compile?: string;
}

/** The workloads of one group. */
export const group = (name: string, rows: readonly Omit<Workload, 'group'>[]): Workload[] =>
  rows.map((row) => ({ ...row, group: name }));
