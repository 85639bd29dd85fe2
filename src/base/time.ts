import type { Disposable } from './disposable.ts';
import { toDisposable } from './disposable.ts';
import { cancelled, PresyncError } from './errors.ts';

/** Time as a port, so that reducers and queues can be tested without waiting. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Calls `run` once after `ms`, unless disposed before. */
  schedule(ms: number, run: () => void): Disposable;
}

/** About 25 days: Node fires a longer timer at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(ms, run) {
    const timer = setTimeout(run, Math.min(ms, longestTimer));
    return toDisposable(() => clearTimeout(timer));
  },
};

/** Resolves after `ms`; rejects with CANCELLED as soon as the signal fires. */
export function delay(ms: number, signal?: AbortSignal, clock: Clock = systemClock): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal.reason));
    const onAbort = () => {
      timer.dispose();
      reject(cancelled(signal?.reason));
    };
    const timer = clock.schedule(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** `promise`, or TIMEOUT naming `what` when it takes longer than `ms`. The promise itself is not cancelled. */
export function withTimeout<T>(promise: Promise<T>, ms: number, what: string, clock: Clock = systemClock): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.schedule(ms, () => reject(new PresyncError('TIMEOUT', `${what} took longer than ${ms} ms.`)));
    promise.then(resolve, reject).finally(() => timer.dispose());
  });
}

/**
 * Delay before reconnect attempt `attempt` (0 for the first): exponential from `base` to `max`, of which at
 * least one half and at random the rest, so that many clients do not return at once.
 */
export function backoffDelay(attempt: number, base: number, max: number, random: () => number): number {
  return Math.min(max, base * 2 ** Math.min(attempt, 30)) * (0.5 + random() / 2);
}
