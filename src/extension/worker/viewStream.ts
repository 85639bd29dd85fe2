import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { ContextView } from '../link/workerApi.ts';
import { workerLimits } from './limits.ts';

/**
 * Tells the views of one context: what matters at once, mere progress now and then, and nothing twice in a row.
 */
export class ViewStream implements Disposable {
  readonly #clock: Clock;
  readonly #tell: (view: ContextView) => void;
  #told: ContextView | undefined;
  #toldAt = 0;
  #timer: Disposable | undefined;

  constructor(clock: Clock, tell: (view: ContextView) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** This is how it is now. */
  offer(view: ContextView): void {
    this.#timer?.dispose();
    if (isDeepStrictEqual(view, this.#told)) return;
    const wait = this.#told !== undefined && differsInProgressOnly(view, this.#told) ? this.#pause() : 0;
    if (wait > 0) this.#timer = this.#clock.schedule(wait, () => this.#now(view));
    else this.#now(view);
  }

  /** Tells once more what was told last, for somebody who does not know it. */
  repeat(): void {
    if (this.#told !== undefined) this.#tell(this.#told);
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #pause(): number {
    return this.#toldAt + workerLimits.progressInterval - this.#clock.now();
  }

  #now(view: ContextView): void {
    this.#told = view;
    this.#toldAt = this.#clock.now();
    this.#tell(view);
  }
}

function differsInProgressOnly(view: ContextView, told: ContextView): boolean {
  return isDeepStrictEqual({ ...view, busy: told.busy, sent: told.sent }, told);
}
