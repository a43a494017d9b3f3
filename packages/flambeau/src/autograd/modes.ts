import { engine } from '@flambeau/kernels';
import { AutogradError } from '../errors.js';

let recording = true;
let inference = 0;

/** Whether ops record gradients at the moment. */
export function isGradEnabled(): boolean {
  return recording;
}

/** Whether the code runs inside `inferenceMode`. */
export function isInferenceMode(): boolean {
  return inference > 0;
}

/** Restores the mode that was in force before; made by `noGrad()` and its like for `using`. */
export interface ModeGuard extends Disposable {
  [Symbol.dispose](): void;
}

/**
 * Sets whether ops record gradients, from here on; returns the previous mode.
 * `noGrad` and `enableGrad` are the scoped forms.
 */
export function setGradEnabled(mode: boolean): boolean {
  const before = recording;
  recording = mode;
  return before;
}

function scoped<T>(name: string, mode: boolean, body: (() => T) | undefined): T | ModeGuard {
  const before = setGradEnabled(mode);
  const restore = (): void => {
    recording = before;
    // The outermost noGrad: what ran inside it is dead by now, but not the graph of a net around it.
    if (before && !mode && !engine.retaining) engine.safePoint();
  };
  if (body === undefined) return { [Symbol.dispose]: restore };
  try {
    const result = body();
    if (result instanceof Promise) {
      throw new AutogradError(
        `${name}: the callback returned a promise, but the mode ends when the callback returns: write \`{ using _ = ${name}(); await …; }\` or call ${name} around each synchronous part`,
      );
    }
    return result;
  } finally {
    restore();
  }
}

/**
 * Runs `body` without recording gradients. Without a callback it answers a guard for `using`.
 * @example
 * const accuracy = fl.noGrad(() => net(images).argmax(1).eq(labels).sum().item());
 */
export function noGrad(): ModeGuard;
export function noGrad<T>(body: () => T): T;
export function noGrad<T>(body?: () => T): T | ModeGuard {
  return scoped('noGrad', false, body);
}

/** Runs `body` with gradients recorded, inside a `noGrad` too. */
export function enableGrad(): ModeGuard;
export function enableGrad<T>(body: () => T): T;
export function enableGrad<T>(body?: () => T): T | ModeGuard {
  return scoped('enableGrad', true, body);
}

/** Like `noGrad`, and a promise that the results never take part in a graph. */
export function inferenceMode(): ModeGuard;
export function inferenceMode<T>(body: () => T): T;
export function inferenceMode<T>(body?: () => T): T | ModeGuard {
  inference++;
  if (body === undefined) {
    const guard = scoped('inferenceMode', false, undefined) as ModeGuard;
    return {
      [Symbol.dispose]() {
        inference--;
        guard[Symbol.dispose]();
      },
    };
  }
  try {
    return scoped('inferenceMode', false, body) as T;
  } finally {
    inference--;
  }
}
