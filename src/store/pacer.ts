import { cancelled } from '../base/errors.ts';

/** The longest stretch of work between two turns of the event loop, in milliseconds. */
const sliceMs = 8;

/** Cuts long work into slices, so that the event loop is never held up for long. */
export class Pacer {
  readonly #signal: AbortSignal | undefined;
  #began = performance.now();
  #calls = 0;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether it is time to call `pause`: cheaper to ask than to await. Only one call in 16 looks at the clock. */
  get due(): boolean {
    return (++this.#calls & 15) === 0 && this.#overdue;
  }

  get #overdue(): boolean {
    return performance.now() - this.#began > sliceMs;
  }

  /** Lets the event loop turn when the slice is used up. CANCELLED when the signal has fired. */
  async pause(): Promise<void> {
    if (this.#signal?.aborted) throw cancelled(this.#signal.reason);
    if (!this.#overdue) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#began = performance.now();
  }
}
