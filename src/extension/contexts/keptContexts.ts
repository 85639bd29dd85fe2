/** The contexts of this window that are kept in sync. The worker does the work; here is what is wanted and known. */
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import { PresyncError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { toPlainError } from '../link/plainError.ts';
import type {
  ContextSource,
  ContextView,
  Destination,
  PlainError,
  WorkerEvents,
  WorkerLink,
} from '../link/workerApi.ts';
import { isWithin, keyOf, namesOf } from './contextSource.ts';
import { noDockerfile } from './noDockerfile.ts';

export interface KeptContext {
  readonly key: string;
  /** Tells it apart from the others that are kept. */
  readonly name: string;
  readonly source: ContextSource;
  /** What the worker said last; undefined before it said anything. */
  readonly view: ContextView | undefined;
  /** Why the worker could not even begin, or that the Dockerfile is gone. */
  readonly failure: PlainError | undefined;
}

export interface KeptContextsOptions {
  readonly worker: WorkerLink;
  readonly onContext: Event<WorkerEvents['context']>;
  /** The worker died and is back: it knows nothing. */
  readonly onDidRestart: Event<void>;
  readonly logger: Logger;
}

export class KeptContexts implements Disposable {
  readonly #options: KeptContextsOptions;
  readonly #contexts = new Map<string, KeptContext>();
  #withoutDockerfile: ReadonlySet<string> = new Set();
  readonly #resources = new DisposableStore();
  readonly #changed = this.#resources.add(new Emitter<void>());
  #destination: Destination | undefined;
  #speculate = false;
  #paused = false;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(options: KeptContextsOptions) {
    this.#options = options;
    this.#resources.add(options.onContext(({ key, view }) => this.#update(key, { view, failure: undefined })));
    this.#resources.add(options.onDidRestart(() => this.#beginAll()));
  }

  get all(): readonly KeptContext[] {
    return [...this.#contexts.values()].map((context) => {
      if (context.failure !== undefined || !this.#withoutDockerfile.has(context.key)) return context;
      return { ...context, failure: toPlainError(noDockerfile(context.source)) };
    });
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** From now on exactly these contexts are kept in sync with that destination, and built there after each change or not. */
  set(sources: readonly ContextSource[], destination: Destination, speculate = false): void {
    const moved =
      this.#destination?.builder !== destination.builder ||
      this.#destination.daemon !== destination.daemon ||
      this.#speculate !== speculate;
    this.#destination = destination;
    this.#speculate = speculate;
    const wanted = new Map(sources.map((source) => [keyOf(source), source]));
    const names = namesOf(sources);
    for (const key of [...this.#contexts.keys()]) if (!wanted.has(key)) this.#remove(key);
    for (const [key, source] of wanted) {
      const name = names.get(key)!;
      const known = moved ? undefined : this.#contexts.get(key);
      this.#contexts.set(key, known ? { ...known, name } : { key, name, source, view: undefined, failure: undefined });
      if (known === undefined) this.#begin(key);
    }
    this.#changed.emit();
  }

  /** What is kept of these has nothing to build now. It stays in sync all the same: the Dockerfile may be back at once. */
  setWithoutDockerfile(sources: readonly ContextSource[]): void {
    this.#withoutDockerfile = new Set(sources.map(keyOf));
    this.#changed.emit();
  }

  /** While paused nothing is watched and nothing is sent. */
  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) for (const key of this.#contexts.keys()) this.#release(key);
    else this.#beginAll();
    this.#changed.emit();
  }

  /** A file was saved in the editor. */
  saved(file: string): void {
    if (this.#paused) return;
    for (const { key, source } of this.#contexts.values()) {
      const isRecipe = file === source.dockerfile || file === `${source.dockerfile}.dockerignore`;
      if (!isRecipe && !isWithin(file, source.folder)) continue;
      this.#tell(this.#options.worker.request('saved', { key, file }));
    }
  }

  /** Reads everything again, and resolves when all of it is acknowledged. */
  async syncAll(signal?: AbortSignal): Promise<void> {
    await Promise.all([...this.#contexts.keys()].map((key) => this.#options.worker.request('sync', { key }, signal)));
  }

  dispose(): void {
    this.#resources.dispose();
  }

  #beginAll(): void {
    if (this.#paused) return;
    for (const key of this.#contexts.keys()) {
      this.#update(key, { view: undefined, failure: undefined });
      this.#begin(key);
    }
  }

  #begin(key: string): void {
    const context = this.#contexts.get(key);
    const destination = this.#destination;
    if (this.#paused || context === undefined || destination === undefined) return;
    this.#options.worker
      .request('keep', { key, source: context.source, destination, speculate: this.#speculate })
      .catch((thrown: unknown) => {
        // A newer wish for the same key has its own answer.
        if (this.#contexts.get(key)?.source !== context.source) return;
        const { code, message, hint, data } = PresyncError.from(thrown);
        this.#update(key, { view: undefined, failure: { code, message, hint, data } });
      });
  }

  #remove(key: string): void {
    this.#contexts.delete(key);
    this.#release(key);
  }

  #release(key: string): void {
    this.#tell(this.#options.worker.request('release', { key }));
  }

  /** What fails here shows in the context's view, or does not matter any more. */
  #tell(request: Promise<unknown>): void {
    request.catch((error: unknown) => this.#options.logger.debug('the worker did not take note', { error }));
  }

  #update(key: string, news: Pick<KeptContext, 'view' | 'failure'>): void {
    const known = this.#contexts.get(key);
    if (known === undefined || (this.#paused && news.view !== undefined)) return;
    this.#contexts.set(key, { ...known, ...news });
    this.#changed.emit();
  }
}
