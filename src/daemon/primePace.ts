/**
 * When a prime begins that nobody waits for: at once, but within a row of changes only when the row pauses.
 *
 * In each prime BuildKit compares the whole context, and a prime is never aborted. Without a pause, a row of saves in a
 * large context would keep the engine busy with snapshots that are old before they are primed, and the saves would be
 * the slower for it. So the pause grows with what a prime takes; where that is little, there is none to speak of.
 */
import type { Disposable } from '../base/disposable.ts';
import type { Clock } from '../base/time.ts';
import { daemonLimits } from './limits.ts';

export class PrimePace implements Disposable {
  readonly #clock: Clock;
  /** How long the last prime took, in milliseconds. */
  #took = 0;
  /** When it was asked last. */
  #asked = -Infinity;
  #waiting: { readonly since: number; readonly timer: Disposable } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs a prime that somebody began. */
  async timed<T>(prime: Promise<T>): Promise<T> {
    const began = this.#clock.now();
    try {
      return await prime;
    } finally {
      this.#took = this.#clock.now() - began;
    }
  }

  /** Calls `prime` when it is time, in the place of what was asked before and still waits. */
  ask(prime: () => void): void {
    const { primePause, primePauseShare, primePatience } = daemonLimits;
    const now = this.#clock.now();
    const pause = Math.min(primePause, this.#took * primePauseShare);
    const isPaused = now - this.#asked >= pause;
    const since = this.#waiting?.since ?? now;
    this.dispose();
    this.#asked = now;
    const wait = isPaused ? 0 : Math.min(pause, since + this.#took * primePatience - now);
    if (wait <= 0) return prime();
    const timer = this.#clock.schedule(wait, () => {
      this.#waiting = undefined;
      prime();
    });
    this.#waiting = { since, timer };
  }

  dispose(): void {
    this.#waiting?.timer.dispose();
    this.#waiting = undefined;
  }
}
