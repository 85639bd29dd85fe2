/**
 * The worker, from the extension host: started by the first request, and started again when it dies.
 *
 *   idle ──request──▶ running ──dies──▶ restarting ──after a pause──▶ running
 *                                └─ too often ──▶ failed ──restart()──▶ running
 *
 * A worker that died took everything with it that it was told: `onDidRestart` says when to tell it again.
 */
import type { Disposable } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import { cancelled, PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import { backoffDelay, delay } from '../../base/time.ts';
import { linkLimits } from './limits.ts';
import { RunningWorker } from './runningWorker.ts';
import type { WorkerEvents, WorkerLink, WorkerMethod, WorkerRequests } from './workerApi.ts';
import type { WorkerThread } from './workerThread.ts';

export type WorkerState = 'idle' | 'running' | 'restarting' | 'failed' | 'stopped';

export interface WorkerHostOptions {
  /** Starts a thread; see `startWorkerThread`. */
  start(): WorkerThread;
  readonly clock: Clock;
  readonly random: () => number;
}

type Emitters<E> = { readonly [K in keyof E]: Emitter<E[K]> };

export class WorkerHost implements WorkerLink, Disposable {
  readonly #options: WorkerHostOptions;
  readonly #events: Emitters<WorkerEvents> = { context: new Emitter(), progress: new Emitter(), log: new Emitter() };
  readonly #changed = new Emitter<WorkerState>();
  readonly #restarted = new Emitter<void>();
  #state: WorkerState = 'idle';
  #worker: RunningWorker | undefined;
  /** When workers died of late, by the clock. */
  #deaths: number[] = [];
  #failure: PresyncError | undefined;
  #pause: Disposable | undefined;

  readonly onContext: Event<WorkerEvents['context']> = this.#events.context.event;
  readonly onProgress: Event<WorkerEvents['progress']> = this.#events.progress.event;
  readonly onLog: Event<WorkerEvents['log']> = this.#events.log.event;
  readonly onDidChangeState: Event<WorkerState> = this.#changed.event;
  /** Another worker has taken the place of one that is gone, and knows nothing yet. */
  readonly onDidRestart: Event<void> = this.#restarted.event;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** Why the last worker died. */
  get failure(): PresyncError | undefined {
    return this.#failure;
  }

  /**
   * Asks the worker, which is started if need be. While it is being replaced the request waits, but not for long.
   * LINK_LOST when the worker dies meanwhile: it is unknown how far it came. INTERNAL once it has failed too often.
   */
  async request<M extends WorkerMethod>(
    method: M,
    params: WorkerRequests[M]['params'],
    signal?: AbortSignal,
  ): Promise<WorkerRequests[M]['result']> {
    // Requests arrive in the order in which they are made, so no detour for those that need not wait.
    if (this.#state === 'idle') this.#start(false);
    const { caller } = this.#worker ?? (await this.#nextWorker(signal));
    return caller.request(method, params, signal);
  }

  /** Starts it anew, whatever has become of it, and forgets how often it died. */
  async restart(): Promise<void> {
    if (this.#state === 'stopped') return;
    const replaces = this.#state !== 'idle';
    this.#deaths = [];
    this.#pause?.dispose();
    this.#enter('restarting');
    await this.#end('Presync is being restarted.');
    // Meanwhile it may have been stopped, or restarted by somebody else.
    if (this.state === 'restarting' && this.#worker === undefined) this.#start(replaces);
  }

  /** Ends the worker for good. Resolves when it has saved its caches and is gone, or was given up on. */
  async stop(): Promise<void> {
    this.#pause?.dispose();
    this.#enter('stopped');
    await this.#end('Presync is shutting down.');
  }

  dispose(): void {
    void this.stop();
    for (const emitter of [...Object.values(this.#events), this.#changed, this.#restarted]) emitter.dispose();
  }

  #start(replaces: boolean): void {
    let worker: RunningWorker;
    try {
      worker = new RunningWorker(this.#options.start(), (event, payload) => this.#events[event].emit(payload));
    } catch (thrown) {
      return this.#lost(PresyncError.from(thrown));
    }
    this.#worker = worker;
    void worker.ended.then((why) => {
      if (this.#worker === worker) this.#lost(why);
    });
    this.#enter('running');
    if (replaces) this.#restarted.emit();
  }

  #lost(failure: PresyncError): void {
    const { clock, random } = this.#options;
    this.#worker = undefined;
    this.#failure = failure;
    this.#deaths = [...this.#deaths.filter((at) => clock.now() - at < linkLimits.deathWindow), clock.now()];
    const { length } = this.#deaths;
    if (length >= linkLimits.deaths) return this.#enter('failed');
    const pause = backoffDelay(length - 1, linkLimits.restart, linkLimits.restartMax, random);
    this.#pause = clock.schedule(pause, () => this.#start(true));
    this.#enter('restarting');
  }

  async #end(why: string): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end(new PresyncError('LINK_LOST', why, { hint: 'Try again in a moment.' }), this.#options.clock);
  }

  async #nextWorker(signal: AbortSignal | undefined): Promise<RunningWorker> {
    if (this.#state === 'restarting') await this.#replaced(signal);
    if (this.#worker !== undefined) return this.#worker;
    throw this.#unavailable();
  }

  /** Until it is no longer being replaced, one way or another; not for longer than the limit. */
  async #replaced(signal: AbortSignal | undefined): Promise<void> {
    const enough = new AbortController();
    const listening = this.#changed.event((state) => state !== 'restarting' && enough.abort());
    const end = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
    await delay(linkLimits.restartWait, end, this.#options.clock).catch(() => {});
    listening.dispose();
    if (signal?.aborted) throw cancelled(signal.reason);
  }

  #unavailable(): PresyncError {
    const cause = this.#failure;
    if (this.#state === 'failed') {
      return new PresyncError('INTERNAL', "Presync's background thread keeps failing.", {
        hint: 'Restart it with "Presync: Restart Daemon"; "Presync: Show Log" tells why it fails.',
        cause,
      });
    }
    const message =
      this.#state === 'stopped' ? 'Presync is shutting down.' : "Presync's background thread is being restarted.";
    return new PresyncError('LINK_LOST', message, { hint: 'Try again in a moment.', cause });
  }

  #enter(state: WorkerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#changed.emit(state);
  }
}
