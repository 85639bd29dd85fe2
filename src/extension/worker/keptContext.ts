/** A context that is kept in sync until it is closed, whatever goes wrong meanwhile. */
import type { Disposable } from '../../base/disposable.ts';
import { cancelled, PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { Environment } from '../../client/environment.ts';
import { clientLimits } from '../../client/limits.ts';
import type { ContextOwner } from '../../client/owner.ts';
import type { WatchedContext, WatchOrder } from '../../client/watchedContext.ts';
import { openWatchedContext } from '../../client/watchedContext.ts';
import type { ContextView } from '../link/workerApi.ts';
import { contextView, unopenedView } from './contextView.ts';
import { ViewStream } from './viewStream.ts';

export interface KeptContextOptions {
  readonly env: Environment;
  readonly order: WatchOrder;
  readonly clock: Clock;
  tell(view: ContextView): void;
}

export class KeptContext {
  readonly #options: KeptContextOptions;
  readonly #views: ViewStream;
  readonly #closed = new AbortController();
  #watched: WatchedContext | undefined;
  #opening: Promise<void>;
  #failure: PresyncError | undefined;
  #retry: Disposable | undefined;

  constructor(options: KeptContextOptions) {
    this.#options = options;
    this.#views = new ViewStream(options.clock, (view) => options.tell(view));
    this.#opening = this.#open();
  }

  /** Undefined until the folder was found. */
  get watched(): WatchedContext | undefined {
    return this.#watched;
  }

  /** Tells the view again. */
  repeat(): void {
    this.#views.repeat();
  }

  /** A file of this machine was saved. */
  async saved(file: string): Promise<void> {
    await this.#opening;
    // It may be just what was missing, such as a pattern of the ignore file that is right at last.
    if (this.#watched === undefined && !this.#closed.signal.aborted) return this.#reopen();
    const hint = await this.#watched?.context.hintOf(file);
    if (hint !== undefined && !this.#closed.signal.aborted) this.#watched?.owner.saved(hint);
  }

  /** Reads everything again; resolves when it is acknowledged. Rejects with what is in the way, or CANCELLED. */
  async sync(signal: AbortSignal): Promise<void> {
    await this.#opening;
    if (this.#watched === undefined) throw this.#failure ?? cancelled();
    const { owner } = this.#watched;
    await owner.refresh();
    await settled(owner, AbortSignal.any([signal, this.#closed.signal]));
  }

  /** Ends it. Resolves when its cache is saved. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#retry?.dispose();
    this.#views.dispose();
    await this.#opening;
    await this.#watched?.close();
  }

  #reopen(): void {
    this.#retry?.dispose();
    this.#opening = this.#open();
  }

  async #open(): Promise<void> {
    const { env, order, clock } = this.#options;
    try {
      this.#watched = await openWatchedContext(env, order);
    } catch (thrown) {
      this.#failure = PresyncError.from(thrown);
      if (this.#closed.signal.aborted) return;
      this.#views.offer(unopenedView(this.#failure));
      this.#retry = clock.schedule(clientLimits.syncRetry, () => this.#reopen());
      return;
    }
    if (this.#closed.signal.aborted) return;
    const { owner } = this.#watched;
    owner.onDidChange((state) => this.#views.offer(contextView(state)));
    owner.start();
  }
}

/** Resolves when what was read is acknowledged, or is another program's business. */
function settled(owner: ContextOwner, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { inSync, attached, failure } = owner.state;
      if (inSync || attached) settle(resolve);
      else if (failure !== undefined) settle(() => reject(failure));
    };
    const onAbort = () => settle(() => reject(cancelled(signal.reason)));
    const settle = (finish: () => void) => {
      listening.dispose();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const listening = owner.onDidChange(check);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else check();
  });
}
