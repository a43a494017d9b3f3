/** Memory comes back only between turns here, and a page wants to stay alive. */
export const BATCHES_A_TURN = 1;

/** Gives the event loop a real turn: events and finalizers run, which a resolved promise would not let them. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(0);
  });
