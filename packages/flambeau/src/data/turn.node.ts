/** Often enough for Ctrl-C and finalizers, too seldom to cost time. */
export const BATCHES_A_TURN = 4;

/** Gives the event loop a real turn: timers, signals and finalizers run, which a resolved promise would not let them. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
