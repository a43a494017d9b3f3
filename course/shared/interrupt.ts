/**
 * Watches for Ctrl-C: the first asks the training to stop after the current step, so that it can save; the second ends the
 * program at once.
 */
export class Interrupt {
  #requested = false;
  readonly #listener = (): void => {
    if (this.#requested) process.exit(130);
    this.#requested = true;
    console.log('\nstopping after this step (Ctrl-C again: at once)');
  };

  constructor() {
    process.on('SIGINT', this.#listener);
    process.on('SIGTERM', this.#listener);
  }

  get requested(): boolean {
    return this.#requested;
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#listener);
    process.off('SIGTERM', this.#listener);
  }
}
