import { join } from 'node:path';
import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import { Emitter } from '../base/emitter.ts';
import { ContextWatcher } from '../workspace/contextWatcher.ts';
import type { WatchBackend } from '../workspace/watchBackend.ts';
import type { LocalContext } from './localContext.ts';
import type { ChangeHint, Watching } from './workspaceContext.ts';

/** Watches a context's folder. `runDirectory` is private to the user: the watcher's cookies go there. */
export function watchContext(
  context: LocalContext,
  backends: readonly WatchBackend[],
  runDirectory: string,
): Watching & Disposable {
  const watcher = new ContextWatcher({
    backends,
    root: context.root,
    skipsFolder: (path) => context.skipsFolder(path),
    cookieDirectory: join(runDirectory, 'cookies'),
  });
  return new LocalWatcher(context, watcher);
}

/** Tells of what is in the context alone, and of the ignore file wherever that is. */
class LocalWatcher implements Watching, Disposable {
  readonly ready: Promise<void>;
  readonly #context: LocalContext;
  readonly #watcher: ContextWatcher;
  readonly #changed = new Emitter<ChangeHint>();

  readonly onDidChange: Event<ChangeHint> = this.#changed.event;

  constructor(context: LocalContext, watcher: ContextWatcher) {
    this.#context = context;
    this.#watcher = watcher;
    this.ready = watcher.ready;
    watcher.onDidChange((hint) => {
      const relevant = context.relevant(hint);
      if (relevant !== undefined) this.#changed.emit(relevant);
    });
  }

  get degraded(): string | undefined {
    return this.#watcher.degraded;
  }

  async barrier(signal?: AbortSignal): Promise<void> {
    await this.#watcher.barrier(signal);
    // The Dockerfile may lie elsewhere, and its ignore file beside it, where nothing is watched.
    if (await this.#context.rulesChanged()) this.#changed.emit({ everything: true, why: 'the ignore file changed' });
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }
}
