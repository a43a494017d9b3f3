import { Presets, SingleBar } from 'cli-progress';

/** What the progress bar shows beside the count. */
export interface Reading {
  readonly loss: number;
  /** Share of right answers, where there is one. */
  readonly accuracy?: number;
}

/** A training's progress: a bar in a terminal, a line every few seconds elsewhere. */
export interface Progress {
  update(done: number, reading: Reading): void;
  end(): void;
}

/** Seconds between the lines that stand for a bar where output is no terminal. */
const LINE_EVERY = 5;

const describe = ({ loss, accuracy }: Reading): string =>
  `loss ${loss.toFixed(4)}${accuracy === undefined ? '' : `  accuracy ${(accuracy * 100).toFixed(2)} %`}`;

/**
 * @param label what is going on: `epoch 1/3`
 * @param total steps until the end; `first` of them are done already
 * @param perStep samples in a step, for the speed shown
 */
export function progressBar(label: string, total: number, first: number, perStep: number): Progress {
  const start = performance.now();
  const rate = (done: number): number => ((done - first) * perStep) / ((performance.now() - start) / 1000);
  const left = (done: number): number => ((total - done) * perStep) / Math.max(rate(done), 1e-9);
  const text = (done: number, reading: Reading): string =>
    `${describe(reading)}  ${Math.round(rate(done))} samples/s  ${left(done).toFixed(0)} s left`;
  if (process.stdout.isTTY) {
    const bar = new SingleBar(
      { format: `${label} [{bar}] {percentage} %  {text}`, stream: process.stdout, fps: 5 },
      Presets.shades_classic,
    );
    bar.start(total, first, { text: '' });
    return {
      update: (done, reading) => bar.update(done, { text: text(done, reading) }),
      end: () => bar.stop(),
    };
  }
  let next = 0;
  return {
    update(done, reading) {
      const seconds = (performance.now() - start) / 1000;
      if (seconds < next && done < total) return;
      next = seconds + LINE_EVERY;
      console.log(`${label}  ${done}/${total}  ${text(done, reading)}`);
    },
    end: () => undefined,
  };
}
