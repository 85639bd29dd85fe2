import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { ProgressEvent } from '../../client/progress/progressEvent.ts';
import { workerLimits } from './limits.ts';

/** Gathers what a build tells: one message for what happens at about the same time. */
export class EventBatch {
  readonly #clock: Clock;
  readonly #tell: (events: readonly ProgressEvent[]) => void;
  #events: ProgressEvent[] = [];
  #timer: Disposable | undefined;

  constructor(clock: Clock, tell: (events: readonly ProgressEvent[]) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  add(event: ProgressEvent): void {
    this.#events.push(event);
    if (this.#events.length >= workerLimits.batchEvents) this.flush();
    else this.#timer ??= this.#clock.schedule(workerLimits.batchInterval, () => this.flush());
  }

  /** Tells at once what there is. */
  flush(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#events.length > 0) this.#tell(this.#events);
    this.#events = [];
  }
}
