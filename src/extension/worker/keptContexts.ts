import { isDeepStrictEqual } from 'node:util';
import { PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { Environment } from '../../client/environment.ts';
import type { WatchOrder } from '../../client/watchedContext.ts';
import type { WatchedContext } from '../../client/watchedContext.ts';
import type { ContextSource, ContextView, WorkerRequests } from '../link/workerApi.ts';
import { KeptContext } from './keptContext.ts';

export interface KeptContextsOptions {
  readonly env: Environment;
  readonly clock: Clock;
  tell(key: string, view: ContextView): void;
}

interface Entry {
  readonly order: WatchOrder;
  readonly context: KeptContext;
}

/** The contexts that the extension host wants kept in sync, by the names that it gave them. */
export class KeptContexts {
  readonly #options: KeptContextsOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: KeptContextsOptions) {
    this.#options = options;
  }

  /** From now on; what goes wrong shows in the view. Under a name that is in use, it takes the other's place. */
  keep({ key, source, destination, speculate }: WorkerRequests['keep']['params']): void {
    const { env, clock } = this.#options;
    const { builder, daemon } = destination;
    const order: WatchOrder = { ...source, builder, daemon: daemon === '' ? undefined : daemon, speculate };
    const known = this.#entries.get(key);
    if (known !== undefined && isDeepStrictEqual(known.order, order)) return known.context.repeat();
    void this.release(key);
    const tell = (view: ContextView) => this.#options.tell(key, view);
    this.#entries.set(key, { order, context: new KeptContext({ env, order, clock, tell }) });
  }

  /** Ends it, if there is one of this name. Resolves when its cache is saved. */
  async release(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    try {
      await entry?.context.close();
    } catch (error) {
      this.#options.env.logger.warn('the cache of a context was not saved', { error });
    }
  }

  async saved(key: string, file: string): Promise<void> {
    await this.#entries.get(key)?.context.saved(file);
  }

  sync(key: string, signal: AbortSignal): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry !== undefined) return entry.context.sync(signal);
    return Promise.reject(new PresyncError('CONTEXT_NOT_FOUND', 'This context is not kept in sync any more.'));
  }

  /** One that is kept of this source; undefined for none. */
  find({ folder, dockerfile }: ContextSource): WatchedContext | undefined {
    for (const { order, context } of this.#entries.values()) {
      if (order.folder === folder && order.dockerfile === dockerfile && context.watched) return context.watched;
    }
    return undefined;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((key) => this.release(key)));
  }
}
