import { setImmediate } from 'node:timers/promises';
import { cancelled } from '../base/errors.ts';
import { workspaceLimits } from './limits.ts';

/**
 * Cuts synchronous work into slices, so that the thread can answer its socket meanwhile:
 *
 *     if (pacer.due()) await pacer.rest();
 *
 * The file system calls of a scan are synchronous since the asynchronous ones cost several times as much.
 */
export class Pacer {
  readonly #signal: AbortSignal;
  #sliceEnd = performance.now() + workspaceLimits.slice;
  #calls = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether to rest now. Cheap: only one call in 16 looks at the clock. */
  due(): boolean {
    return (++this.#calls & 15) === 0 && this.overdue();
  }

  /** As `due`, for steps that take long themselves. */
  overdue(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  /** Lets everything else run that waits to. CANCELLED when the signal has fired. */
  async rest(): Promise<void> {
    await setImmediate();
    if (this.#signal.aborted) throw cancelled(this.#signal.reason);
    this.#sliceEnd = performance.now() + workspaceLimits.slice;
  }
}
