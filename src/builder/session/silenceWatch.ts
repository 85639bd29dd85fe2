import type { Disposable } from '../../base/disposable.ts';
import { builderLimits } from '../limits.ts';

/**
 * Notices that the engine has stopped checking a session: a half-open connection closes by itself only after hours.
 *
 * Time in which this process was stopped or busy does not count, since checks may have waited in the socket meanwhile.
 */
export class SilenceWatch implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #silentMs = 0;

  constructor(onSilent: () => void) {
    this.#timer = setInterval(() => {
      this.#silentMs += builderLimits.silenceTickMs;
      if (this.#silentMs >= builderLimits.silentSessionMs) onSilent();
    }, builderLimits.silenceTickMs);
    this.#timer.unref();
  }

  heard(): void {
    this.#silentMs = 0;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}
