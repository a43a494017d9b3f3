import * as fl from 'flambeau';

/** Everything a training needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** Epochs finished. */
  epoch: number;
  /** Steps done in the current epoch. */
  step: number;
  /** The random generator as it stood at the beginning of the epoch: it decides the epoch's shuffle. */
  epochRng: fl.Tensor;
  model: Record<string, unknown>;
  optimizer: Record<string, unknown>;
  /** Running sums of the current epoch, shown in its progress. */
  sums: Record<string, number>;
}

/** Writes a checkpoint: to a temporary name first, so that the old one stays whole until the new one is. */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  fl.save({ ...checkpoint }, file);
}

/** Reads a checkpoint that `saveCheckpoint` wrote. @throws FormatError for any other file */
export function loadCheckpoint(file: string): Checkpoint {
  const loaded = fl.load(file) as Partial<Checkpoint>;
  const whole =
    typeof loaded === 'object' &&
    loaded !== null &&
    loaded.model !== undefined &&
    loaded.optimizer !== undefined &&
    fl.isTensor(loaded.epochRng);
  if (!whole)
    throw new fl.FormatError(
      `${file} is no checkpoint of a training; --resume takes the checkpoint.pth that training wrote`,
    );
  return loaded as Checkpoint;
}
