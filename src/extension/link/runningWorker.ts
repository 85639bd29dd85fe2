import { errorMessage, PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import { withTimeout } from '../../base/time.ts';
import type { EventSink } from './caller.ts';
import { Caller } from './caller.ts';
import { linkLimits } from './limits.ts';
import type { WorkerEvents, WorkerRequests } from './workerApi.ts';
import type { WorkerThread } from './workerThread.ts';

/** One worker from its start to its end. */
export class RunningWorker {
  readonly caller: Caller<WorkerRequests, WorkerEvents>;
  /** Resolves when its thread is gone, with what is told to those who still wait for it. */
  readonly ended: Promise<PresyncError>;
  readonly #thread: WorkerThread;

  constructor(thread: WorkerThread, onEvent: EventSink<WorkerEvents>) {
    this.#thread = thread;
    this.caller = new Caller((message) => thread.postMessage(message), onEvent);
    thread.on('message', (message) => this.caller.receive(message));
    this.ended = new Promise((resolve) => {
      let cause: unknown;
      thread.on('error', (error) => (cause = error));
      thread.on('exit', () => {
        const why = died(cause);
        this.caller.close(why);
        resolve(why);
      });
    });
  }

  /** Asks it to save its caches and to end; resolves when it is gone. Whoever waits for it is told `why` at once. */
  async end(why: PresyncError, clock: Clock): Promise<void> {
    this.caller.close(why);
    this.#thread.postMessage({ goodbye: true });
    try {
      await withTimeout(this.ended, linkLimits.goodbye, 'The end of the worker', clock);
    } catch {
      await this.#thread.terminate();
    }
  }
}

function died(cause: unknown): PresyncError {
  const why = cause === undefined ? '' : ` (${errorMessage(cause)})`;
  return new PresyncError('LINK_LOST', `Presync's background thread ended unexpectedly${why}.`, {
    hint: 'It is started again by itself: try once more.',
    cause,
  });
}
