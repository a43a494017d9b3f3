/** Gives the event loop a real turn: timers, signals and finalizers run, which a resolved promise would not let them. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
