/** More than browsers give to one buffer. */
const TOO_MUCH = 2 ** 33;

/**
 * Makes a garbage collector look that cannot be asked. It sees a few hundred bytes of JavaScript per tensor and nothing of the
 * WebAssembly memory behind, so it would wait for gigabytes. Before V8 refuses a buffer it collects, fully, and the other engines
 * count what is asked for towards their next collection. Buffers that can be had make V8 collect only some time later.
 */
export function nudgeCollector(): void {
  try {
    new Uint8Array(TOO_MUCH)[0] = 1; // written to, since bundlers leave out what nobody uses
  } catch {
    // as expected
  }
}
