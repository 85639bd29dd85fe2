import { readFileSync } from 'node:fs';
import { workspaceLimits } from './limits.ts';

/**
 * Notices that the kernel may have dropped events.
 *
 * Node tells nothing of a full event queue. But all that a queue held is told within one turn of the event loop, so a
 * queue that was full shows as a turn with as many events. Half as many are enough to doubt: other watches of the
 * thread have their share of the queue.
 */
export class EventBurst {
  readonly #suspicious: number;
  readonly #overflowed: () => void;
  #events = 0;

  /** @param overflowed called, once a turn, as soon as events may have been lost */
  constructor(overflowed: () => void, queued = queueLength()) {
    this.#suspicious = Math.ceil(queued / 2);
    this.#overflowed = overflowed;
  }

  count(): void {
    if (++this.#events === 1) setImmediate(() => (this.#events = 0));
    if (this.#events === this.#suspicious) this.#overflowed();
  }
}

/** The kernel's limit; the default where it cannot be read. */
function queueLength(): number {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'latin1')) || workspaceLimits.queuedEvents;
  } catch {
    return workspaceLimits.queuedEvents;
  }
}
